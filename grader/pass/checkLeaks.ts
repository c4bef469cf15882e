// The last look at a release: is anything in it that students must not see? It does not trust the passes before it.

import { gradingOf } from "../format/cellMetadata.js";
import { findRegions } from "../format/delimiters.js";
import { formatNotebook } from "../notebook/nbformat.js";
import type { Notebook } from "../notebook/notebook.js";
import { NotebookError } from "../notebook/notebookError.js";
import { cellPlace } from "./pass.js";

/** Lines with fewer characters than this, white space not counted, are too common to be a secret: `optimizer.zeroGrad();`. */
const secretLength = 24;

/**
 * Refuses a release that contains a line of a solution, of a hidden test or of a mark scheme of `source`, anywhere: in text, code,
 * attachments or metadata, however it is indented; or that still has outputs.
 *
 * @throws {NotebookError} naming the place of the secret in the source, and its line
 */
export function checkLeaks(source: Notebook, release: Notebook, path: string): void {
  const output = release.cells.findIndex((cell) => cell.cell_type === "code" && cell.outputs.length > 0);
  if (output >= 0) throw new NotebookError(`${path}: the release still has outputs in cell ${output + 1}`);
  const text = squeeze(JSON.stringify(JSON.parse(formatNotebook(release)), (_, value) => joinLines(value)));
  for (const { line, place } of secretLines(source)) {
    // as it stands in JSON text: quotes and backslashes escaped
    if (!text.includes(squeeze(JSON.stringify(line).slice(1, -1)))) continue;
    throw new NotebookError(
      `${path}: the release would show this line of ${place}:\n    ${line.trim()}`,
      "remove it from the visible text, or write the visible text differently",
    );
  }
}

const squeeze = (text: string): string => text.replace(/\\[ntr]|\s+/g, "");

function joinLines(value: unknown): unknown {
  return Array.isArray(value) && value.every((line) => typeof line === "string") ? value.join("") : value;
}

function* secretLines(source: Notebook): Generator<{ line: string; place: string }> {
  for (const [index, cell] of source.cells.entries()) {
    const grading = gradingOf(cell);
    if (grading === undefined) continue;
    const place = cellPlace(cell, index);
    const solutions = grading.solution ? findRegions(cell.source, "SOLUTION", place) : [];
    const wholeCell = grading.solution && solutions.length === 0 ? [{ lines: cell.source.split("\n") }] : [];
    const hidden = grading.grade ? findRegions(cell.source, "HIDDEN TESTS", place) : [];
    const scheme = grading.task ? findRegions(cell.source, "MARK SCHEME", place) : [];
    const kinds = [
      ["the solution of", [...solutions, ...wholeCell]],
      ["the hidden tests of", hidden],
      ["the mark scheme of", scheme],
    ] as const;
    for (const [what, regions] of kinds)
      for (const { lines } of regions)
        for (const line of lines) if (isSecret(line)) yield { line, place: `${what} ${place}` };
  }
}

/** Short lines, heads that only open a block, and the released text of STUB lines tell nothing. */
function isSecret(line: string): boolean {
  return (
    line.replace(/\s/g, "").length >= secretLength &&
    !/[{([]$/.test(line.trimEnd()) &&
    !line.includes("STUB:")
  );
}
