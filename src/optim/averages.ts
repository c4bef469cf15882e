import { keptSpan, type Span, subSpan } from "../engine/engine.js";
import type { Arena } from "./arena.js";

/** The averages of one optimizer: for each arena one run a name, shared by the groups. */
export class Averages {
  readonly #byArena: Map<Arena, Map<string, Span>> = new Map();

  of(arena: Arena, slots: readonly string[]): Span[] {
    let byName = this.#byArena.get(arena);
    if (byName === undefined) {
      byName = new Map();
      this.#byArena.set(arena, byName);
    }
    const missing = slots.filter((slot) => !byName.has(slot));
    if (missing.length > 0) {
      const block = keptSpan(arena.dtype, arena.length * missing.length);
      for (const [i, slot] of missing.entries())
        byName.set(slot, subSpan(block, i * arena.length, arena.length));
    }
    return slots.map((slot) => byName.get(slot)!);
  }
}
