// Reads and writes Jupyter's notebook file, format 4.5. On disk a text is a list of lines, as Jupyter writes it, so that
// version control shows the lines that changed.

import { readFileSync } from "node:fs";
import { writeFileAtomically } from "./atomicFile.js";
import { type Cell, isJsonMime, type MimeBundle, type Notebook, type Output } from "./notebook.js";
import { NotebookError } from "./notebookError.js";
import { validateNotebook } from "./validateNotebook.js";

/** Reads and validates a notebook file. Errors name the file and the way out. */
export function readNotebook(path: string): Notebook {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw unreadable(path, error as NodeJS.ErrnoException);
  }
  return parseNotebook(text, path);
}

/** The notebook in `text`; `path` is only used in error messages. Formats 4.0 to 4.4 are brought to 4.5. */
export function parseNotebook(text: string, path: string): Notebook {
  const withoutMark = text.startsWith("\uFEFF") ? text.slice(1) : text;
  let value: unknown;
  try {
    value = JSON.parse(withoutMark);
  } catch (error) {
    throw notJson(path, withoutMark, error as SyntaxError);
  }
  return withCellIds(joinLines(validateNotebook(value, path)));
}

/** The file's text: lists of lines, keys sorted, one space of indentation, a newline at the end, as Jupyter writes it. */
export function formatNotebook(notebook: Notebook): string {
  const file = { ...notebook, cells: notebook.cells.map(splitCell) };
  return `${JSON.stringify(sortKeys(file), null, 1)}\n`;
}

/** Validates and writes `notebook`; the file is either the old one or the whole new one, never a part. */
export function writeNotebook(path: string, notebook: Notebook): void {
  const text = formatNotebook(notebook);
  validateNotebook(JSON.parse(text), path);
  writeFileAtomically(path, text);
}

function unreadable(path: string, error: NodeJS.ErrnoException): NotebookError {
  if (error.code === "ENOENT")
    return new NotebookError(`${path}: no such file`, "check the spelling and the folder");
  if (error.code === "EISDIR")
    return new NotebookError(
      `${path}: is a folder, not a notebook`,
      `name the files, such as ${path}/*.ipynb`,
    );
  return new NotebookError(
    `${path}: cannot be read (${error.code ?? error.message})`,
    "check the file's permissions",
  );
}

function notJson(path: string, text: string, error: SyntaxError): NotebookError {
  if (text.trim() === "")
    return new NotebookError(
      `${path}: not a notebook, the file is empty`,
      "restore it from a copy or create it again",
    );
  if (/^(<{7}|={7}|>{7}) ?/m.test(text))
    return new NotebookError(
      `${path}: not a notebook, it contains Git conflict markers`,
      "resolve the merge conflict, then try again",
    );
  return new NotebookError(
    `${path}: not a notebook, the file is not JSON (${error.message})`,
    "a notebook ends in .ipynb and is written by Jupyter, VS Code or gradbook; restore it from a copy",
  );
}

function joinText(value: unknown): string {
  return Array.isArray(value) ? value.join("") : (value as string);
}

function joinBundle(bundle: MimeBundle): MimeBundle {
  return Object.fromEntries(
    Object.entries(bundle).map(([type, value]) => [type, isJsonMime(type) ? value : joinText(value)]),
  );
}

function joinOutput(output: Output): Output {
  if (output.output_type === "stream") return { ...output, text: joinText(output.text) };
  if (output.output_type === "error") return output;
  return { ...output, data: joinBundle(output.data) };
}

function joinCell(cell: Cell): Cell {
  const source = joinText(cell.source);
  if (cell.cell_type === "code") return { ...cell, source, outputs: cell.outputs.map(joinOutput) };
  return { ...cell, source };
}

function joinLines(notebook: Notebook): Notebook {
  return { ...notebook, cells: notebook.cells.map(joinCell) };
}

/** Format 4.5 requires ids. Missing and repeated ones become `cell-<position>`: the same input gives the same file. */
function withCellIds(notebook: Notebook): Notebook {
  const taken = new Set<string>();
  const cells = notebook.cells.map((cell, index) => {
    let id = typeof cell.id === "string" && !taken.has(cell.id) ? cell.id : `cell-${index + 1}`;
    while (taken.has(id)) id += "x";
    taken.add(id);
    return { ...cell, id };
  });
  return { ...notebook, nbformat_minor: Math.max(5, notebook.nbformat_minor), cells };
}

function splitText(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

function splitBundle(bundle: MimeBundle): MimeBundle {
  return Object.fromEntries(
    Object.entries(bundle).map(([type, value]) => [
      type,
      typeof value === "string" && !isJsonMime(type) ? splitText(value) : value,
    ]),
  );
}

function splitOutput(output: Output): unknown {
  if (output.output_type === "stream") return { ...output, text: splitText(output.text) };
  if (output.output_type === "error") return output;
  return { ...output, data: splitBundle(output.data) };
}

function splitCell(cell: Cell): unknown {
  const source = splitText(cell.source);
  if (cell.cell_type === "code") return { ...cell, source, outputs: cell.outputs.map(splitOutput) };
  return { ...cell, source };
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, inner]) => [key, sortKeys(inner)]));
}
