import { describe, expect, test } from "vitest";
import { checkMime, verdictOf } from "../../../../grader/judge/verdict.js";
import type { CellFailure } from "../../../../grader/notebook/execute.js";
import type { MimeBundle, Output } from "../../../../grader/notebook/notebook.js";
import { code } from "../../../support/notebooks.js";

const ran = (...outputs: Output[]) => ({ ...code("test"), execution_count: 1, outputs });
const result = (data: MimeBundle): Output => ({
  output_type: "execute_result",
  execution_count: 1,
  data,
  metadata: {},
});
const value = (text: string): Output => result({ "text/plain": text });
const stream = (name: "stdout" | "stderr", text: string): Output => ({ output_type: "stream", name, text });
const failure = (reason: CellFailure["reason"], ename: string, evalue: string): CellFailure => ({
  index: 0,
  reason,
  ename,
  evalue,
  traceback: [],
});
const report = (fields: object): Output =>
  result({
    "text/plain": "anything",
    [checkMime]: {
      version: 1,
      name: "b",
      points: 1,
      of: 2,
      status: "partial",
      message: "half",
      checks: [],
      ...fields,
    },
  });

describe("verdictOf a test of 2 points", () => {
  // the column "gradbook" of the table of what a test cell can end with
  test.each([
    ["nothing", ran(), 2, "passed"],
    ["0.5", ran(value("0.5")), 0.5, "partial"],
    ["0", ran(value("0")), 0, "failed"],
    ["2.0", ran(value("2.0")), 2, "passed"],
    ["a value that is no number", ran(value("'done'")), 2, "passed"],
    ["text on stderr", ran(stream("stderr", "warning")), 2, "passed"],
    ["0.5 on stdout", ran(stream("stdout", "0.5")), 2, "passed"],
    ["0.5 in colors", ran(value("\u001b[33m0.5\u001b[39m")), 2, "passed"],
    ["NaN", ran(value("NaN")), 0, "failed"],
    ["-1", ran(value("-1")), 0, "failed"],
    ["99", ran(value("99")), 0, "failed"],
    ["Infinity", ran(value("Infinity")), 0, "failed"],
    ["a result without text", ran(result({ "text/html": "<b>2</b>" })), 2, "passed"],
    ["a report", ran(report({})), 1, "partial"],
    ["a report over the maximum", ran(report({ points: 3 })), 0, "failed"],
    ["a report with NaN", ran(report({ points: Number.NaN })), 0, "failed"],
    ["something that looks like a report", ran(result({ [checkMime]: { points: 2 } })), 2, "passed"],
  ])("%s", (_, cell, points, status) => {
    expect(verdictOf(cell, 2, undefined)).toMatchObject({ points, status, of: 2 });
  });

  test("a score that cannot be is flagged for the author", () => {
    expect(verdictOf(ran(value("99")), 2, undefined).flag).toBe(
      "the test cell ends with the score 99, which is not between 0 and 2",
    );
  });

  test("a report displayed on the way is not the score; the cell's last result is", () => {
    const { data } = report({ points: 2, status: "passed" }) as { data: MimeBundle };
    const shown: Output = { output_type: "display_data", data, metadata: {} };
    expect(verdictOf(ran(shown, value("0.5")), 2, undefined).points).toBe(0.5);
  });

  test("a cell that failed earns nothing, whatever it sent before", () => {
    expect(verdictOf(ran(value("2")), 2, failure("error", "TypeError", "bad\nmore"))).toEqual({
      status: "error",
      points: 0,
      of: 2,
      message: "TypeError: bad",
    });
    expect(
      verdictOf(ran(), 2, failure("timeout", "Interrupted", "the cell ran longer than 1 s")),
    ).toMatchObject({
      status: "timeout",
      message: "the cell ran longer than 1 s",
    });
    expect(verdictOf(ran(), 2, failure("error", "NotFilledIn", "N08-adam is not filled in"))).toMatchObject({
      status: "notFilledIn",
      message: "N08-adam is not filled in",
    });
  });

  test("no record means zero: a cell that did not run earns nothing", () => {
    expect(verdictOf(code("test"), 2, undefined)).toMatchObject({ status: "notRun", points: 0 });
  });
});
