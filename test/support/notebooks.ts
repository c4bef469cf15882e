// Small notebooks for tests.
import type { Cell, CodeCell, Metadata, Notebook, TextCell } from "../../grader/notebook/notebook.js";

export function code(source: string, metadata: Metadata = {}): CodeCell {
  return { cell_type: "code", id: "x", metadata, source, execution_count: null, outputs: [] };
}

export function text(source: string, metadata: Metadata = {}): TextCell {
  return { cell_type: "markdown", id: "x", metadata, source };
}

/** A notebook for our kernel; the cells get the ids c1, c2, … */
export function notebookOf(...cells: Cell[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "gradbook", display_name: "TypeScript (gradbook)", language: "typescript" },
    },
    cells: cells.map((cell, index) => ({ ...cell, id: `c${index + 1}` })),
  };
}

interface Grading {
  grade?: boolean;
  solution?: boolean;
  locked?: boolean;
  task?: boolean;
  points?: number;
}

/** Complete grading metadata of schema 3. */
export function graded(grade_id: string, flags: Grading = {}): Metadata {
  return {
    nbgrader: {
      schema_version: 3,
      grade: false,
      solution: false,
      locked: false,
      task: false,
      grade_id,
      ...flags,
    },
  };
}
