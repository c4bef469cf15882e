// Sums, extrema and products with a vector. Four vector accumulators run side by side, so that one addition need not
// wait for the one before; their order is fixed, so a result never depends on timing.
//
//     row:     y[r] = factor · Σ_c f(x[r][c])                       along the last axis
//     column:  y[o][i] = factor · Σ_a f(x[o][a][i])                 along another axis
//     dot:     y[r] (+)= Σ_c a[r][c]·b[c]                           matrix · vector
//     combine: y[c] (+)= Σ_r b[r]·a[r][c]                           vector · matrix
//     outer:   y[r][c] (+)= a[r]·b[c]                               column · row
import type { FunctionBuilder, IntLocal, ModuleBuilder, VectorLocal } from "./assembler.js";
import { type F32, f32, type I32, i32, type V128, v128 } from "./instructions.js";
import { emitPointwiseLoop } from "./pointwise.js";

export interface Folding {
  /** A number that changes nothing. */
  readonly neutral: number;
  step(f: FunctionBuilder, acc: V128, x: V128): V128;
  /** Joins two partial results. */
  join(a: V128, b: V128): V128;
}
export const foldings: Record<"sum" | "max" | "min" | "sumOfSquares" | "sumOfAbs", Folding> = {
  sum: { neutral: 0, step: (_f, acc, x) => v128.add(acc, x), join: v128.add },
  max: { neutral: Number.NEGATIVE_INFINITY, step: (_f, acc, x) => v128.max(acc, x), join: v128.max },
  min: { neutral: Number.POSITIVE_INFINITY, step: (_f, acc, x) => v128.min(acc, x), join: v128.min },
  sumOfSquares: {
    neutral: 0,
    step: (f, acc, x) => {
      const value = f.let(x);
      return f.fma(value, value, acc);
    },
    join: v128.add,
  },
  sumOfAbs: { neutral: 0, step: (_f, acc, x) => v128.add(acc, v128.abs(x)), join: v128.add },
};

/** All four lanes become the join of the four lanes. */
export function joinLanes(f: FunctionBuilder, x: V128, join: (a: V128, b: V128) => V128): VectorLocal {
  const value = f.let(x);
  const pairs = f.let(join(value, v128.shuffle(value, value, [2, 3, 0, 1])));
  return f.let(join(pairs, v128.shuffle(pairs, pairs, [1, 0, 3, 2])));
}

/**
 * Folds `count` numbers of several arrays read together; the pointers advance. `neutral` fills the unused lanes of the
 * last vectors, one value for each array. Returns the result in all four lanes.
 */
export function emitFold(
  f: FunctionBuilder,
  pointers: readonly IntLocal[],
  count: I32,
  folding: Pick<Folding, "neutral" | "join">,
  neutrals: readonly number[],
  step: (acc: V128, values: readonly V128[]) => V128,
): VectorLocal {
  const accumulators = Array.from({ length: 4 }, () => f.let(v128.const(folding.neutral)));
  const turn = (width: number): void => {
    for (let u = 0; u < width; u++) {
      const acc = accumulators[u] as VectorLocal;
      f.set(
        acc,
        step(
          acc,
          pointers.map((p) => v128.load(p, 16 * u)),
        ),
      );
    }
    for (const p of pointers) f.advance(p, 16 * width);
  };
  const [first, second, third, fourth] = accumulators as [VectorLocal, VectorLocal, VectorLocal, VectorLocal];
  f.repeat(i32.shrU(count, 4), () => turn(4));
  f.repeat(i32.and(i32.shrU(count, 2), i32.const(3)), () => turn(1));
  f.repeat(i32.and(count, i32.const(3)), () => {
    f.set(
      first,
      step(
        first,
        pointers.map((p, i) => v128.loadLane(p, 0, 0, v128.const(neutrals[i] as number))),
      ),
    );
    for (const p of pointers) f.advance(p, 4);
  });
  return joinLanes(f, folding.join(folding.join(first, second), folding.join(third, fourth)), folding.join);
}

/** `row_<fold>(y, x, rows, columns, factor)` and `column_<fold>(y, x, outer, axis, inner, factor)`. */
function emitReduction(module: ModuleBuilder, name: string, folding: Folding): void {
  module.define(`row_${name}`, ["i32", "i32", "i32", "i32", "f32"], (f, [y, x, rows, columns, factor]) => {
    f.repeat(rows, () => {
      const result = emitFold(f, [x], columns, folding, [folding.neutral], (acc, [value]) =>
        folding.step(f, acc, value as V128),
      );
      f.push(f32.store(y, 0, f32.mul(v128.lane(result, 0), factor)));
      f.advance(y, 4);
    });
  });
  const types = ["i32", "i32", "i32", "i32", "i32", "f32"] as const;
  module.define(`column_${name}`, types, (f, [y, x, outer, axis, inner, factor]) => {
    const pitch = f.let(i32.shl(inner, 2));
    const scale = f.let(v128.splat(factor));
    const row = f.local("i32");
    const columns = (width: number, load: (address: I32, u: number) => V128): VectorLocal[] => {
      const accumulators = Array.from({ length: width }, () => f.let(v128.const(folding.neutral)));
      f.set(row, x);
      f.repeat(axis, () => {
        for (const [u, acc] of accumulators.entries()) f.set(acc, folding.step(f, acc, load(row, u)));
        f.advance(row, pitch);
      });
      return accumulators;
    };
    const vectors = (width: number): void => {
      for (const [u, acc] of columns(width, (address, v) => v128.load(address, 16 * v)).entries())
        f.push(v128.store(y, 16 * u, v128.mul(acc, scale)));
      f.advance(x, 16 * width);
      f.advance(y, 16 * width);
    };
    f.repeat(outer, () => {
      f.repeat(i32.shrU(inner, 4), () => vectors(4));
      f.repeat(i32.and(i32.shrU(inner, 2), i32.const(3)), () => vectors(1));
      f.repeat(i32.and(inner, i32.const(3)), () => {
        const [acc] = columns(1, (address) => v128.loadSplat(address));
        f.push(v128.storeLane(y, 0, v128.mul(acc as V128, scale), 0));
        f.advance(x, 4);
        f.advance(y, 4);
      });
      f.advance(x, i32.mul(pitch, i32.sub(axis, i32.const(1))));
    });
  });
}

