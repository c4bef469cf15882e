import { gradingOf } from "../format/cellMetadata.js";
import { findRegions, replaceRegions } from "../format/delimiters.js";
import { cellPlace, mapCells, type Pass } from "./pass.js";

/** Removes what only graders may read from task cells. */
export const clearMarkScheme: Pass = (notebook, context) =>
  mapCells(notebook, context, (cell, index) => {
    if (gradingOf(cell)?.task !== true) return cell;
    const regions = findRegions(cell.source, "MARK SCHEME", cellPlace(cell, index));
    return { ...cell, source: replaceRegions(cell.source, regions, () => []) };
  });
