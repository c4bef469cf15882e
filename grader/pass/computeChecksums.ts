import { gradingOf, isLocked, withGrading } from "../format/cellMetadata.js";
import { cellChecksum } from "../format/checksum.js";
import { mapCells, type Pass } from "./pass.js";

/** Stores the checksum and the type of each graded, answer or locked cell. */
export const computeChecksums: Pass = (notebook, context) =>
  mapCells(notebook, context, (cell) => {
    const grading = gradingOf(cell);
    if (grading === undefined || !(grading.grade || grading.solution || isLocked(grading))) return cell;
    return withGrading(cell, {
      ...grading,
      cell_type: cell.cell_type,
      checksum: cellChecksum(cell, grading),
    });
  });
