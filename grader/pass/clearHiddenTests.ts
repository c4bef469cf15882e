import { gradingOf } from "../format/cellMetadata.js";
import { findRegions, replaceRegions } from "../format/delimiters.js";
import { cellPlace, mapCells, type Pass } from "./pass.js";

/** Removes hidden tests. A label after BEGIN HIDDEN TESTS stays, as a comment that says what kind of tests will be added. */
export const clearHiddenTests: Pass = (notebook, context) =>
  mapCells(notebook, context, (cell, index) => {
    if (gradingOf(cell)?.grade !== true) return cell;
    const regions = findRegions(cell.source, "HIDDEN TESTS", cellPlace(cell, index));
    if (regions.length === 0) return cell;
    const source = replaceRegions(cell.source, regions, ({ indent, label }) =>
      label === "" ? [] : [`${indent}// also tested when graded: ${label}`],
    );
    return { ...cell, source };
  });
