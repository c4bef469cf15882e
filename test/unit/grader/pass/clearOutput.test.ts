import { expect, test } from "vitest";
import { clearOutput } from "../../../../grader/pass/clearOutput.js";
import { standardStubs } from "../../../../grader/passes.js";
import { code, notebookOf } from "../../../support/notebooks.js";

test("outputs, counts, and what front ends remember about them are removed; the input is not changed", () => {
  const notebook = notebookOf({
    ...code("1", { collapsed: true, scrolled: true, execution: { a: 1 }, tags: ["t"] }),
    execution_count: 3,
    outputs: [{ output_type: "stream", name: "stdout", text: "secret" }],
  });
  notebook.metadata.widgets = { state: 1 };
  const cleared = clearOutput(notebook, { path: "a", ...standardStubs });
  expect(cleared.cells).toEqual([{ ...code("1", { tags: ["t"] }), id: "c1" }]);
  expect(cleared.metadata).not.toHaveProperty("widgets");
  expect(notebook.cells[0]).toMatchObject({ execution_count: 3, outputs: [{ text: "secret" }] });
});
