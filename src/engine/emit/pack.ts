// Packing: copies a panel of a matrix so that the tile kernels read it front to back. A panel is `width` numbers wide
// and `k` deep, stored as [k][width]; missing numbers at the edge of the matrix become zero.
//
//     for (p = 0; p < k; p++) for (j = 0; j < width; j++) target[p·width + j] = j < valid ? source(p, j) : 0
import type { FunctionBuilder, IntLocal, ModuleBuilder } from "./assembler.js";
import { f32, i32, type V128, v128 } from "./instructions.js";

const parameters = ["i32", "i32", "i32", "i32", "i32"] as const; // target, source, pitch in bytes, k > 0, valid

/** `source(p, j) = source[p·pitch + j]`: rows of the panel lie in the source as they are. */
export function emitPackRows(module: ModuleBuilder, width: number): FunctionBuilder {
  return module.define("", parameters, (f, [target, source, pitch, k, valid]) => {
    const vectors = width >> 2;
    const j = f.local("i32");
    f.if(
      i32.equal(valid, i32.const(width)),
      () =>
        f.repeatAtLeastOnce(k, () => {
          for (let v = 0; v < vectors; v++) f.push(v128.store(target, 16 * v, v128.load(source, 16 * v)));
          for (let r = 4 * vectors; r < width; r++) f.push(f32.store(target, 4 * r, f32.load(source, 4 * r)));
          f.advance(target, 4 * width);
          f.advance(source, pitch);
        }),
      () =>
        f.repeatAtLeastOnce(k, () => {
          f.forRange(j, i32.const(0), valid, 1, () => {
            f.push(f32.store(i32.add(target, i32.shl(j, 2)), 0, f32.load(i32.add(source, i32.shl(j, 2)))));
          });
          f.forRange(j, valid, i32.const(width), 1, () => {
            f.push(f32.store(i32.add(target, i32.shl(j, 2)), 0, f32.const(0)));
          });
          f.advance(target, 4 * width);
          f.advance(source, pitch);
        }),
    );
  });
}

/** The 4×4 block whose rows are `rows`, transposed. */
export function transpose4(f: FunctionBuilder, rows: readonly [V128, V128, V128, V128]): V128[] {
  const [a, b, c, d] = rows;
  const ab = f.let(v128.shuffle(a, b, [0, 4, 1, 5]));
  const cd = f.let(v128.shuffle(c, d, [0, 4, 1, 5]));
  const abHigh = f.let(v128.shuffle(a, b, [2, 6, 3, 7]));
  const cdHigh = f.let(v128.shuffle(c, d, [2, 6, 3, 7]));
  return [
    v128.shuffle(ab, cd, [0, 1, 4, 5]),
    v128.shuffle(ab, cd, [2, 3, 6, 7]),
    v128.shuffle(abHigh, cdHigh, [0, 1, 4, 5]),
    v128.shuffle(abHigh, cdHigh, [2, 3, 6, 7]),
  ];
}

/** `source(p, j) = source[j·pitch + p]`: a transposing copy, in 4×4 blocks moved by shuffles. */
export function emitPackColumns(module: ModuleBuilder, width: number): FunctionBuilder {
  return module.define("", parameters, (f, [target, source, pitch, k, valid]) => {
    const blocks = f.let(i32.shrU(k, 2));
    const rest = f.let(i32.and(k, i32.const(3)));
    const from = f.local("i32");
    const to = f.local("i32");

    /** Column `j` alone, `count` numbers from where `from` points. */
    const copyColumn = (count: IntLocal): void => {
      f.repeat(count, () => {
        f.push(f32.store(to, 0, f32.load(from)));
        f.advance(from, 4);
        f.advance(to, 4 * width);
      });
    };
    const columnAt = (j: number): void => f.set(from, i32.add(source, i32.mul(pitch, i32.const(j))));

    for (let j = 0; j < width; j += 4) {
      const columns = Math.min(4, width - j);
      const fast = (): void => {
        columnAt(j);
        f.set(to, i32.add(target, i32.const(4 * j)));
        f.repeat(blocks, () => {
          const row = f.let(from);
          const rows = Array.from({ length: 4 }, (_, r) => {
            if (r >= columns) return v128.zero();
            if (r > 0) f.advance(row, pitch);
            return f.let(v128.load(row));
          }) as [V128, V128, V128, V128];
          transpose4(f, rows).forEach((column, p) => {
            if (columns === 4) f.push(v128.store(to, 4 * width * p, column));
            else {
              const value = f.let(column);
              for (let r = 0; r < columns; r++) f.push(v128.storeLane(to, 4 * (width * p + r), value, r));
            }
          });
          f.advance(from, 16);
          f.advance(to, 16 * width);
        });
        for (let r = 0; r < columns; r++) {
          columnAt(j + r);
          f.advance(from, i32.shl(blocks, 4));
          f.set(to, i32.add(i32.add(target, i32.const(4 * (j + r))), i32.mul(blocks, i32.const(16 * width))));
          copyColumn(rest);
        }
      };
      const slow = (): void => {
        for (let r = 0; r < columns; r++) {
          f.set(to, i32.add(target, i32.const(4 * (j + r))));
          f.if(
            i32.lessU(i32.const(j + r), valid),
            () => {
              columnAt(j + r);
              copyColumn(k);
            },
            () => {
              f.repeat(k, () => {
                f.push(f32.store(to, 0, f32.const(0)));
                f.advance(to, 4 * width);
              });
            },
          );
        }
      };
      f.if(i32.lessU(valid, i32.const(j + columns)), slow, fast);
    }
  });
}
