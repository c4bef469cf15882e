// Source maps of two compiler passes joined into one list of mappings. Format: https://tc39.es/ecma426/ (Base64 VLQ).
import type { Mapping } from "../run/messages.js";

/** One segment: generated line and column, source line and column; all 0-based. */
type Segment = [generatedLine: number, generatedColumn: number, sourceLine: number, sourceColumn: number];

const DIGITS = new Map(
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].map((digit, value) => [
    digit,
    value,
  ]),
);

/** The segments of `mappings` that name a source position, in order of the generated text. */
export function decodeMappings(mappings: string): Segment[] {
  const segments: Segment[] = [];
  let sourceLine = 0;
  let sourceColumn = 0;
  mappings.split(";").forEach((line, generatedLine) => {
    let generatedColumn = 0;
    for (const text of line.split(",")) {
      const fields = decodeVlq(text);
      generatedColumn += fields[0] ?? 0;
      if (fields.length < 4) continue;
      sourceLine += fields[2]!;
      sourceColumn += fields[3]!;
      segments.push([generatedLine, generatedColumn, sourceLine, sourceColumn]);
    }
  });
  return segments;
}

function decodeVlq(text: string): number[] {
  const fields: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of text) {
    const digit = DIGITS.get(character);
    if (digit === undefined) throw new RangeError(`decodeMappings: not a Base64 digit, got "${character}"`);
    value += (digit & 31) * 2 ** shift;
    shift += 5;
    if (digit & 32) continue;
    fields.push(value % 2 === 1 ? -(value - 1) / 2 : value / 2);
    value = 0;
    shift = 0;
  }
  return fields;
}

/**
 * Joins `first` (cell -> ES module) and `second` (ES module -> CommonJS): each segment of the second is looked up in the first.
 *
 * @param skippedLines lines of the first source that do not belong to the cell (tslab's first line)
 */
export function composeMappings(first: string, second: string, skippedLines: number): Mapping[] {
  const cell = decodeMappings(first);
  const composed: Mapping[] = [];
  for (const [line, column, middleLine, middleColumn] of decodeMappings(second)) {
    const entry = findMapping(cell, middleLine, middleColumn);
    if (entry === undefined || entry[2] < skippedLines) continue;
    composed.push([line, column, entry[2] - skippedLines, entry[3]]);
  }
  return composed;
}

/** The last mapping at or before a generated position on its line; the first one of the line when all are after it. */
export function findMapping<M extends Mapping>(
  mappings: readonly M[],
  line: number,
  column: number,
): M | undefined {
  let low = 0;
  let high = mappings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = mappings[middle]!;
    if (entry[0] < line || (entry[0] === line && entry[1] <= column)) low = middle + 1;
    else high = middle;
  }
  const before = mappings[low - 1];
  if (before?.[0] === line) return before;
  const after = mappings[low];
  return after?.[0] === line ? after : undefined;
}

/** Takes an inline source map off the end of a compiled text. */
export function splitInlineMap(text: string): { code: string; mappings: string } {
  const marker = "\n//# sourceMappingURL=data:application/json;base64,";
  const start = text.lastIndexOf(marker);
  if (start < 0) throw new Error("bug: the first pass wrote no source map");
  const json = Buffer.from(text.slice(start + marker.length).trim(), "base64").toString();
  return { code: `${text.slice(0, start)}\n`, mappings: (JSON.parse(json) as { mappings: string }).mappings };
}
