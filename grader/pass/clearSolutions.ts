// Solutions become stubs. In a region, lines `// STUB: …` are the released text: the source notebook runs as it is, because they
// are comments, and a person who reads the source sees both versions side by side.

import { gradingOf } from "../format/cellMetadata.js";
import { findRegions, type Region, replaceRegions } from "../format/delimiters.js";
import { cellPlace, languageOf, mapCells, type Pass } from "./pass.js";

/** Replaces each solution region by its stub, and a solution cell without a region as a whole. */
export const clearSolutions: Pass = (notebook, context) => {
  const language = languageOf(notebook);
  return mapCells(notebook, context, (cell, index) => {
    const grading = gradingOf(cell);
    if (grading?.solution !== true) return cell;
    const stub = cell.cell_type === "code" ? context.codeStub(language, grading.grade_id) : context.textStub;
    const regions = findRegions(cell.source, "SOLUTION", cellPlace(cell, index));
    if (regions.length === 0) return { ...cell, source: stub };
    return { ...cell, source: replaceRegions(cell.source, regions, (region) => stubLines(region, stub)) };
  });
};

function stubLines({ lines, indent }: Region, stub: string): string[] {
  const own = lines.flatMap((line) => /\bSTUB: ?(.*)$/.exec(line)?.[1] ?? []);
  return (own.length > 0 ? own : stub.split("\n")).map((line) => (line === "" ? "" : indent + line));
}
