// Direct convolution without im2col. A *tap* is a pair (input channel, kernel position); a table holds the byte offset of
// each tap from the first input number of an output position. One register tile computes `rows` output channels by
// `4·vectors` neighbouring positions:
//
//     for (t = 0; t < taps; t++)
//       row = x + table[t]
//       for (i < rows) for (j < vectors) acc[i][j] += w[t][i] · load(row + 16·j)
//
// so 1, 2 and 3 axes, dilation and stride differ only in the table: wasm/convPlan.ts. A *run* is a stretch of positions that
// are neighbours in the input too: a row of the output, or a whole padded plane.
//
// The weight gradient is the same product with other roles: rows are taps, columns output channels, and the sum goes
// over positions:
//
//     for (y < height) for (x < width)
//       for (i < rows) for (j < vectors) acc[i][j] += load(image + table[t + i] + position) · dyT[position][j]

import { tileWidths } from "../wasm/convTiles.js";
import type { FunctionBuilder, IntLocal, ModuleBuilder } from "./assembler.js";
import { emitPackWeights, emitTransposeAdd } from "./copy.js";
import { type I32, i32, v128 } from "./instructions.js";
import { emitPackColumns } from "./pack.js";
import { emitSteps, emitStoreTile, emitUnrolled, zeroAccumulators } from "./tile.js";
import type { Tile } from "./tiles.js";

/** (weights, x, table, taps, y, pitch of y): one tile. */
function emitTapTile(module: ModuleBuilder, tile: Tile, rows: number, vectors: number): FunctionBuilder {
  return module.define(
    "",
    ["i32", "i32", "i32", "i32", "i32", "i32"],
    (f, [weights, x, table, taps, y, pitch]) => {
      const acc = zeroAccumulators(f, rows, vectors);
      const row = f.local("i32");
      emitUnrolled(f, taps, tile.unroll, (unroll) => {
        emitSteps(f, acc, { unroll, left: tile.left }, weights, tile.rows, (u) => {
          f.set(row, i32.add(x, i32.load(table, 4 * u)));
          return [row, 0];
        });
        f.advance(weights, 4 * tile.rows * unroll);
        f.advance(table, 4 * unroll);
      });
      emitStoreTile(f, acc, y, pitch, null);
    },
  );
}

/** Calls the kernel for `count` rows out of kernels for 1, 2, … rows. */
function callByCount(
  f: FunctionBuilder,
  kernels: readonly FunctionBuilder[],
  count: IntLocal,
  values: readonly I32[],
): void {
  const choose = (n: number): void => {
    const kernel = kernels[n - 1];
    if (kernel === undefined) return;
    if (n === 1) f.call(kernel, ...values);
    else
      f.if(
        i32.equal(count, i32.const(n)),
        () => f.call(kernel, ...values),
        () => choose(n - 1),
      );
  };
  choose(kernels.length);
}

// biome-ignore format: a row of equal words
const fourteen = ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"] as const;

/**
 * `correlate(y, pitch, channels, x, weights, table, taps, runs, runCount, full, tailVectors, tailCount, tailA, tailB)`.
 * `runs` lists four integers for each run: its offsets into x and y in bytes, its first tap and its number of taps. It has `full` full tiles, then `tailCount` tiles of
 * `tailVectors` vectors at tailA and tailB bytes, which may overlap the ones before.
 */
function emitCorrelate(module: ModuleBuilder, tile: Tile): void {
  const widths = tileWidths(tile);
  const dispatch = widths.map((vectors) => {
    const kernels = Array.from({ length: tile.rows }, (_, i) => emitTapTile(module, tile, i + 1, vectors));
    return module.define("", ["i32", "i32", "i32", "i32", "i32", "i32", "i32"], (f, [rows, ...values]) => {
      callByCount(f, kernels, rows, values);
    });
  });
  const [fullTile, ...tailTiles] = dispatch as [FunctionBuilder, ...FunctionBuilder[]];
  const bytes = 16 * tile.vectors;
  module.define("correlate", fourteen, (f, parameters) => {
    const [
      y,
      pitch,
      channels,
      x,
      weights,
      table,
      taps,
      runs,
      runCount,
      full,
      tailVectors,
      tailCount,
      tailA,
      tailB,
    ] = parameters;
    const [run, source, target, channel, rows] = [0, 1, 2, 3, 4].map(() => f.local("i32")) as FiveLocals;
    const [entries, count] = [f.local("i32"), f.local("i32")];
    const [packed, from, to, at] = [f.local("i32"), f.local("i32"), f.local("i32"), f.local("i32")];
    const tail = (): void => {
      const values: I32[] = [rows, packed, i32.add(source, at), entries, count, i32.add(target, at), pitch];
      const choose = (i: number): void => {
        const kernel = tailTiles[i];
        if (kernel === undefined) f.call(fullTile, ...values);
        else
          f.if(
            i32.equal(tailVectors, i32.const(widths[i + 1] as number)),
            () => f.call(kernel, ...values),
            () => choose(i + 1),
          );
      };
      choose(0);
    };
    f.set(run, runs);
    f.repeat(runCount, () => {
      f.set(source, i32.add(x, i32.load(run)));
      f.set(target, i32.add(y, i32.load(run, 4)));
      f.set(entries, i32.add(table, i32.shl(i32.load(run, 8), 2)));
      f.set(count, i32.load(run, 12));
      f.set(packed, i32.add(weights, i32.mul(i32.load(run, 8), i32.const(4 * tile.rows))));
      f.forRange(channel, i32.const(0), channels, tile.rows, () => {
        f.set(rows, i32.min(i32.sub(channels, channel), i32.const(tile.rows)));
        f.set(from, source);
        f.set(to, target);
        f.repeat(full, () => {
          f.call(fullTile, rows, packed, from, entries, count, to, pitch);
          f.advance(from, bytes);
          f.advance(to, bytes);
        });
        f.if(tailCount, () => {
          f.set(at, tailA);
          tail();
          f.if(i32.sub(tailCount, i32.const(1)), () => {
            f.set(at, tailB);
            tail();
          });
        });
        f.advance(packed, i32.mul(taps, i32.const(4 * tile.rows)));
        f.advance(target, i32.mul(pitch, i32.const(tile.rows)));
      });
      f.advance(run, 16);
    });
  });
}
type FiveLocals = [IntLocal, IntLocal, IntLocal, IntLocal, IntLocal];

