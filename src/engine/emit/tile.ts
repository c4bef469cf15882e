// The register tile: a `rows × 4·vectors` block of sums of products, the heart of matrix product and convolution.
//
//     for (u = 0; u < unroll; u++)
//       for (i = 0; i < rows; i++) for (j = 0; j < vectors; j++) acc[i][j] += left[u·pitch + i] · right(u)[j]
//
// `left` is packed; where the rows of the right operand are is up to the caller.
import type { FunctionBuilder, IntLocal, VectorLocal } from "./assembler.js";
import { type I32, i32, type V128, v128 } from "./instructions.js";
import type { Tile } from "./tiles.js";

export type Accumulators = VectorLocal[][];

/** `rows × vectors` vector locals, all zero. */
export function zeroAccumulators(f: FunctionBuilder, rows: number, vectors: number): Accumulators {
  return Array.from({ length: rows }, () => Array.from({ length: vectors }, () => f.let(v128.zero())));
}

/**
 * `unroll` steps of the loop above. `left` points to the packed left operand, whose steps are `pitch` numbers apart;
 * `rightRow(u)` may append statements and returns the address and constant offset of step u's right row.
 */
export function emitSteps(
  f: FunctionBuilder,
  acc: Accumulators,
  { unroll, left: style }: Pick<Tile, "unroll" | "left">,
  left: IntLocal,
  pitch: number,
  rightRow: (u: number) => readonly [I32, number],
): void {
  const vectors = acc[0]?.length ?? 0;
  const right = f.locals("v128", vectors);
  const spread = f.local("v128");
  const quads: VectorLocal[] = [];
  if (style === "shuffle")
    for (let q = 0; 4 * q < pitch * unroll; q++) quads.push(f.let(v128.load(left, 16 * q)));
  for (let u = 0; u < unroll; u++) {
    const [address, offset] = rightRow(u);
    right.forEach((vector, j) => {
      f.set(vector, v128.load(address, offset + 16 * j));
    });
    acc.forEach((row, i) => {
      const at = u * pitch + i;
      const quad = quads[at >> 2];
      const lane = at & 3;
      f.set(
        spread,
        quad === undefined
          ? v128.loadSplat(left, 4 * at)
          : v128.shuffle(quad, quad, [lane, lane, lane, lane]),
      );
      row.forEach((sum, j) => {
        f.set(sum, f.fma(spread, right[j] as V128, sum));
      });
    });
  }
}

/** Stores the tile to `target`, rows `pitch` bytes apart; adds to what is there where `accumulate` is not 0. */
export function emitStoreTile(
  f: FunctionBuilder,
  acc: Accumulators,
  target: I32,
  pitch: I32,
  accumulate: I32 | null,
): void {
  const store = (isAdding: boolean): void => {
    const row = f.let(target);
    acc.forEach((sums, i) => {
      if (i > 0) f.advance(row, pitch);
      // Loads first, stores together: the revectorizer pairs neighbouring stores.
      if (isAdding) for (const [j, sum] of sums.entries()) f.set(sum, v128.add(sum, v128.load(row, 16 * j)));
      for (const [j, sum] of sums.entries()) f.push(v128.store(row, 16 * j, sum));
    });
  };
  if (accumulate === null) store(false);
  else
    f.if(
      accumulate,
      () => store(true),
      () => store(false),
    );
}

/** Runs `body(unroll)` as often as it fits in `count` steps, then `body(1)` for the rest. */
export function emitUnrolled(
  f: FunctionBuilder,
  count: I32,
  unroll: number,
  body: (unroll: number) => void,
): void {
  if (unroll === 1) {
    f.repeat(count, () => body(1));
    return;
  }
  f.repeat(i32.shrU(count, Math.log2(unroll)), () => body(unroll));
  f.repeat(i32.and(count, i32.const(unroll - 1)), () => body(1));
}
