import { expect, test } from "vitest";
import { validateNotebook } from "../../../../grader/notebook/validateNotebook.js";
import { code, notebookOf, text } from "../../../support/notebooks.js";

const validate = (value: unknown) => () => validateNotebook(value, "a.ipynb");
const withCell = (cell: object) => ({ ...notebookOf(), cells: [cell] });
const withOutput = (output: object) => withCell({ ...code("1"), outputs: [output] });
const bundle = { output_type: "display_data", data: {}, metadata: {} };

test("accepts every kind of cell and output", () => {
  const outputs = [
    { output_type: "stream", name: "stderr", text: ["a\n", "b"] },
    { output_type: "error", ename: "E", evalue: "v", traceback: [] },
    { output_type: "execute_result", execution_count: null, data: { "text/plain": "1" }, metadata: {} },
    { ...bundle, data: { "application/vnd.x+json": { any: 1 }, "image/png": ["a", "b"] } },
  ];
  const attachments = { "a.png": { "image/png": "x" } };
  const cells = [
    { ...code("1"), outputs },
    { ...text("a"), attachments },
    { ...text(""), cell_type: "raw" },
  ];
  const notebook = { ...notebookOf(), cells };
  expect(validateNotebook(notebook, "a.ipynb")).toBe(notebook);
});

test.each([
  [[1], "expected a JSON object, got a list"],
  [{}, "the field nbformat is missing"],
  [{ nbformat: 4 }, "nbformat_minor must be a whole number, got nothing"],
  [{ nbformat: 4, nbformat_minor: 5 }, "metadata must be an object, got nothing"],
  [{ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: {} }, "cells must be a list, got an object"],
  [{ ...notebookOf(), worksheets: [] }, 'the notebook has the unknown field "worksheets"'],
  [withCell([]), "cell 1 must be an object, got a list"],
  [
    withCell({ ...text("a"), cell_type: "heading" }),
    'cell 1: cell_type must be "code", "markdown" or "raw", got "heading"',
  ],
  [withCell({ ...text("a"), source: 1 }), "cell 1: source must be text or a list of lines, got 1"],
  [withCell({ ...text("a"), metadata: null }), "cell 1: metadata must be an object, got null"],
  [
    withCell({ ...text("a"), id: "a b" }),
    'cell 1: id must be 1 to 64 letters, digits, "-" or "_", got "a b"',
  ],
  [withCell({ ...text("a"), outputs: [] }), 'cell 1 has the unknown field "outputs"'],
  [withCell({ ...text("a"), attachments: [] }), "cell 1: attachments must map file names to MIME bundles"],
  [
    withCell({ ...code("1"), execution_count: -1 }),
    "cell 1: execution_count must be a whole number or null, got -1",
  ],
  [withCell({ ...code("1"), outputs: null }), "cell 1: outputs must be a list, got null"],
  [
    withOutput({}),
    'cell 1, output 1: output_type must be "stream", "display_data", "execute_result" or "error", got nothing',
  ],
  [
    withOutput({ output_type: "stream", name: "out", text: "" }),
    'cell 1, output 1: name must be "stdout" or "stderr", got "out"',
  ],
  [
    withOutput({ output_type: "stream", name: "stdout" }),
    "cell 1, output 1: text must be text or a list of lines",
  ],
  [withOutput({ output_type: "error", ename: "E" }), "cell 1, output 1: an error needs ename and evalue"],
  [
    withOutput({ output_type: "error", ename: "E", evalue: "", traceback: "x" }),
    "cell 1, output 1: traceback must be a list of lines",
  ],
  [
    withOutput({ ...bundle, output_type: "execute_result" }),
    "cell 1, output 1: execution_count must be a whole number or null",
  ],
  [withOutput({ ...bundle, data: [] }), "cell 1, output 1: data must be an object"],
  [withOutput({ output_type: "display_data", data: {} }), "cell 1, output 1: metadata must be an object"],
  [
    withOutput({ ...bundle, data: { "text/html": 1 } }),
    "cell 1, output 1: text/html must be text or a list of lines, got 1",
  ],
])("refuses %j", (value, problem) => {
  expect(validate(value)).toThrow(
    `a.ipynb: not a valid notebook, ${problem}\n  help: open and save it with Jupyter or VS Code, or restore it from a copy`,
  );
});

test("says how to convert another format", () => {
  expect(validate({ nbformat: 3, worksheets: [] })).toThrowErrorMatchingInlineSnapshot(`
    [NotebookError: a.ipynb: not a valid notebook, nbformat must be 4, got 3
      help: convert it: jupyter nbconvert --to notebook --nbformat 4 a.ipynb]
  `);
});

test("a later minor version may have fields that we do not know", () => {
  expect(validate({ ...notebookOf(), nbformat_minor: 6, later: 1 })).not.toThrow();
});
