// A pass is one step from a source notebook to a released one: a notebook in, a notebook out, no files of its own.

import { gradingOf } from "../format/cellMetadata.js";
import type { Cell, Notebook } from "../notebook/notebook.js";
import { NotebookError } from "../notebook/notebookError.js";

/** What the passes may know besides the notebook. */
export interface PassContext {
  /** The source file, for error messages. */
  readonly path: string;
  /** What replaces a solution, by the notebook's language; `blank` is the cell's grade id. */
  readonly codeStub: (language: string, blank: string) => string;
  /** What replaces a solution in a Markdown cell. */
  readonly textStub: string;
  /** Cells put before and after every notebook, or undefined. */
  readonly header?: Notebook;
  readonly footer?: Notebook;
}

export type Pass = (notebook: Notebook, context: PassContext) => Notebook;

/** How errors name a cell: by its grade id when it has one, otherwise by its position. */
export function cellPlace(cell: Cell, index: number): string {
  const id = gradingOf(cell)?.grade_id;
  return id ? `cell ${index + 1} "${id}"` : `cell ${index + 1}`;
}

/** The notebook with each cell replaced. Errors of format/ (SyntaxError, RangeError) become errors about the file. */
export function mapCells(
  notebook: Notebook,
  { path }: PassContext,
  change: (cell: Cell, index: number) => Cell,
): Notebook {
  const cells = notebook.cells.map((cell, index) => {
    try {
      return change(cell, index);
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof RangeError)
        throw new NotebookError(`${path}: ${error.message}`);
      throw error;
    }
  });
  return { ...notebook, cells };
}

/** The language of the notebook's code cells, "typescript" when it does not say. */
export function languageOf({ metadata }: Notebook): string {
  const spec = metadata.kernelspec as { language?: unknown } | undefined;
  const info = metadata.language_info as { name?: unknown } | undefined;
  return String(spec?.language ?? info?.name ?? "typescript").toLowerCase();
}
