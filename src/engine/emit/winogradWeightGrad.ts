// The weight gradient of a 3×3 convolution by the transposed form of F(4×4, 3×3): each tile of 4×4 gradients of outputs and its
// patch of 6×6 numbers give 36 products instead of 144, and their sums over all tiles are transformed once.
//
//     V[f] [tile][c] = the patches, transformed            D[f] [tile][o] = the gradients of the outputs, transformed
//     S[f] [o][c] += Σ over tiles of D[f] [tile][o] · V[f] [tile][c]                                  36 matrix products
//     dw[o][c] = S[0 … 35] [o][c], transformed
//
// Vectors hold the same number of four channels. Rows of V and D are short and in the first-level cache, so they are not packed.
import { tileWidths } from "../wasm/convTiles.js";
import type { FunctionBuilder, ModuleBuilder, VectorLocal } from "./assembler.js";
import { i32, type V128, v128 } from "./instructions.js";
import { emitSteps, emitStoreTile, emitUnrolled, zeroAccumulators } from "./tile.js";
import type { Tile } from "./tiles.js";
import { emitPatch, points, side } from "./winogradPatch.js";
import { filterGradTransform } from "./winogradTransforms.js";

const six = [0, 1, 2, 3, 4, 5] as const;
// biome-ignore format: a row of equal words
const ten = ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"] as const;

/**
 * `name(v, step, pitch, x, places, tiles, channels, channelPitch, rowPitch, temporary)`: transformed patches of all tiles and channels, rows
 * pitch bytes apart. `places` lists where each tile's first number in channel 0 lies, from x. The last group of four channels is
 * filled up with the last channel.
 */
function emitTransformChannels(module: ModuleBuilder, name: string, kind: "data" | "outputGrad"): void {
  module.define(
    name,
    ten,
    (f, [v, step, pitch, x, places, tiles, channels, channelPitch, rowPitch, temporary]) => {
      const [channel, entry, to] = [f.local("i32"), f.local("i32"), f.local("i32")];
      const last = f.let(i32.sub(channels, i32.const(1)));
      const firsts = f.locals("i32", 4);
      const sources = f.locals("i32", 4);
      f.forRange(channel, i32.const(0), channels, 4, () => {
        for (const [i, first] of firsts.entries()) {
          const index = i32.min(i32.add(channel, i32.const(i)), last);
          f.set(first, i32.add(x, i32.mul(index, channelPitch)));
        }
        f.set(entry, places);
        f.set(to, v);
        f.repeat(tiles, () => {
          for (const [i, source] of sources.entries())
            f.set(source, i32.add(firsts[i] as (typeof firsts)[number], i32.load(entry)));
          emitPatch(f, { sources, rowPitch, temporary }, to, step, kind);
          f.advance(entry, 4);
          f.advance(to, pitch);
        });
        f.advance(v, 16);
      });
    },
  );
}

/** (d, dPitch, v, vPitch, s, sPitch, tiles): adds one register tile of S. */
function emitSumTile(module: ModuleBuilder, tile: Tile, rows: number, vectors: number): FunctionBuilder {
  return module.define(
    "",
    ["i32", "i32", "i32", "i32", "i32", "i32", "i32"],
    (f, [d, dPitch, v, vPitch, s, sPitch, tiles]) => {
      const acc = zeroAccumulators(f, rows, vectors);
      emitUnrolled(f, tiles, tile.unroll, (unroll) => {
        for (let u = 0; u < unroll; u++) {
          emitSteps(f, acc, { unroll: 1, left: tile.left }, d, rows, () => [v, 0]);
          f.advance(d, dPitch);
          f.advance(v, vPitch);
        }
      });
      emitStoreTile(f, acc, s, sPitch, i32.const(1));
    },
  );
}

/**
 * `addProducts(s, sStep, sPitch, d, dStep, dPitch, v, vStep, vPitch, rows, columns, tiles)`: `S[f] += D[f]ᵀ · V[f]` for all f; `columns` is
 * a multiple of 4. Up to 12 bytes behind a row of D are read.
 */
