import { expect, test } from "vitest";
import { CHECK_MIME, type ScoreData, ScoreReport } from "../../../src/check/scoreReport.js";

const data: ScoreData = {
  version: 1,
  name: "N03-a",
  points: 1.5,
  of: 3,
  status: "partial",
  message: "You used <the kernel> unflipped.",
  checks: [
    {
      kind: "reference",
      name: "example",
      passed: true,
      message: "",
      diagnosis: "",
      expected: "",
      got: "",
      worst: null,
      detail: "",
    },
    {
      kind: "reference",
      name: "border",
      passed: false,
      message: "expected 1, got 2",
      diagnosis: "",
      expected: "1",
      got: "2",
      worst: null,
      detail: "",
    },
  ],
  hints: { total: 3, used: 1 },
};
const display = (report: ScoreReport): Record<string, unknown> =>
  (report as unknown as Record<symbol, () => Record<string, unknown>>)[Symbol.for("Jupyter.display")]!();

test("text/plain is the points alone, which nbgrader reads; the data are under a type of their own", () => {
  const bundle = display(new ScoreReport(data, () => []));
  expect(bundle["text/plain"]).toBe("1.5");
  expect(bundle[CHECK_MIME]).toEqual(data);
  expect(CHECK_MIME).toBe("application/vnd.gradbook.check+json");
});

test("HTML shows points, the sentence, the table and the hints that are left, all escaped", () => {
  const html = display(new ScoreReport(data, () => []))["text/html"] as string;
  expect(html).toContain("N03-a: 1.5 / 3 points");
  expect(html).toContain("You used &lt;the kernel&gt; unflipped.");
  expect(html).toContain("2 hints left");
  expect(html).toContain("</table>");
});

test("toString is the whole report", () => {
  expect(`${new ScoreReport(data, () => [])}`).toBe(
    [
      "N03-a: 1.5 of 3 points",
      "You used <the kernel> unflipped.",
      "  ✓ example",
      "  ✗ border: expected 1, got 2",
      '2 hints left: check.hint("N03-a")',
    ].join("\n"),
  );
});

test("a passed report and a blank offer no hints", () => {
  expect(`${new ScoreReport({ ...data, status: "passed", message: "" }, () => [])}`).not.toContain("hint");
  expect(`${new ScoreReport({ ...data, status: "notFilledIn", checks: [] }, () => [])}`).not.toContain(
    "hint",
  );
});

test("reads like its data", () => {
  const report = new ScoreReport(data, () => []);
  expect([report.name, report.points, report.of, report.status, report.passed, report.message]).toEqual([
    "N03-a",
    1.5,
    3,
    "partial",
    false,
    data.message,
  ]);
  expect(report.checks).toBe(data.checks);
  expect(JSON.parse(JSON.stringify(report))).toEqual(data);
});
