// The rules of nbgrader's schema 3, with messages an author can act on.

import type { Cell, Metadata } from "../notebook/notebook.js";
import { NotebookError } from "../notebook/notebookError.js";
import type { Pass } from "./pass.js";

const keys = [
  "schema_version",
  "grade",
  "solution",
  "locked",
  "task",
  "grade_id",
  "points",
  "checksum",
  "cell_type",
];

/** Refuses a notebook whose grading metadata breaks a rule: one error names the file, the cell and the rule. */
export const checkCellMetadata: Pass = (notebook, { path }) => {
  const seen = new Map<string, number>();
  notebook.cells.forEach((cell, index) => {
    const grading = cell.metadata.nbgrader as Metadata | undefined;
    if (grading === undefined) return;
    const id = grading.grade_id;
    const place = typeof id === "string" && id !== "" ? `cell ${index + 1} "${id}"` : `cell ${index + 1}`;
    const problem = problemOf(grading, cell);
    if (problem !== undefined) throw new NotebookError(`${path}: ${place}: ${problem}`);
    if (typeof id !== "string" || id === "") return;
    const other = seen.get(id);
    if (other !== undefined)
      throw new NotebookError(
        `${path}: ${place}: grade_id must be unique, cell ${other + 1} has it too`,
        "give one of the two cells another grade_id",
      );
    seen.set(id, index);
  });
  return notebook;
};

/** The first rule that `grading` breaks, in words, or undefined. */
function problemOf(grading: Metadata, { cell_type }: Cell): string | undefined {
  const { schema_version, grade, solution, locked, task, grade_id, points, checksum } = grading;
  if (schema_version !== 3) return `schema_version must be 0 to 3, got ${JSON.stringify(schema_version)}`;
  const unknown = Object.keys(grading).find((key) => !keys.includes(key));
  if (unknown !== undefined)
    return `metadata.nbgrader has the unknown key "${unknown}"; other data belongs in metadata.gradbook`;
  for (const [name, value] of Object.entries({ grade, solution, locked }))
    if (typeof value !== "boolean") return `${name} must be true or false, got ${JSON.stringify(value)}`;
  if (task !== undefined && typeof task !== "boolean")
    return `task must be true or false, got ${JSON.stringify(task)}`;
  if (typeof grade_id !== "string" || !/^[a-zA-Z0-9_-]*$/.test(grade_id))
    return `grade_id may hold letters, digits, "-" and "_", got ${JSON.stringify(grade_id)}`;
  if (grade_id === "" && (grade || solution || locked))
    return "grade_id must not be empty in a graded, solution or locked cell";
  if (task && cell_type !== "markdown") return "a task must be a Markdown cell";
  if (cell_type === "markdown" && !task && grade !== solution)
    return "a Markdown cell is graded exactly when it is a solution (a manually graded answer), or it is a task";
  if (grade && points === undefined) return "a graded cell needs points";
  if (
    points !== undefined &&
    !(typeof points === "number" && points >= 0 && points < Number.POSITIVE_INFINITY)
  )
    return `points must be a number of at least 0, got ${JSON.stringify(points)}`;
  if (checksum !== undefined && !(typeof checksum === "string" && checksum.length === 32))
    return "checksum must have 32 characters";
  return undefined;
}
