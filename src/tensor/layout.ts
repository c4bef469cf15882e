/** How the engine walks over operands that are repeated: axes merged, the common cases named. */
import type { PairLayout } from "../engine/engine.js";
import { broadcastStrides, type Shape, sizeOf } from "./shape.js";

/** A PairLayout with the number of elements of the result. */
export interface SizedPairLayout extends PairLayout {
  readonly size: number;
}

let lastSame: SizedPairLayout = { kind: "same", size: 1, sizes: [1], aStrides: [1], bStrides: [1] };

/** Both operands like the result: the common case, kept when it comes again. */
function sameLayout(size: number): SizedPairLayout {
  if (lastSame.size !== size) {
    lastSame = { kind: "same", size, sizes: [size], aStrides: [1], bStrides: [1] };
  }
  return lastSame;
}

/** Whether `part` is the last sizes of `shape`, so that it is repeated as a whole. */
export function isTrailing(part: Shape, shape: Shape): boolean {
  const missing = shape.length - part.length;
  for (let i = 0; i < part.length; i++) if (part[i] !== shape[i + missing]) return false;
  return missing >= 0;
}

/** The layout for a result of `shape` from operands of shapes a and b, which broadcast to it. */
export function makePairLayout(shape: Shape, a: Shape, b: Shape): SizedPairLayout {
  const size = sizeOf(shape);
  if (sizeOf(a) === size) {
    const count = sizeOf(b);
    if (count === size) return sameLayout(size);
    if (count === 1) return { kind: "scalar", size, sizes: [size], aStrides: [1], bStrides: [0] };
    if (isTrailing(b, shape)) {
      return { kind: "row", size, sizes: [size / count, count], aStrides: [count, 1], bStrides: [0, 1] };
    }
  }
  const { sizes, strides } = mergeAxes(shape, [broadcastStrides(a, shape), broadcastStrides(b, shape)]);
  const [aStrides, bStrides] = strides as [number[], number[]];
  return { kind: kindOf(sizes, aStrides, bStrides), size, sizes, aStrides, bStrides };
}

function kindOf(sizes: Shape, a: Shape, b: Shape): PairLayout["kind"] {
  if (sizes.length === 1 && a[0] === 1) return b[0] === 0 ? "scalar" : "same";
  if (sizes.length === 2 && a[0] === sizes[1] && a[1] === 1) {
    if (b[0] === 0 && b[1] === 1) return "row";
    if (b[0] === 1 && b[1] === 0) return "column";
  }
  return "strided";
}

/**
 * Joins neighbouring axes that every operand walks in one go, and drops axes of size 1. At least one axis is left.
 *
 * @param strides one list per operand, as long as `shape`
 */
export function mergeAxes(
  shape: Shape,
  strides: readonly (readonly number[])[],
): { sizes: number[]; strides: number[][] } {
  const sizes: number[] = [];
  const merged: number[][] = strides.map(() => []);
  for (let i = 0; i < shape.length; i++) {
    const size = shape[i] as number;
    if (size === 1) continue;
    const last = sizes.length - 1;
    const joins =
      last >= 0 && strides.every((own, k) => (merged[k] as number[])[last] === (own[i] as number) * size);
    if (joins) sizes[last] = (sizes[last] as number) * size;
    else sizes.push(size);
    const at = joins ? last : last + 1;
    strides.forEach((own, k) => {
      (merged[k] as number[])[at] = own[i] as number;
    });
  }
  if (sizes.length === 0) {
    sizes.push(1);
    for (const own of merged) own.push(1);
  }
  return { sizes, strides: merged };
}
