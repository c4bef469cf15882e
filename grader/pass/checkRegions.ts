import { gradingOf } from "../format/cellMetadata.js";
import { findRegions, type RegionKind } from "../format/delimiters.js";
import type { Cell } from "../notebook/notebook.js";
import { cellPlace, mapCells, type Pass } from "./pass.js";

/** Refuses regions that are nested, open, or in a cell where nothing would remove them: their content would reach students. */
export const checkRegions: Pass = (notebook, context) =>
  mapCells(notebook, context, (cell, index) => {
    const place = cellPlace(cell, index);
    for (const [kind, needed, isThere] of rules(cell))
      if (findRegions(cell.source, kind, place).length > 0 && !isThere)
        throw new SyntaxError(`${place}: a ${kind} region must be in a ${needed} cell`);
    if (/^.*\b(HASHED )?AUTOTEST\b/m.test(cell.source))
      throw new SyntaxError(
        `${place}: AUTOTEST is not supported; write the test with check.reference or check.property`,
      );
    for (const region of findRegions(cell.source, "MARK SCHEME", place))
      if (region.lines.some((line) => /!\[[^\]]*\]\(attachment:/.test(line)))
        throw new SyntaxError(
          `${place}: a mark scheme must not show an attachment, it would stay in the released file`,
        );
    return cell;
  });

function rules(cell: Cell): readonly (readonly [kind: RegionKind, needed: string, isThere: boolean])[] {
  const grading = gradingOf(cell);
  return [
    ["SOLUTION", "solution", grading?.solution === true],
    ["HIDDEN TESTS", "graded", grading?.grade === true],
    ["MARK SCHEME", "task", grading?.task === true],
  ];
}
