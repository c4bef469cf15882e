import { expect, test } from "vitest";
import { includeHeaderFooter } from "../../../../grader/pass/includeHeaderFooter.js";
import { standardStubs } from "../../../../grader/passes.js";
import { notebookOf, text } from "../../../support/notebooks.js";

test("shared cells stand first and last, and their ids stay unique", () => {
  const { cells } = includeHeaderFooter(notebookOf(text("body")), {
    path: "a",
    ...standardStubs,
    header: notebookOf(text("name and class")),
    footer: notebookOf(text("hand in"), text("bye")),
  });
  expect(cells.map(({ id, source }) => [id, source])).toEqual([
    ["header-c1", "name and class"],
    ["c1", "body"],
    ["footer-c1", "hand in"],
    ["c2", "bye"],
  ]);
});

test("without shared cells the notebook is unchanged", () => {
  const notebook = notebookOf(text("body"));
  expect(includeHeaderFooter(notebook, { path: "a", ...standardStubs })).toBe(notebook);
});
