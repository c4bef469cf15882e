// Completion at a position of a cell.
import type { Completions } from "./messages.js";
import type { Converter } from "./tslab.js";

/** Front ends show a list; more than this cannot be read and costs time on the wire. */
const MAX_MATCHES = 500;

export function complete(
  converter: Converter,
  declarations: string,
  source: string,
  position: number,
): Completions {
  const { start, end, candidates, original } = converter.complete(declarations, source, position);
  const kinds = new Map<string, string>((original?.entries ?? []).map(({ name, kind }) => [name, kind]));
  const matches = candidates.slice(0, MAX_MATCHES).map((text) => ({ text, kind: kinds.get(text) ?? "" }));
  return { start, end, matches };
}
