// What nbgrader stores with a cell, schema 3: `cell.metadata.nbgrader`. The names are the format's own.
// Source: https://nbgrader.readthedocs.io/en/stable/contributor_guide/metadata.html

import type { Cell, Metadata } from "../notebook/notebook.js";

export interface CellMetadata {
  schema_version: 3;
  /** The cell is graded: its points count. */
  grade: boolean;
  /** The student writes here. */
  solution: boolean;
  /** The student must not change it. */
  locked: boolean;
  /** A Markdown cell that describes a task, graded by a person. */
  task: boolean;
  /** Unique in the notebook: letters, digits, "-", "_". */
  grade_id: string;
  points?: number;
  /** MD5 of the released cell; see checksum.ts. */
  checksum?: string;
  /** The cell's type when it was released: a change is reported. */
  cell_type?: Cell["cell_type"];
}

export const schemaVersion = 3;

/** The cell's grading metadata, or undefined for an ordinary cell. Call `checkCellMetadata` first: this only casts. */
export function gradingOf(cell: Cell): CellMetadata | undefined {
  return cell.metadata.nbgrader as CellMetadata | undefined;
}

/** `cell` with other grading metadata. */
export function withGrading(cell: Cell, grading: CellMetadata): Cell {
  return { ...cell, metadata: { ...cell.metadata, nbgrader: grading } };
}

/** A cell counts as locked when the student does not write in it and it is graded or marked locked. */
export function isLocked({ solution, grade, locked }: CellMetadata): boolean {
  return !solution && (grade || locked);
}

/**
 * Metadata of schema 0, 1 or 2 in the form of schema 3: missing flags are false, a graded cell has points, keys the schema does
 * not know are dropped. Metadata of schema 3 comes back unchanged, wrong or not.
 */
export function upgradeMetadata(metadata: Metadata): Metadata {
  if (metadata.schema_version === schemaVersion) return metadata;
  const version = metadata.schema_version ?? 0;
  if (typeof version !== "number" || version < 0 || version > schemaVersion) return metadata;
  const flag = (name: string): boolean => metadata[name] === true;
  const hasPoints = flag("grade") || (flag("task") && metadata.points !== undefined);
  return {
    schema_version: schemaVersion,
    grade: flag("grade"),
    solution: flag("solution"),
    locked: flag("locked"),
    task: flag("task"),
    grade_id: metadata.grade_id ?? "",
    ...(hasPoints && { points: Number(metadata.points ?? 0) }),
    ...(typeof metadata.checksum === "string" && { checksum: metadata.checksum }),
    ...(typeof metadata.cell_type === "string" && { cell_type: metadata.cell_type }),
  };
}