function emitAddProducts(module: ModuleBuilder, tile: Tile): void {
  const widths = tileWidths(tile);
  const columnsOf = widths.map((vectors) => {
    const kernels = Array.from({ length: tile.rows }, (_, i) => emitSumTile(module, tile, i + 1, vectors));
    return module.define(
      "",
      ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"],
      (f, [d, dPitch, v, vPitch, s, sPitch, tiles, rows]) => {
        const left = f.let(rows);
        f.repeat(i32.divU(rows, i32.const(tile.rows)), () => {
          f.call(kernels[tile.rows - 1] as FunctionBuilder, d, dPitch, v, vPitch, s, sPitch, tiles);
          f.advance(d, 4 * tile.rows);
          f.advance(s, i32.mul(sPitch, i32.const(tile.rows)));
          f.advance(left, -tile.rows);
        });
        for (let count = 1; count < tile.rows; count++)
          f.if(i32.equal(left, i32.const(count)), () =>
            f.call(kernels[count - 1] as FunctionBuilder, d, dPitch, v, vPitch, s, sPitch, tiles),
          );
      },
    );
  });
  module.define("addProducts", [...ten, "i32", "i32"], (f, parameters) => {
    const [s, sStep, sPitch, d, dStep, dPitch, v, vStep, vPitch, rows, columns, tiles] = parameters;
    const [to, from, left] = [f.local("i32"), f.local("i32"), f.local("i32")];
    f.repeat(i32.const(points), () => {
      f.set(to, s);
      f.set(from, v);
      f.set(left, columns);
      for (const [w, vectors] of widths.entries()) {
        f.repeat(i32.divU(left, i32.const(4 * vectors)), () => {
          f.call(columnsOf[w] as FunctionBuilder, d, dPitch, from, vPitch, to, sPitch, tiles, rows);
          f.advance(to, 16 * vectors);
          f.advance(from, 16 * vectors);
          f.advance(left, -4 * vectors);
        });
      }
      f.advance(s, sStep);
      f.advance(d, dStep);
      f.advance(v, vStep);
    });
  });
}

/**
 * `transformSums(dw, s, sStep, sPitch, rows, columns, temporary, check)`: `dw [rows][columns][9]`; columns is at least 4, the last
 * group of four begins at columns − 4. Adds 0 to the four numbers at `check`, or NaN where a gradient is not finite.
 */
function emitTransformSums(module: ModuleBuilder): void {
  module.define(
    "transformSums",
    ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"],
    (f, [dw, s, sStep, sPitch, rows, columns, temporary, check]) => {
      const [column, from, to, at] = [f.local("i32"), f.local("i32"), f.local("i32"), f.local("i32")];
      const last = f.let(i32.sub(columns, i32.const(4)));
      const sum = f.let(v128.load(check));
      const zero = f.constant(0);
      f.repeat(rows, () => {
        f.forRange(column, i32.const(0), columns, 4, () => {
          f.set(at, i32.min(column, last));
          f.set(from, i32.add(s, i32.shl(at, 2)));
          f.set(to, i32.add(dw, i32.mul(at, i32.const(36))));
          for (const j of six) {
            const values = six.map((): VectorLocal => {
              const value = f.let(v128.load(from));
              f.advance(from, sStep);
              return value;
            });
            for (const [r, value] of filterGradTransform(f, values).entries())
              f.push(v128.store(temporary, 16 * (side * r + j), value));
          }
          for (const r of [0, 1, 2]) {
            const values = six.map((j) => f.let(v128.load(temporary, 16 * (side * r + j))));
            const taps = filterGradTransform(f, values);
            if (r !== 1)
              for (const corner of [taps[0], taps[2]]) f.set(sum, f.fma(zero, corner as V128, sum));
            for (const [k, tap] of taps.entries())
              for (const lane of [0, 1, 2, 3])
                f.push(v128.storeLane(to, 4 * (9 * lane + 3 * r + k), tap, lane));
          }
        });
        f.advance(s, sPitch);
        f.advance(dw, i32.mul(columns, i32.const(36)));
      });
      f.push(v128.store(check, 0, sum));
    },
  );
}

export function emitWinogradWeightGrad(module: ModuleBuilder, tile: Tile): void {
  emitTransformChannels(module, "transformData", "data");
  emitTransformChannels(module, "transformGradients", "outputGrad");
  emitAddProducts(module, tile);
  emitTransformSums(module);
}
