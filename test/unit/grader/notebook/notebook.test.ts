import { expect, test } from "vitest";
import { isJsonMime, withoutOutputs } from "../../../../grader/notebook/notebook.js";
import { code, notebookOf, text } from "../../../support/notebooks.js";

test.each([
  ["application/json", true],
  ["application/vnd.gradbook.check+json", true],
  ["image/svg+xml", false],
  ["text/plain", false],
])("isJsonMime(%s) is %s", (type, expected) => {
  expect(isJsonMime(type)).toBe(expected);
});

test("withoutOutputs copies: the notebook itself keeps its outputs", () => {
  const executed = {
    ...code("1"),
    execution_count: 2,
    outputs: [{ output_type: "stream" as const, name: "stdout" as const, text: "1" }],
  };
  const notebook = notebookOf(text("a"), executed);
  notebook.metadata.widgets = { "application/vnd.jupyter.widget-state+json": {} };
  expect(withoutOutputs(notebook)).toEqual(notebookOf(text("a"), code("1")));
  expect(notebook.cells[1]).toMatchObject({ execution_count: 2, outputs: [{ text: "1" }] });
  expect(notebook.metadata).toHaveProperty("widgets");
});
