import { expect, test } from "vitest";
import { checkKernelspec } from "../../../../grader/notebook/checkKernelspec.js";
import type { Metadata } from "../../../../grader/notebook/notebook.js";
import { notebookOf } from "../../../support/notebooks.js";

const check = (metadata: Metadata) => () => checkKernelspec({ ...notebookOf(), metadata }, "a.ipynb");

test.each([
  {},
  { kernelspec: { name: "gradbook" } },
  { kernelspec: { name: "tslab", language: "typescript" } },
  { kernelspec: { name: "jslab" }, language_info: { name: "javascript" } },
])("accepts %j", (metadata) => {
  expect(check(metadata)).not.toThrow();
});

test("refuses a notebook of another language", () => {
  expect(check({ kernelspec: { name: "python3", language: "python" } })).toThrowErrorMatchingInlineSnapshot(`
    [NotebookError: a.ipynb: the notebook asks for the unknown kernel "python3" (python), but gradbook runs TypeScript and JavaScript
      help: set metadata.kernelspec.name to "gradbook" if its cells are TypeScript, or run it with: jupyter nbconvert --execute]
  `);
  expect(check({ kernelspec: { name: "mystery" } })).toThrowErrorMatchingInlineSnapshot(`
    [NotebookError: a.ipynb: the notebook asks for the unknown kernel "mystery", but gradbook runs TypeScript and JavaScript
      help: set metadata.kernelspec.name to "gradbook" if its cells are TypeScript, or run it with: jupyter nbconvert --execute]
  `);
});
