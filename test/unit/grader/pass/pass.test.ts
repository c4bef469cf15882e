import { expect, test } from "vitest";
import { cellPlace, languageOf, mapCells } from "../../../../grader/pass/pass.js";
import { standardStubs } from "../../../../grader/passes.js";
import { code, graded, notebookOf } from "../../../support/notebooks.js";

test("cellPlace names a cell by position, and by grade id when it has one", () => {
  expect(cellPlace(code(""), 0)).toBe("cell 1");
  expect(cellPlace(code("", graded("N09-x")), 4)).toBe('cell 5 "N09-x"');
});

test("mapCells turns errors about the text into errors about the file, and lets bugs through", () => {
  const map = (error: Error) => () =>
    mapCells(notebookOf(code("")), { path: "a.ipynb", ...standardStubs }, () => {
      throw error;
    });
  expect(map(new SyntaxError("cell 1: no END"))).toThrow("a.ipynb: cell 1: no END");
  expect(map(new TypeError("bug"))).toThrow(new TypeError("bug"));
});

test("languageOf reads the kernelspec, then language_info, and is typescript otherwise", () => {
  const notebook = notebookOf();
  expect(languageOf({ ...notebook, metadata: { kernelspec: { language: "Python" } } })).toBe("python");
  expect(languageOf({ ...notebook, metadata: { language_info: { name: "javascript" } } })).toBe("javascript");
  expect(languageOf({ ...notebook, metadata: {} })).toBe("typescript");
});
