import { expect, test } from "vitest";
import { checkCellMetadata } from "../../../../grader/pass/checkCellMetadata.js";
import { standardStubs } from "../../../../grader/passes.js";
import { code, graded, notebookOf, text } from "../../../support/notebooks.js";

const check = (...cells: Parameters<typeof notebookOf>) =>
  checkCellMetadata(notebookOf(...cells), { path: "a.ipynb", ...standardStubs });
const test1 = { grade: true, locked: true, points: 1 };

test("accepts every kind of cell, unchanged", () => {
  const notebook = notebookOf(
    text("plain"),
    text("read only", graded("r", { locked: true })),
    code("answer", graded("s", { solution: true })),
    code("test", graded("t", test1)),
    text("written answer", graded("w", { grade: true, solution: true, points: 3 })),
    text("task", graded("k", { locked: true, task: true, points: 2 })),
  );
  expect(checkCellMetadata(notebook, { path: "a.ipynb", ...standardStubs })).toBe(notebook);
});

test.each([
  ["schema", { ...graded("a", test1).nbgrader!, schema_version: 4 }, "schema_version must be 0 to 3, got 4"],
  [
    "unknown key",
    { ...graded("a", test1).nbgrader!, mine: 1 },
    'metadata.nbgrader has the unknown key "mine"; other data belongs in metadata.gradbook',
  ],
  ["flag", { ...graded("a", test1).nbgrader!, locked: "yes" }, 'locked must be true or false, got "yes"'],
  ["task", { ...graded("a", test1).nbgrader!, task: 1 }, "task must be true or false, got 1"],
  ["id", graded("a b", test1).nbgrader!, 'grade_id may hold letters, digits, "-" and "_", got "a b"'],
  [
    "empty id",
    graded("", test1).nbgrader!,
    "grade_id must not be empty in a graded, solution or locked cell",
  ],
  ["no points", graded("a", { grade: true, locked: true }).nbgrader!, "a graded cell needs points"],
  [
    "negative points",
    graded("a", { ...test1, points: -1 }).nbgrader!,
    "points must be a number of at least 0, got -1",
  ],
  ["checksum", { ...graded("a", test1).nbgrader!, checksum: "12" }, "checksum must have 32 characters"],
  ["code task", graded("a", { locked: true, task: true }).nbgrader!, "a task must be a Markdown cell"],
])("refuses a wrong %s and names cell and rule", (_, nbgrader, problem) => {
  expect(() => check(text("first"), code("x", { nbgrader }))).toThrow(
    new RegExp(`^a\\.ipynb: cell 2( "[^"]*")?: ${problem.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`),
  );
});

test("refuses a Markdown cell that is graded but is no answer", () => {
  expect(() => check(text("x", graded("m", test1)))).toThrowErrorMatchingInlineSnapshot(
    `[NotebookError: a.ipynb: cell 1 "m": a Markdown cell is graded exactly when it is a solution (a manually graded answer), or it is a task]`,
  );
});

test("refuses an id that two cells have", () => {
  const answer = code("x", graded("same", { solution: true }));
  expect(() => check(answer, text("between"), answer)).toThrowErrorMatchingInlineSnapshot(`
    [NotebookError: a.ipynb: cell 3 "same": grade_id must be unique, cell 1 has it too
      help: give one of the two cells another grade_id]
  `);
});
