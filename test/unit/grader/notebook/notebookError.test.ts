import { expect, test } from "vitest";
import { NotebookError } from "../../../../grader/notebook/notebookError.js";

test("the way out stands on its own line", () => {
  expect(new NotebookError("a.ipynb: no such file", "check the spelling").message).toBe(
    "a.ipynb: no such file\n  help: check the spelling",
  );
  expect(new NotebookError("a.ipynb: no such file").message).toBe("a.ipynb: no such file");
});
