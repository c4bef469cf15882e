// The record of an executed notebook: a verdict per test cell, the answers a person must read, and other cells that failed.

import { gradingOf } from "../format/cellMetadata.js";
import type { CellFailure, Execution } from "../notebook/execute.js";
import type { CodeCell } from "../notebook/notebook.js";
import { type Verdict, verdictOf } from "./verdict.js";

export interface TestRecord extends Verdict {
  /** The cell's grade id. */
  readonly id: string;
  /** Position of the cell, 1-based. */
  readonly cell: number;
  /** 1-based line of the cell where it failed, when the error names one. */
  readonly line?: number;
}

export interface NotebookRecord {
  readonly tests: readonly TestRecord[];
  /** Answers that only a person can grade. */
  readonly manual: readonly { readonly id: string; readonly cell: number; readonly of: number }[];
  /** Cells that failed and are no tests. */
  readonly failures: readonly CellFailure[];
  readonly points: number;
  /** Points of the test cells; those of `manual` are not counted. */
  readonly of: number;
}

export function recordOf({ notebook, failures }: Pick<Execution, "notebook" | "failures">): NotebookRecord {
  const failureOf = new Map(failures.map((failure) => [failure.index, failure]));
  const tests: TestRecord[] = [];
  const manual: NotebookRecord["manual"][number][] = [];
  notebook.cells.forEach((cell, index) => {
    const grading = gradingOf(cell);
    if (grading === undefined) return;
    const { grade, solution, task, grade_id: id, points = 0 } = grading;
    if ((grade && solution) || task) manual.push({ id, cell: index + 1, of: points });
    else if (grade && cell.cell_type === "code") {
      const failure = failureOf.get(index);
      failureOf.delete(index);
      const line = failure?.line;
      tests.push({
        id,
        cell: index + 1,
        ...(line !== undefined && { line }),
        ...verdictOf(cell as CodeCell, points, failure),
      });
    }
  });
  const sum = (key: "points" | "of"): number => tests.reduce((total, test) => total + test[key], 0);
  return { tests, manual, failures: [...failureOf.values()], points: sum("points"), of: sum("of") };
}
