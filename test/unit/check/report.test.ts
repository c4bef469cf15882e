import util from "node:util";
import { expect, test } from "vitest";
import { CheckReport, checkTable } from "../../../src/check/report.js";

const passed = new CheckReport({ kind: "property", name: "linear", passed: true, detail: "100 cases" });
const failed = new CheckReport({
  kind: "reference",
  name: "a <b>",
  passed: false,
  message: "expected 1 at [0], got 2",
  diagnosis: "You doubled it.",
  expected: "[1]",
  got: "[2]",
  worst: { place: "[0]", expected: "1", got: "2", error: 1 },
  outputs: [[2]],
});

test("as text: a line, and the diagnosis on its own", () => {
  expect(`${passed}`).toBe("✓ linear (100 cases)");
  expect(util.inspect(failed)).toBe("✗ a <b>: expected 1 at [0], got 2\n    You doubled it.");
});

test("as data: everything but the outputs, missing fields empty", () => {
  expect(JSON.parse(JSON.stringify(passed))).toEqual({
    kind: "property",
    name: "linear",
    passed: true,
    message: "",
    diagnosis: "",
    expected: "",
    got: "",
    worst: null,
    detail: "100 cases",
  });
  expect(JSON.stringify(failed)).not.toContain("outputs");
});

test("as a table: expected, got and the worst element; nothing is interpreted as HTML; marks have words", () => {
  const html = checkTable([passed, failed]);
  expect(html).toContain("a &lt;b&gt;");
  expect(html).toContain("[0]: 2 instead of 1 (off by 1)");
  expect(html).toContain('title="passed"');
  expect(html).toContain('title="failed"');
  for (const title of ["check", "expected", "got", "worst element"]) expect(html).toContain(`>${title}</th>`);
  expect(checkTable([passed])).not.toContain("worst element");
});

test("shows itself in a notebook as text and HTML", () => {
  const bundle = (failed as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]!();
  expect(Object.keys(bundle)).toEqual(["text/plain", "text/html"]);
  expect(bundle["text/plain"]).toBe(`${failed}`);
});
