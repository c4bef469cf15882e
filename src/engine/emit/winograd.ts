// Convolution with a 3×3 kernel by Winograd's minimal filtering F(4×4, 3×3): see winogradTransforms.ts for the transforms
// and wasm/winogradKernels.ts for the order of the calls.
//
//     U[f] [o][c]    = the filter of output channel o and input channel c, transformed       f = 0 … 35
//     V[f] [c][tile] = the 6×6 patch of channel c under a tile of 4×4 outputs, transformed
//     M[f] = U[f] · V[f]                                                                      36 matrix products
//     the outputs of a tile and channel o = M[0 … 35] [o][tile], transformed
//
// Vectors hold the same number of four tiles, so that the transforms need no shuffles but those that bring the tiles
// side by side. U and V are stored in the panels that the register tiles of a matrix product read.

import { tileWidths } from "../wasm/convTiles.js";
import type { FunctionBuilder, IntLocal, ModuleBuilder, VectorLocal } from "./assembler.js";
import { i32, type V128, v128 } from "./instructions.js";
import { emitMatmulTile } from "./matmul.js";
import { transpose4 } from "./pack.js";
import type { Tile } from "./tiles.js";
import { emitPatch, fourOf, letAll, points, side } from "./winogradPatch.js";
import { filterTransform, outputTransform } from "./winogradTransforms.js";

const four = [0, 1, 2, 3] as const;
const six = [0, 1, 2, 3, 4, 5] as const;

/** A 3×3 filter as three vectors, its rows; reads nothing behind the filter. `isFlipped`: turned by 180°. */
function loadFilter(f: FunctionBuilder, at: IntLocal, isFlipped: boolean): VectorLocal[] {
  const rows = [v128.load(at), v128.load(at, 12), v128.load(at, 20)];
  const lanes = isFlipped
    ? [[2, 1, 0, 0], [2, 1, 0, 0], [3, 2, 1, 1]] // biome-ignore format: one row
    : [[0, 1, 2, 2], [0, 1, 2, 2], [1, 2, 3, 3]]; // biome-ignore format: one row
  const ordered = rows.map((row, i) => {
    const vector = f.let(row);
    return f.let(v128.shuffle(vector, vector, lanes[i] as number[]));
  });
  return isFlipped ? ordered.reverse() : ordered;
}

/**
 * `name(u, uStep, weights, rows, k, rowPitch, kPitch)`: U in panels `[f][block of rows][k][tile.rows]`; what lies behind the
 * last row is not written. Pitches and steps in bytes.
 */
function emitTransformFilter(module: ModuleBuilder, name: string, tile: Tile, isFlipped: boolean): void {
  module.define(
    name,
    ["i32", "i32", "i32", "i32", "i32", "i32", "i32"],
    (f, [u, uStep, weights, rows, k, rowPitch, kPitch]) => {
      const [row, inBlock, from, to] = [f.local("i32"), f.let(i32.const(0)), f.local("i32"), f.local("i32")];
      f.forRange(row, i32.const(0), rows, 1, () => {
        f.set(from, weights);
        f.set(to, u);
        f.repeat(k, () => {
          // Columns first, three at a time in the lanes; then transposed, so that rows i = 0 … 3 and 4, 5 are lanes.
          const columns = letAll(f, filterTransform(f, loadFilter(f, from, isFlipped)));
          const at = f.let(to);
          const halves = [columns.slice(0, 4), [...columns.slice(4), ...columns.slice(4)]].map((half) => {
            const taps = letAll(f, transpose4(f, fourOf(half)).slice(0, 3));
            return letAll(f, filterTransform(f, taps));
          });
          // Point (i, j) is number 6·j + i: columns of the transformed patch one after the other.
          for (const j of six)
            for (const i of six) {
              f.push(v128.storeLane(at, 0, halves[i >> 2]?.[j] as V128, i & 3));
              f.advance(at, uStep);
            }
          f.advance(from, kPitch);
          f.advance(to, 4 * tile.rows);
        });
        f.advance(weights, rowPitch);
        f.advance(u, 4);
        f.advance(inBlock, 1);
        f.if(i32.equal(inBlock, i32.const(tile.rows)), () => {
          f.set(inBlock, i32.const(0));
          f.advance(u, i32.mul(i32.sub(k, i32.const(1)), i32.const(4 * tile.rows)));
        });
      });
    },
  );
}

/**
 * `transformInput(v, vStep, x, tiles, quads, channels, channelPitch, rowPitch, temporary)`: V in panels
 * `[f][block of tiles][channel][4·tile.vectors]`. `tiles` lists where each tile's first number in channel 0 lies, from x.
 */
function emitTransformInput(module: ModuleBuilder, tile: Tile): void {
  module.define(
    "transformInput",
    ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"],
    (f, [v, vStep, x, tiles, quads, channels, channelPitch, rowPitch, temporary]) => {
      const pitch = 16 * tile.vectors;
      const [to, inBlock] = [f.local("i32"), f.let(i32.const(0))];
      const sources = f.locals("i32", 4);
      f.repeat(quads, () => {
        for (const [t, source] of sources.entries()) f.set(source, i32.add(x, i32.load(tiles, 4 * t)));
        f.set(to, v);
        f.repeat(channels, () => {
          emitPatch(f, { sources, rowPitch, temporary }, to, vStep);
          for (const source of sources) f.advance(source, channelPitch);
          f.advance(to, pitch);
        });
        f.advance(tiles, 16);
        f.advance(v, 16);
        f.advance(inBlock, 1);
        f.if(i32.equal(inBlock, i32.const(tile.vectors)), () => {
          f.set(inBlock, i32.const(0));
          f.advance(v, i32.mul(i32.sub(channels, i32.const(1)), i32.const(pitch)));
        });
      });
    },
  );
}
/**
 * `multiply(m, mStep, mPitch, u, uStep, v, vStep, rows, k, panels, tailVectors)`: `M[f] = U[f] · V[f]` for all f, rows of M
 * mPitch bytes apart. V has `panels` full panels, then one of which `tailVectors` vectors are used.
 */
