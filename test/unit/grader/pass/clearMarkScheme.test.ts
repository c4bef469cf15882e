import { expect, test } from "vitest";
import { clearMarkScheme } from "../../../../grader/pass/clearMarkScheme.js";
import { standardStubs } from "../../../../grader/passes.js";
import { graded, notebookOf, text } from "../../../support/notebooks.js";

test("the mark scheme of a task disappears; the task stays", () => {
  const task = text(
    "Draw it.\n=== BEGIN MARK SCHEME ===\n2 points for axes\n=== END MARK SCHEME ===\nSubmit it.",
    graded("k", { task: true }),
  );
  const { cells } = clearMarkScheme(notebookOf(task, text("BEGIN MARK SCHEME")), {
    path: "a",
    ...standardStubs,
  });
  expect(cells.map(({ source }) => source)).toEqual(["Draw it.\nSubmit it.", "BEGIN MARK SCHEME"]);
});