/** (image, table, dyT, target, target pitch, height, width, gap between rows in bytes): adds one tile of dW. */
function emitGradTile(module: ModuleBuilder, tile: Tile, rows: number, vectors: number): FunctionBuilder {
  const types = ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"] as const;
  return module.define("", types, (f, [image, table, gradient, target, pitch, height, width, gap]) => {
    const acc = zeroAccumulators(f, rows, vectors);
    const pointers = Array.from({ length: rows }, (_, i) => f.let(i32.add(image, i32.load(table, 4 * i))));
    const right = f.locals("v128", vectors);
    const spread = f.local("v128");
    f.repeat(height, () => {
      emitUnrolled(f, width, tile.unroll, (unroll) => {
        for (let u = 0; u < unroll; u++) {
          for (const [j, vector] of right.entries())
            f.set(vector, v128.load(gradient, 16 * (u * vectors + j)));
          for (const [i, sums] of acc.entries()) {
            f.set(spread, v128.loadSplat(pointers[i] as IntLocal, 4 * u));
            for (const [j, sum] of sums.entries())
              f.set(sum, f.fma(spread, right[j] as IntLocal & typeof spread, sum));
          }
        }
        f.advance(gradient, 16 * vectors * unroll);
        for (const pointer of pointers) f.advance(pointer, 4 * unroll);
      });
      for (const pointer of pointers) f.advance(pointer, gap);
    });
    emitStoreTile(f, acc, target, pitch, i32.const(1));
  });
}

/**
 * For each width: `transpose_<vectors>(to, dy, pitch, positions, channels)` makes dyT, and
 * `weightGrad_<vectors>(target, pitch, x, table, taps, dyT, blocks, blockBytes, height, width, gap)` adds one plane.
 */
function emitWeightGrad(module: ModuleBuilder, tile: Tile): void {
  for (const vectors of tileWidths(tile)) {
    const transpose = emitPackColumns(module, 4 * vectors);
    module.define(`transpose_${vectors}`, ["i32", "i32", "i32", "i32", "i32"], (f, values) =>
      f.call(transpose, ...values),
    );
    const kernels = Array.from({ length: tile.rows }, (_, i) => emitGradTile(module, tile, i + 1, vectors));
    const types = ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"] as const;
    module.define(`weightGrad_${vectors}`, types, (f, parameters) => {
      const [target, pitch, image, table, taps, gradient, blocks, blockBytes, height, width, gap] =
        parameters;
      const [tap, rows, entry, to] = [f.local("i32"), f.local("i32"), f.local("i32"), f.local("i32")];
      f.repeat(blocks, () => {
        f.set(entry, table);
        f.set(to, target);
        f.forRange(tap, i32.const(0), taps, tile.rows, () => {
          f.set(rows, i32.min(i32.sub(taps, tap), i32.const(tile.rows)));
          callByCount(f, kernels, rows, [image, entry, gradient, to, pitch, height, width, gap]);
          f.advance(entry, 4 * tile.rows);
          f.advance(to, i32.mul(pitch, i32.const(tile.rows)));
        });
        f.advance(gradient, blockBytes);
        f.advance(target, 16 * vectors);
      });
    });
  }
}

/** Forward pass and input gradient with one shape of tile. */
export function emitConv(module: ModuleBuilder, tile: Tile): void {
  emitPackWeights(module, tile.rows);
  emitCorrelate(module, tile);
}

export function emitConvWeightGrad(module: ModuleBuilder, tile: Tile): void {
  emitTransposeAdd(module);
  emitWeightGrad(module, tile);
}
