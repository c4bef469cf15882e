import * as format from "../format/cellMetadata.js";
import type { Metadata } from "../notebook/notebook.js";
import { mapCells, type Pass } from "./pass.js";

/** Grading metadata of schema 0 to 2 becomes schema 3; an ordinary cell's empty entry is dropped. */
export const upgradeMetadata: Pass = (notebook, context) =>
  mapCells(notebook, context, (cell) => {
    const old = cell.metadata.nbgrader as Metadata | undefined;
    if (old === undefined) return cell;
    const { nbgrader: _, ...others } = cell.metadata;
    if (Object.keys(old).length === 0) return { ...cell, metadata: others };
    return { ...cell, metadata: { ...others, nbgrader: format.upgradeMetadata(old) } };
  });
