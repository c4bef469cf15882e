import { expect, test } from "vitest";
import { checkRegions } from "../../../../grader/pass/checkRegions.js";
import { standardStubs } from "../../../../grader/passes.js";
import { code, graded, notebookOf, text } from "../../../support/notebooks.js";

const check =
  (...cells: Parameters<typeof notebookOf>) =>
  () =>
    checkRegions(notebookOf(...cells), { path: "a.ipynb", ...standardStubs });
const solution = "// BEGIN SOLUTION\nx\n// END SOLUTION";
const hidden = "// BEGIN HIDDEN TESTS\nx\n// END HIDDEN TESTS";
const scheme = "<!-- BEGIN MARK SCHEME -->\nx\n<!-- END MARK SCHEME -->";

test("accepts each region in its kind of cell", () => {
  expect(
    check(
      code(solution, graded("s", { solution: true })),
      code(hidden, graded("t", { grade: true, points: 1 })),
      text(scheme, graded("k", { task: true, locked: true })),
    ),
  ).not.toThrow();
});

test("refuses a region where no pass would remove it", () => {
  expect(check(code(solution))).toThrowErrorMatchingInlineSnapshot(
    `[NotebookError: a.ipynb: cell 1: a SOLUTION region must be in a solution cell]`,
  );
  expect(check(code(hidden, graded("s", { solution: true })))).toThrowErrorMatchingInlineSnapshot(
    `[NotebookError: a.ipynb: cell 1 "s": a HIDDEN TESTS region must be in a graded cell]`,
  );
  expect(check(text(scheme, graded("r", { locked: true })))).toThrowErrorMatchingInlineSnapshot(
    `[NotebookError: a.ipynb: cell 1 "r": a MARK SCHEME region must be in a task cell]`,
  );
});

test("refuses an open region, naming file, cell and line", () => {
  expect(
    check(code("\n// BEGIN SOLUTION", graded("s", { solution: true }))),
  ).toThrowErrorMatchingInlineSnapshot(
    `[NotebookError: a.ipynb: cell 1 "s": line 2: BEGIN SOLUTION without END SOLUTION]`,
  );
});

test("refuses a mark scheme that shows an attachment", () => {
  const picture = scheme.replace("\nx\n", "\n![answer](attachment:a.png)\n");
  expect(check(text(picture, graded("k", { task: true })))).toThrowErrorMatchingInlineSnapshot(
    `[NotebookError: a.ipynb: cell 1 "k": a mark scheme must not show an attachment, it would stay in the released file]`,
  );
});

test("refuses nbgrader's AUTOTEST lines", () => {
  expect(
    check(code("### AUTOTEST f(1)", graded("t", { grade: true, points: 1 }))),
  ).toThrowErrorMatchingInlineSnapshot(
    `[NotebookError: a.ipynb: cell 1 "t": AUTOTEST is not supported; write the test with check.reference or check.property]`,
  );
});
