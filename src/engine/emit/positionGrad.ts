// The weight gradient of a convolution with few output channels. emit/conv.ts gives the lanes of a vector to output
// channels; with 6 of them two lanes of eight compute nothing. Here the lanes are neighbouring positions of a row:
//
//     for (y < height) for (x < width; x += 4·vectors)
//       for (i < taps) for (o < channels) acc[i][o] += load(image + table[i] + position) · load(dy[o] + position)
//
// and each sum of four lanes is added up once, when all images are done. dy needs no transposing.
import type { FunctionBuilder, ModuleBuilder, VectorLocal } from "./assembler.js";
import { f32, i32, v128 } from "./instructions.js";
import { emitUnrolled } from "./tile.js";
import type { PositionTile } from "./tiles.js";

const nine = ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"] as const;
const ten = [...nine, "i32"] as const;

/** (image, table, dy, channel of dy in bytes, sums, channel of sums in bytes, height, steps, gap): adds one tile. */
function emitTile(
  module: ModuleBuilder,
  taps: number,
  channels: number,
  vectors: number,
  unroll: number,
): FunctionBuilder {
  return module.define(
    "",
    nine,
    (f, [image, table, dy, dyChannel, sums, sumsChannel, height, steps, gap]) => {
      const rows = Array.from({ length: taps }, (_, i) => f.let(i32.add(image, i32.load(table, 4 * i))));
      const gradients = Array.from({ length: channels }, (_, o) =>
        f.let(i32.add(dy, i32.mul(dyChannel, i32.const(o)))),
      );
      const acc = rows.map(() =>
        gradients.map(() => Array.from({ length: vectors }, () => f.let(v128.zero()))),
      );
      const right = gradients.map(() => f.locals("v128", vectors));
      const left = f.locals("v128", vectors);
      f.repeat(height, () => {
        emitUnrolled(f, steps, unroll, (count) => {
          for (let u = 0; u < count; u++) {
            const at = (j: number): number => 16 * (u * vectors + j);
            for (const [o, gradient] of gradients.entries())
              for (const [j, vector] of (right[o] as VectorLocal[]).entries())
                f.set(vector, v128.load(gradient, at(j)));
            for (const [i, row] of rows.entries()) {
              for (const [j, vector] of left.entries()) f.set(vector, v128.load(row, at(j)));
              for (const [o, sum] of (acc[i] as VectorLocal[][]).entries())
                for (const [j, lane] of sum.entries())
                  f.set(lane, f.fma(left[j] as VectorLocal, right[o]?.[j] as VectorLocal, lane));
            }
          }
          for (const pointer of [...rows, ...gradients]) f.advance(pointer, 16 * vectors * count);
        });
        for (const row of rows) f.advance(row, gap);
      });
      for (let o = 0; o < channels; o++) {
        const to = f.let(i32.add(sums, i32.mul(sumsChannel, i32.const(o))));
        for (const [i, perTap] of acc.entries()) {
          const lanes = perTap[o] as VectorLocal[];
          const place = (j: number): number => 16 * (i * vectors + j);
          for (const [j, lane] of lanes.entries()) f.set(lane, v128.add(lane, v128.load(to, place(j))));
          for (const [j, lane] of lanes.entries()) f.push(v128.store(to, place(j), lane));
        }
      }
    },
  );
}

/**
 * `positionGrad_<vectors>(sums, image, table, taps, dy, dyChannel, channels, height, steps, gap)` adds one plane to sums
 * [channel][tap][4·vectors]; `sumLanes_<vectors>(to, sums, count, add)` makes numbers of them.
 */
export function emitPositionGrad(module: ModuleBuilder, tile: PositionTile): void {
  const { vectors, unroll } = tile;
  const tiles = counts(tile.channels).map((channels) =>
    counts(tile.taps).map((taps) => emitTile(module, taps, channels, vectors, unroll)),
  );
  module.define(`positionGrad_${vectors}`, ten, (f, parameters) => {
    const [sums, image, table, taps, dy, dyChannel, channels, height, steps, gap] = parameters;
    const [channel, tap, entry, to] = [f.local("i32"), f.local("i32"), f.local("i32"), f.local("i32")];
    const [gradient, first] = [f.let(dy), f.let(sums)];
    const sumsChannel = f.let(i32.mul(taps, i32.const(16 * vectors)));
    const [rows, columns] = [f.local("i32"), f.local("i32")];
    f.forRange(channel, i32.const(0), channels, tile.channels, () => {
      f.set(columns, i32.min(i32.sub(channels, channel), i32.const(tile.channels)));
      f.set(entry, table);
      f.set(to, first);
      f.forRange(tap, i32.const(0), taps, tile.taps, () => {
        f.set(rows, i32.min(i32.sub(taps, tap), i32.const(tile.taps)));
        for (const [o, row] of tiles.entries())
          for (const [i, kernel] of row.entries())
            f.if(i32.and(i32.equal(columns, i32.const(o + 1)), i32.equal(rows, i32.const(i + 1))), () =>
              f.call(kernel, image, entry, gradient, dyChannel, to, sumsChannel, height, steps, gap),
            );
        f.advance(entry, 4 * tile.taps);
        f.advance(to, 16 * vectors * tile.taps);
      });
      f.advance(gradient, i32.mul(dyChannel, i32.const(tile.channels)));
      f.advance(first, i32.mul(sumsChannel, i32.const(tile.channels)));
    });
  });
  module.define(`sumLanes_${vectors}`, ["i32", "i32", "i32", "i32"], (f, [to, sums, count, add]) => {
    f.repeat(count, () => {
      let total = f32.load(sums);
      for (let i = 1; i < 4 * vectors; i++) total = f32.add(total, f32.load(sums, 4 * i));
      const before = f32.select(f32.load(to), f32.const(0), add);
      f.push(f32.store(to, 0, f32.add(total, before)));
      f.advance(to, 4);
      f.advance(sums, 16 * vectors);
    });
  });
}

const counts = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
