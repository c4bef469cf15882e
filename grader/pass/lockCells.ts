import { gradingOf, isLocked } from "../format/cellMetadata.js";
import { mapCells, type Pass } from "./pass.js";

/** No graded, answer, task or locked cell can be deleted; the locked ones cannot be edited either. */
export const lockCells: Pass = (notebook, context) =>
  mapCells(notebook, context, (cell) => {
    const grading = gradingOf(cell);
    if (grading === undefined) return cell;
    if (isLocked(grading) || grading.task)
      return { ...cell, metadata: { ...cell.metadata, deletable: false, editable: false } };
    if (grading.solution || grading.grade)
      return { ...cell, metadata: { ...cell.metadata, deletable: false } };
    return cell;
  });
