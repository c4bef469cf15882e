import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  formatNotebook,
  parseNotebook,
  readNotebook,
  writeNotebook,
} from "../../../../grader/notebook/nbformat.js";
import { code, notebookOf, text } from "../../../support/notebooks.js";

const folder = mkdtempSync(join(tmpdir(), "nbformat-"));
afterAll(() => rmSync(folder, { recursive: true }));

// written by Python's nbformat 5.5: nbformat.write(nbformat.v4.new_notebook(cells=[…]))
const byJupyter = `{
 "cells": [
  {
   "cell_type": "markdown",
   "id": "a1",
   "metadata": {},
   "source": [
    "# 합성곱\\n",
    "text"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 1,
   "id": "a2",
   "metadata": {},
   "outputs": [
    {
     "data": {
      "application/json": {
       "a": [
        "x\\n",
        "y"
       ]
      },
      "text/plain": [
       "1\\n",
       "2"
      ]
     },
     "execution_count": 1,
     "metadata": {},
     "output_type": "execute_result"
    },
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "hi\\n"
     ]
    }
   ],
   "source": []
  }
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
`;

describe("parseNotebook", () => {
  test("joins lists of lines to text; JSON outputs keep their lists", () => {
    const { cells } = parseNotebook(byJupyter, "a.ipynb");
    expect(cells.map(({ source }) => source)).toEqual(["# 합성곱\ntext", ""]);
    expect(cells[1]).toMatchObject({
      outputs: [
        { data: { "text/plain": "1\n2", "application/json": { a: ["x\n", "y"] } } },
        { text: "hi\n" },
      ],
    });
  });

  test("accepts a byte order mark", () => {
    expect(parseNotebook(`\uFEFF${byJupyter}`, "a.ipynb").cells).toHaveLength(2);
  });

  test("brings 4.4 to 4.5: missing and repeated ids become ids of the position", () => {
    const old = { nbformat: 4, nbformat_minor: 4, metadata: {}, cells: [text("a"), text("b"), text("c")] };
    const [a, b, c] = old.cells;
    const file = {
      ...old,
      cells: [
        { ...a, id: undefined },
        { ...b, id: "same" },
        { ...c, id: "same" },
      ],
    };
    const notebook = parseNotebook(JSON.stringify(file), "a.ipynb");
    expect(notebook.nbformat_minor).toBe(5);
    expect(notebook.cells.map(({ id }) => id)).toEqual(["cell-1", "same", "cell-3"]);
  });

  test.each([
    ["an empty file", " \n", "the file is empty\n  help: restore it from a copy or create it again"],
    [
      "conflict markers",
      '{\n<<<<<<< HEAD\n"cells": []\n',
      "it contains Git conflict markers\n  help: resolve the merge conflict, then try again",
    ],
  ])("refuses %s and says what to do", (_, content, expected) => {
    expect(() => parseNotebook(content, "ps1/a.ipynb")).toThrow(`ps1/a.ipynb: not a notebook, ${expected}`);
  });

  test("refuses a file that is not JSON, with the parser's words", () => {
    // the words themselves differ between versions of Node
    expect(() => parseNotebook("hello", "ps1/a.ipynb")).toThrow(
      /^ps1\/a\.ipynb: not a notebook, the file is not JSON \(.*\)\n {2}help: a notebook ends in \.ipynb and is written by Jupyter, VS Code or gradbook; restore it from a copy$/,
    );
  });
});

describe("formatNotebook", () => {
  test("writes the bytes Jupyter writes", () => {
    expect(formatNotebook(parseNotebook(byJupyter, "a.ipynb"))).toBe(byJupyter);
  });

  test("a text read back is the same text, whatever its line ends", () => {
    const source = "a\r\nb\n\nc\u2028d\n";
    const again = parseNotebook(formatNotebook(notebookOf(code(source))), "a.ipynb");
    expect(again.cells[0]!.source).toBe(source);
  });
});

describe("readNotebook and writeNotebook", () => {
  test("write and read back the same notebook and leave no other file", () => {
    const path = join(folder, "a.ipynb");
    const notebook = notebookOf(text("hello"), code("1 + 1"));
    writeNotebook(path, notebook);
    expect(readNotebook(path)).toEqual(notebook);
    expect(readdirSync(folder)).toEqual(["a.ipynb"]);
  });

  test("a notebook that is not valid is not written", () => {
    const path = join(folder, "b.ipynb");
    writeFileSync(path, "old");
    const wrong = notebookOf({ ...code("1"), execution_count: 1.5 });
    expect(() => writeNotebook(path, wrong)).toThrow(
      "cell 1: execution_count must be a whole number or null, got 1.5",
    );
    expect(readFileSync(path, "utf8")).toBe("old");
    rmSync(path);
  });

  test("a missing file and a folder are named", () => {
    expect(() => readNotebook("no/such.ipynb")).toThrowErrorMatchingInlineSnapshot(`
      [NotebookError: no/such.ipynb: no such file
        help: check the spelling and the folder]
    `);
    expect(() => readNotebook(".")).toThrowErrorMatchingInlineSnapshot(`
      [NotebookError: .: is a folder, not a notebook
        help: name the files, such as ./*.ipynb]
    `);
  });
});
