import { expect, test } from "vitest";
import { lockCells } from "../../../../grader/pass/lockCells.js";
import { standardStubs } from "../../../../grader/passes.js";
import { code, graded, notebookOf, text } from "../../../support/notebooks.js";

// the table of cell kinds: [flags, deletable, editable]; undefined: the key is absent
test.each([
  ["answer", code("", graded("a", { solution: true })), false, undefined],
  ["test", code("", graded("a", { grade: true, points: 1 })), false, false],
  ["written answer", text("", graded("a", { grade: true, solution: true, points: 1 })), false, undefined],
  ["task", text("", graded("a", { task: true, locked: true })), false, false],
  ["read-only", text("", graded("a", { locked: true })), false, false],
  ["ordinary", code(""), undefined, undefined],
])("%s cell", (_, cell, deletable, editable) => {
  const { metadata } = lockCells(notebookOf(cell), { path: "a", ...standardStubs }).cells[0]!;
  expect([metadata.deletable, metadata.editable]).toEqual([deletable, editable]);
});
