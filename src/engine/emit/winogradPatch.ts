// Two-dimensional transforms of four patches at once, the number at one place of all four in one vector. What does not fit in
// registers goes through a few hundred bytes of memory.
import type { FunctionBuilder, IntLocal, VectorLocal } from "./assembler.js";
import { type V128, v128 } from "./instructions.js";
import { transpose4 } from "./pack.js";
import { dataTransform, outputGradTransform } from "./winogradTransforms.js";

/** Points along one axis, and pairs of points: products per tile. */
export const side = 6;
export const points = 36;
/** Bytes of memory that the transforms need. */
export const transformBytes: number = 16 * points;

export const fourOf = (values: readonly V128[]): [V128, V128, V128, V128] =>
  values.slice(0, 4) as [V128, V128, V128, V128];
export const letAll = (f: FunctionBuilder, values: readonly V128[]): VectorLocal[] =>
  values.map((x) => f.let(x));
const four = [0, 1, 2, 3] as const;
const six = [0, 1, 2, 3, 4, 5] as const;

/** Four patches of numbers side by side in the lanes: the addresses of their first numbers, bytes of a row, and memory. */
export interface Patches {
  readonly sources: readonly IntLocal[];
  readonly rowPitch: IntLocal;
  readonly temporary: IntLocal;
}

/**
 * `Bᵀ d B` of four patches of 6×6 numbers, or `A y Aᵀ` of 4×4 gradients of outputs: 36 vectors, `step` bytes apart; number 6·j + i
 * belongs to vertical point i and horizontal point j.
 */
export function emitPatch(
  f: FunctionBuilder,
  { sources, rowPitch, temporary }: Patches,
  to: IntLocal,
  step: IntLocal,
  kind: "data" | "outputGrad" = "data",
): void {
  const transform = kind === "data" ? dataTransform : outputGradTransform;
  const size = kind === "data" ? six : four;
  const rows = sources.map((source) => f.let(source));
  for (const r of size) {
    if (r > 0) for (const row of rows) f.advance(row, rowPitch);
    // Numbers 0 … 3 and 2 … 5 of the row, so that nothing behind it is read.
    const left = rows.map((row) => f.let(v128.load(row)));
    const right = kind === "data" ? rows.map((row) => f.let(v128.load(row, 8))) : null;
    const columns = letAll(f, transpose4(f, fourOf(left)));
    if (right !== null) columns.push(...letAll(f, transpose4(f, fourOf(right)).slice(2)));
    for (const [j, value] of transform(f, columns).entries())
      f.push(v128.store(temporary, 16 * (side * j + r), value));
  }
  const at = f.let(to);
  for (const j of six) {
    const column = size.map((r) => f.let(v128.load(temporary, 16 * (side * j + r))));
    for (const value of transform(f, column)) {
      f.push(v128.store(at, 0, value));
      f.advance(at, step);
    }
  }
}
