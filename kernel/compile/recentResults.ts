// Results of the last compilations. Compiling is a pure function of declarations and source as long as no local file takes part,
// and running a cell again unchanged is the commonest thing people do with one.
import type { Compiled } from "./messages.js";

export interface RecentResults {
  get(declarations: string, source: string): Compiled | undefined;
  add(declarations: string, source: string, result: Compiled): void;
}

/** @param limit results that are kept. The declarations of a long notebook are some 100 KB, and a result has them twice. */
export function makeRecentResults(limit = 16): RecentResults {
  // Oldest use first. By source, then by declarations: a map by both would copy and hash the declarations of every cell.
  const kept: { readonly declarations: string; readonly source: string; readonly result: Compiled }[] = [];
  return {
    get(declarations, source) {
      const at = kept.findIndex((entry) => entry.source === source && entry.declarations === declarations);
      const [entry] = at < 0 ? [] : kept.splice(at, 1);
      if (entry !== undefined) kept.push(entry);
      return entry?.result;
    },
    add(declarations, source, result) {
      kept.push({ declarations, source, result });
      if (kept.length > limit) kept.shift();
    },
  };
}
