// Pooling. The common case, windows of 2×2 that touch without overlap, is computed four outputs at a time; every other
// geometry through a table of the window of each output position, the same for all channels of all images.
//
//     for each output p:  count = table[…]; the next `count` entries are byte offsets into the channel
//
// Of equal numbers the first wins, and a NaN wins over everything, as in the plain loops (src/conv/poolNd.ts).
import type { FunctionBuilder, IntLocal, ModuleBuilder } from "./assembler.js";
import { f32, type I32, i32, type V128, v128 } from "./instructions.js";

/** `maxPool2(y, indices, x, planes, outHeight, outWidth, pitch, planeBytes, start)`: 2×2 windows, outWidth >= 4. */
function emitMaxPool2(module: ModuleBuilder): void {
  const types = ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"] as const;
  module.define("maxPool2", types, (f, [y, indices, x, planes, height, width, pitch, planeBytes, start]) => {
    const [row, left, column] = [f.local("i32"), f.local("i32"), f.local("i32")];
    const below = f.let(v128.intSplat(i32.shrU(pitch, 2)));
    const four = (withIndices: boolean): void => {
      // The last four overlap the ones before when the width is no multiple of 4.
      f.set(left, i32.min(column, i32.sub(width, i32.const(4))));
      const from = f.let(i32.add(row, i32.shl(left, 3)));
      const under = f.let(i32.add(from, pitch));
      const evenOdd = (address: I32): V128[] => {
        const [a, b] = [f.let(v128.load(address)), f.let(v128.load(address, 16))];
        return [f.let(v128.shuffle(a, b, [0, 2, 4, 6])), f.let(v128.shuffle(a, b, [1, 3, 5, 7]))];
      };
      const values = [...evenOdd(from), ...evenOdd(under)] as [V128, V128, V128, V128];
      const best = f.let(values[0]);
      const element = v128.intSplat(i32.shrU(i32.sub(from, start), 2));
      const first = f.let(v128.intAdd(element, v128.intConst4(0, 2, 4, 6)));
      const winner = f.let(first);
      for (const [i, value] of values.entries()) {
        if (i === 0) continue;
        if (!withIndices) {
          f.set(best, v128.max(best, value));
          continue;
        }
        const isNewNaN = v128.andNot(v128.notEqual(value, value), v128.notEqual(best, best));
        const wins = f.let(v128.or(v128.greater(value, best), isNewNaN));
        const right = i % 2 === 0 ? first : v128.intAdd(first, v128.intConst(1));
        const index = i < 2 ? right : v128.intAdd(right, below);
        f.set(winner, v128.select(index, winner, wins));
        f.set(best, v128.select(value, best, wins));
      }
      f.push(v128.store(i32.add(y, i32.shl(left, 2)), 0, best));
      if (withIndices) f.push(v128.store(i32.add(indices, i32.shl(left, 2)), 0, winner));
    };
    f.repeat(planes, () => {
      f.set(row, x);
      f.repeat(height, () => {
        f.if(
          indices,
          () => {
            f.forRange(column, i32.const(0), width, 4, () => four(true));
            f.advance(indices, i32.shl(width, 2));
          },
          () => f.forRange(column, i32.const(0), width, 4, () => four(false)),
        );
        f.advance(y, i32.shl(width, 2));
        f.advance(row, i32.shl(pitch, 1));
      });
      f.advance(x, planeBytes);
    });
  });
}

/** Walks every window of every plane; `begin`, `tap(address)` and `end` append the work. `entry` ends after the table. */
function emitWindows(
  f: FunctionBuilder,
  {
    plane,
    planes,
    planeBytes,
    table,
    outputs,
  }: Record<"plane" | "planes" | "planeBytes" | "table" | "outputs", IntLocal>,
  parts: { begin(): void; tap(address: IntLocal): void; end(): void },
): void {
  const [entry, address] = [f.local("i32"), f.local("i32")];
  f.repeat(planes, () => {
    f.set(entry, table);
    f.repeat(outputs, () => {
      parts.begin();
      const count = f.let(i32.load(entry));
      f.advance(entry, 4);
      f.repeat(count, () => {
        f.set(address, i32.add(plane, i32.load(entry)));
        parts.tap(address);
        f.advance(entry, 4);
      });
      parts.end();
    });
    f.advance(plane, planeBytes);
  });
}

const eight = ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"] as const;

export function emitPool(module: ModuleBuilder): void {
  emitMaxPool2(module);
  module.define("maxPool", eight, (f, [y, indices, x, planes, planeBytes, table, outputs, start]) => {
    const [best, value] = [f.local("f32"), f.local("f32")];
    const winner = f.local("i32");
    emitWindows(
      f,
      { plane: x, planes, planeBytes, table, outputs },
      {
        begin: () => {
          f.set(best, f32.const(Number.NEGATIVE_INFINITY));
          f.set(winner, i32.const(-1));
        },
        tap: (address) => {
          f.set(value, f32.load(address));
          const isNewNaN = i32.and(f32.notEqual(value, value), f32.equal(best, best));
          const wins = i32.or(i32.or(f32.greater(value, best), isNewNaN), i32.lessS(winner, i32.const(0)));
          f.if(wins, () => {
            f.set(best, value);
            f.set(winner, i32.shrU(i32.sub(address, start), 2));
          });
        },
        end: () => {
          f.push(f32.store(y, 0, best));
          f.advance(y, 4);
          f.if(indices, () => {
            f.push(i32.store(indices, 0, winner));
            f.advance(indices, 4);
          });
        },
      },
    );
  });
  // y = factor · Σ window
  module.define(
    "avgPool",
    [...eight.slice(0, 6), "f32"] as ["i32", "i32", "i32", "i32", "i32", "i32", "f32"],
    (f, [y, x, planes, planeBytes, table, outputs, factor]) => {
      const sum = f.local("f32");
      emitWindows(
        f,
        { plane: x, planes, planeBytes, table, outputs },
        {
          begin: () => f.set(sum, f32.const(0)),
          tap: (address) => f.set(sum, f32.add(sum, f32.load(address))),
          end: () => {
            f.push(f32.store(y, 0, f32.mul(sum, factor)));
            f.advance(y, 4);
          },
        },
      );
    },
  );
  // dx[window] += factor · dy
  module.define(
    "avgPoolGrad",
    [...eight.slice(0, 6), "f32"] as ["i32", "i32", "i32", "i32", "i32", "i32", "f32"],
    (f, [dy, dx, planes, planeBytes, table, outputs, factor]) => {
      const share = f.local("f32");
      emitWindows(
        f,
        { plane: dx, planes, planeBytes, table, outputs },
        {
          begin: () => f.set(share, f32.mul(f32.load(dy), factor)),
          tap: (address) => f.push(f32.store(address, 0, f32.add(f32.load(address), share))),
          end: () => f.advance(dy, 4),
        },
      );
    },
  );
  // dx[indices[i]] += dy[i]
  module.define("scatterAdd", ["i32", "i32", "i32", "i32"], (f, [dx, dy, indices, count]) => {
    const to = f.local("i32");
    f.repeat(count, () => {
      f.set(to, i32.add(dx, i32.shl(i32.load(indices), 2)));
      f.push(f32.store(to, 0, f32.add(f32.load(to), f32.load(dy))));
      f.advance(dy, 4);
      f.advance(indices, 4);
    });
  });
}