function emitMultiply(module: ModuleBuilder, tile: Tile): void {
  const widths = tileWidths(tile);
  const kernels = widths.map((vectors) =>
    Array.from({ length: tile.rows }, (_, i) => emitMatmulTile(module, tile, i + 1, vectors)),
  );
  const panel = widths.map((_, w) =>
    module.define("", ["i32", "i32", "i32", "i32", "i32", "i32"], (f, [m, mPitch, u, v, rows, k]) => {
      const left = f.let(rows);
      const full = kernels[w]?.[tile.rows - 1] as FunctionBuilder;
      f.repeat(i32.divU(rows, i32.const(tile.rows)), () => {
        f.call(full, u, v, m, mPitch, k, i32.const(0));
        f.advance(u, i32.mul(k, i32.const(4 * tile.rows)));
        f.advance(m, i32.mul(mPitch, i32.const(tile.rows)));
        f.advance(left, -tile.rows);
      });
      for (let count = 1; count < tile.rows; count++)
        f.if(i32.equal(left, i32.const(count)), () =>
          f.call(kernels[w]?.[count - 1] as FunctionBuilder, u, v, m, mPitch, k, i32.const(0)),
        );
    }),
  );
  const [fullPanel, ...tails] = panel as [FunctionBuilder, ...FunctionBuilder[]];
  module.define(
    "multiply",
    ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"],
    (f, [m, mStep, mPitch, u, uStep, v, vStep, rows, k, panels, tailVectors]) => {
      const [to, from] = [f.local("i32"), f.local("i32")];
      f.repeat(i32.const(points), () => {
        f.set(to, m);
        f.set(from, v);
        f.repeat(panels, () => {
          f.call(fullPanel, to, mPitch, u, from, rows, k);
          f.advance(to, 16 * tile.vectors);
          f.advance(from, i32.mul(k, i32.const(16 * tile.vectors)));
        });
        f.if(tailVectors, () => {
          const choose = (i: number): void => {
            const tail = tails[i];
            if (tail === undefined) f.call(fullPanel, to, mPitch, u, from, rows, k);
            else
              f.if(
                i32.equal(tailVectors, i32.const(widths[i + 1] as number)),
                () => f.call(tail, to, mPitch, u, from, rows, k),
                () => choose(i + 1),
              );
          };
          choose(0);
        });
        f.advance(m, mStep);
        f.advance(u, uStep);
        f.advance(v, vStep);
      });
    },
  );
}

/**
 * `transformOutput(y, tiles, m, mStep, mPitch, quads, channels, channelPitch, rowPitch, temporary, check)`: the outputs of all tiles
 * and channels. `tiles` lists where each tile's first output of channel 0 lies, from y. Adds 0 to the four numbers at `check`, or NaN
 * where an output is not finite: see winogradKernels.ts.
 */
function emitTransformOutput(module: ModuleBuilder): void {
  module.define(
    "transformOutput",
    ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"],
    (f, [y, tiles, m, mStep, mPitch, quads, channels, channelPitch, rowPitch, temporary, check]) => {
      const [from, entry] = [f.local("i32"), f.local("i32")];
      const sum = f.let(v128.load(check));
      const zero = f.constant(0);
      f.repeat(channels, () => {
        f.set(from, m);
        f.set(entry, tiles);
        f.repeat(quads, () => {
          const at = f.let(from);
          for (const j of six) {
            const column = six.map(() => {
              const value = f.let(v128.load(at));
              f.advance(at, mStep);
              return value;
            });
            for (const [r, value] of outputTransform(f, column).entries())
              f.push(v128.store(temporary, 16 * (side * r + j), value));
          }
          const targets = four.map((t) => f.let(i32.add(y, i32.load(entry, 4 * t))));
          for (const r of four) {
            const row = six.map((j) => f.let(v128.load(temporary, 16 * (side * r + j))));
            const outputs = fourOf(outputTransform(f, row));
            // Each product is part of one of the corners, so a NaN or an infinity among them shows there.
            if (r % 3 === 0)
              for (const corner of [outputs[0], outputs[3]]) f.set(sum, f.fma(zero, corner, sum));
            for (const [t, value] of transpose4(f, outputs).entries())
              f.push(v128.store(targets[t] as IntLocal, 0, value));
            if (r < 3) for (const target of targets) f.advance(target, rowPitch);
          }
          f.advance(from, 16);
          f.advance(entry, 16);
        });
        f.advance(m, mPitch);
        f.advance(y, channelPitch);
      });
      f.push(v128.store(check, 0, sum));
    },
  );
}

export function emitWinograd(module: ModuleBuilder, tile: Tile): void {
  emitTransformFilter(module, "transformFilter", tile, false);
  emitTransformFilter(module, "transformFlipped", tile, true);
  emitTransformInput(module, tile);
  emitMultiply(module, tile);
  emitTransformOutput(module);
}
