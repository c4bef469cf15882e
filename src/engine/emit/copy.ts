// Copies between images: into a padded image, out of a padded result, one of every `step` numbers, and gathered weights.
import type { ModuleBuilder } from "./assembler.js";
import { f32, i32 } from "./instructions.js";
import { emitPointwiseLoop } from "./pointwise.js";

// biome-ignore format: a row of equal words
const twelve = ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"] as const;

/**
 * Four nested loops over rows of `w` numbers, for channels, depth, height; pitches in bytes:
 * `copyRows(to, from, channels, toC, fromC, d, toD, fromD, h, toH, fromH, w)`: rows as they are;
 * `gatherRows(…, w, step)`: every `step`-th byte of the source; `scatterRows(…, w, step)`: to every `step`-th byte.
 */
export function emitCopies(module: ModuleBuilder): void {
  for (const name of ["copyRows", "gatherRows", "scatterRows"] as const) {
    module.define(name, [...twelve, "i32"], (f, parameters) => {
      const [to, from, channels, toC, fromC, depth, toD, fromD, height, toH, fromH, width, step] = parameters;
      const [toPlane, fromPlane, toRow, fromRow] = [
        f.local("i32"),
        f.local("i32"),
        f.local("i32"),
        f.local("i32"),
      ];
      const [x, y] = [f.local("i32"), f.local("i32")];
      f.repeat(channels, () => {
        f.set(toPlane, to);
        f.set(fromPlane, from);
        f.repeat(depth, () => {
          f.set(toRow, toPlane);
          f.set(fromRow, fromPlane);
          f.repeat(height, () => {
            f.set(x, fromRow);
            f.set(y, toRow);
            if (name === "copyRows")
              emitPointwiseLoop(f, [y, x], width, [], (_f, read) => [[0, read(1)]], { vectors: 2 });
            else
              f.repeat(width, () => {
                f.push(f32.store(y, 0, f32.load(x)));
                f.advance(x, name === "gatherRows" ? step : 4);
                f.advance(y, name === "scatterRows" ? step : 4);
              });
            f.advance(toRow, toH);
            f.advance(fromRow, fromH);
          });
          f.advance(toPlane, toD);
          f.advance(fromPlane, fromD);
        });
        f.advance(to, toC);
        f.advance(from, fromC);
      });
    });
  }
}

/**
 * Weights for the tiles: `packWeights(to, from, table, taps, channels, pitch)` writes `[block][tap][rows]` from
 * `from + table[tap] + channel·pitch`; the last block keeps its width and is padded with what was there.
 */
export function emitPackWeights(module: ModuleBuilder, rows: number): void {
  module.define(
    "packWeights",
    ["i32", "i32", "i32", "i32", "i32", "i32"],
    (f, [to, from, table, taps, channels, pitch]) => {
      const [entry, source, target, inBlock] = [
        f.local("i32"),
        f.local("i32"),
        f.local("i32"),
        f.local("i32"),
      ];
      const i = f.local("i32");
      f.forRange(i, i32.const(0), channels, rows, () => {
        f.set(inBlock, i32.min(i32.sub(channels, i), i32.const(rows)));
        f.set(entry, table);
        f.repeat(taps, () => {
          f.set(source, i32.add(from, i32.load(entry)));
          f.set(target, to);
          f.repeat(inBlock, () => {
            f.push(f32.store(target, 0, f32.load(source)));
            f.advance(source, pitch);
            f.advance(target, 4);
          });
          f.advance(entry, 4);
          f.advance(to, 4 * rows);
        });
        f.advance(from, i32.mul(pitch, i32.const(rows)));
      });
    },
  );
}

/** `transposeAdd(to, from, rows, columns, fromPitch, add)`: `to[r][c] (+)= from[c][r]`. */
export function emitTransposeAdd(module: ModuleBuilder): void {
  module.define(
    "transposeAdd",
    ["i32", "i32", "i32", "i32", "i32", "i32"],
    (f, [to, from, rows, columns, pitch, add]) => {
      const source = f.local("i32");
      f.repeat(rows, () => {
        f.set(source, from);
        f.repeat(columns, () => {
          f.push(f32.store(to, 0, f32.add(f32.load(source), f32.select(f32.load(to), f32.const(0), add))));
          f.advance(source, pitch);
          f.advance(to, 4);
        });
        f.advance(from, 4);
      });
    },
  );
}