/** What `y` starts from: its old value when adding, otherwise 0. */
const before = (y: I32, add: I32): F32 => f32.select(f32.load(y), f32.const(0), add);

const addLanes: Pick<Folding, "neutral" | "join"> = { neutral: 0, join: v128.add };

/** The products with a vector in the header: `dot(y, a, b, rows, columns, add)`, `combine(…, add)`, `outer(…, add)`. */
function emitVectorProducts(module: ModuleBuilder): void {
  const types = ["i32", "i32", "i32", "i32", "i32", "i32"] as const;
  module.define("dot", types, (f, [y, a, b, rows, columns, add]) => {
    const vector = f.local("i32");
    f.repeat(rows, () => {
      f.set(vector, b);
      const sum = emitFold(f, [a, vector], columns, addLanes, [0, 0], (acc, [p, q]) =>
        f.fma(p as V128, q as V128, acc),
      );
      f.push(f32.store(y, 0, f32.add(v128.lane(sum, 0), before(y, add))));
      f.advance(y, 4);
    });
  });
  module.define("combine", types, (f, [y, a, b, rows, columns, add]) => {
    const pitch = f.let(i32.shl(columns, 2));
    const [row, vector] = [f.local("i32"), f.local("i32")];
    const sums = (width: number, load: (address: I32, u: number) => V128): VectorLocal[] => {
      const accumulators = Array.from({ length: width }, () => f.let(v128.zero()));
      f.set(row, a);
      f.set(vector, b);
      f.repeat(rows, () => {
        const factor = f.let(v128.loadSplat(vector));
        for (const [u, acc] of accumulators.entries()) f.set(acc, f.fma(factor, load(row, u), acc));
        f.advance(row, pitch);
        f.advance(vector, 4);
      });
      return accumulators;
    };
    const vectors = (width: number): void => {
      const accumulators = sums(width, (address, u) => v128.load(address, 16 * u));
      f.if(add, () => {
        for (const [u, acc] of accumulators.entries()) f.set(acc, v128.add(acc, v128.load(y, 16 * u)));
      });
      for (const [u, acc] of accumulators.entries()) f.push(v128.store(y, 16 * u, acc));
      f.advance(a, 16 * width);
      f.advance(y, 16 * width);
    };
    f.repeat(i32.shrU(columns, 4), () => vectors(4));
    f.repeat(i32.and(i32.shrU(columns, 2), i32.const(3)), () => vectors(1));
    f.repeat(i32.and(columns, i32.const(3)), () => {
      const [acc] = sums(1, (address) => v128.loadSplat(address));
      f.push(f32.store(y, 0, f32.add(v128.lane(acc as V128, 0), before(y, add))));
      f.advance(a, 4);
      f.advance(y, 4);
    });
  });
  module.define("outer", types, (f, [y, a, b, rows, columns, add]) => {
    const vector = f.local("i32");
    f.repeat(rows, () => {
      f.set(vector, b);
      const factor = f.let(v128.loadSplat(a));
      f.if(
        add,
        () =>
          emitPointwiseLoop(
            f,
            [y, vector],
            columns,
            [],
            (_f, read) => [[0, f.fma(factor, read(1), read(0))]],
            { vectors: 2 },
          ),
        () => emitPointwiseLoop(f, [y, vector], columns, [], (_f, read) => [[0, v128.mul(factor, read(1))]]),
      );
      f.advance(a, 4);
    });
  });
}

/** Also `squaredError(loss, prediction, target, count, factor)` and `channelSum(y, x, n, channels, inner, add)`. */
export function emitReductions(module: ModuleBuilder): void {
  for (const [name, folding] of Object.entries(foldings)) emitReduction(module, name, folding);
  emitVectorProducts(module);
  module.define("squaredError", ["i32", "i32", "i32", "i32", "f32"], (f, [y, a, b, count, factor]) => {
    const sum = emitFold(f, [a, b], count, addLanes, [0, 0], (acc, [p, q]) => {
      const difference = f.let(v128.sub(p as V128, q as V128));
      return f.fma(difference, difference, acc);
    });
    f.push(f32.store(y, 0, f32.mul(v128.lane(sum, 0), factor)));
  });
  // y[c] = (add ? y[c] : 0) + Σ_n Σ_i x[n][c][i], a sum over rows that are `channels · inner` apart
  module.define(
    "channelSum",
    ["i32", "i32", "i32", "i32", "i32", "i32"],
    (f, [y, x, n, channels, inner, add]) => {
      const [row, run] = [f.local("i32"), f.local("i32")];
      const pitch = f.let(i32.shl(i32.mul(channels, inner), 2));
      const sum = f.local("f32");
      f.repeat(channels, () => {
        f.set(sum, before(y, add));
        f.set(row, x);
        f.repeat(n, () => {
          f.set(run, row);
          const part = emitFold(f, [run], inner, addLanes, [0], (acc, [value]) =>
            v128.add(acc, value as V128),
          );
          f.set(sum, f32.add(sum, v128.lane(part, 0)));
          f.advance(row, pitch);
        });
        f.push(f32.store(y, 0, sum));
        f.advance(y, 4);
        f.advance(x, i32.shl(inner, 2));
      });
    },
  );
}
