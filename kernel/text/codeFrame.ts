// A few lines of a cell with one place underlined. Used for compiler errors and for run-time errors, so that both look alike.

/** A place in a text; line and column are 0-based, in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** Length of the underline; it never leaves the line. At least 1 is drawn. */
  readonly length: number;
}

const LINES_ABOVE = 1;
const MAX_WIDTH = 160;

/**
 * Draws the line of `place` with line numbers, one line of context above, and `~~~` (or `^` for one character) under it.
 *
 * @returns the lines of the frame; empty when the place is outside the text
 */
export function codeFrame(source: string, place: Place): string[] {
  const lines = source.split(/\r?\n/);
  const text = lines[place.line];
  if (text === undefined) return [];
  const first = Math.max(0, place.line - LINES_ABOVE);
  const gutter = String(place.line + 1).length;
  const frame: string[] = [];
  for (let i = first; i <= place.line; i++) {
    const line = lines[i] ?? "";
    if (i < place.line && line.trim() === "") continue;
    frame.push(`  ${String(i + 1).padStart(gutter)} | ${clip(line)}`.trimEnd());
  }
  const column = Math.min(place.column, text.length);
  if (column > MAX_WIDTH) return frame;
  const length = Math.max(1, Math.min(place.length, text.length - column, MAX_WIDTH - column));
  // Tabs are repeated under the text so that the mark stands under the place however wide a tab is shown.
  const indent = text.slice(0, column).replace(/[^\t]/g, " ");
  frame.push(`  ${" ".repeat(gutter)} | ${indent}${length === 1 ? "^" : "~".repeat(length)}`);
  return frame;
}

function clip(line: string): string {
  return line.length > MAX_WIDTH ? `${line.slice(0, MAX_WIDTH)}…` : line;
}
