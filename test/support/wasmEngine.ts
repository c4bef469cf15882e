// The engine on the path that every Node can run, with its heap open.
import { configure } from "../../src/engine/control.js";
import { activeEngine } from "../../src/engine/engine.js";
import { keptSpan, numbers } from "../../src/engine/memory.js";
import type { Span } from "../../src/engine/span.js";
import { WasmEngine } from "../../src/engine/wasm/wasmEngine.js";

export function simdEngine(): WasmEngine {
  configure({ path: "simd" });
  const engine = activeEngine();
  if (!(engine instanceof WasmEngine)) throw new Error("bug: the simd path is a WasmEngine");
  return engine;
}

/** Numbers on the heap. */
export function onHeap(values: ArrayLike<number>): Span {
  const span = keptSpan("float32", values.length);
  numbers(span).set(values);
  return span;
}

export const read = (span: Span): number[] => Array.from(numbers(span));
