// Softmax, its logarithm and cross entropy along the last axis, with the largest logit subtracted first so that no
// exponential overflows.
//
//     M = max_c x[r][c];  S = Σ_c exp(x[r][c] − M)
//     softmax = exp(x − M) / S      logSoftmax = (x − M) − log S      loss = M + log S − x[class]
import type { FunctionBuilder, IntLocal, ModuleBuilder, VectorLocal } from "./assembler.js";
import { f32, type I32, i32, type V128, v128 } from "./instructions.js";
import { emitPointwiseLoop } from "./pointwise.js";
import { emitFold, foldings } from "./reduce.js";
import { exp, log } from "./vectorMath.js";

/** M of one row in all lanes. `at` is a scratch pointer. */
function emitRowMax(f: FunctionBuilder, at: IntLocal, x: I32, columns: I32): VectorLocal {
  f.set(at, x);
  const { max } = foldings;
  return emitFold(f, [at], columns, max, [max.neutral], (acc, [value]) => v128.max(acc, value as V128));
}

/** Writes y = exp(x − M) and returns S in all lanes. */
function emitExponentials(
  f: FunctionBuilder,
  to: IntLocal,
  y: I32,
  from: IntLocal,
  x: I32,
  columns: I32,
  top: V128,
): VectorLocal {
  f.set(from, x);
  f.set(to, y);
  emitPointwiseLoop(f, [to, from], columns, [], (_f, read) => [[0, exp(f, v128.sub(read(1), top))]], {
    vectors: 2,
  });
  f.set(to, y);
  return emitFold(f, [to], columns, foldings.sum, [0], (acc, [value]) => v128.add(acc, value as V128));
}

function emitScale(f: FunctionBuilder, to: IntLocal, y: I32, columns: I32, factor: V128): void {
  f.set(to, y);
  emitPointwiseLoop(f, [to], columns, [], (_f, read) => [[0, v128.mul(read(0), factor)]]);
}

/** `softmax(y, x, rows, columns)`, `logSoftmax(…)`, `crossEntropy(losses, y, x, classes, rows, columns)` and gradients. */
export function emitSoftmax(module: ModuleBuilder): void {
  const four = ["i32", "i32", "i32", "i32"] as const;
  module.define("softmax", four, (f, [y, x, rows, columns]) => {
    const [to, from] = [f.local("i32"), f.local("i32")];
    f.repeat(rows, () => {
      const top = emitRowMax(f, from, x, columns);
      const sum = emitExponentials(f, to, y, from, x, columns, top);
      emitScale(f, to, y, columns, f.let(v128.div(v128.const(1), sum)));
      f.advance(x, i32.shl(columns, 2));
      f.advance(y, i32.shl(columns, 2));
    });
  });
  module.define("logSoftmax", four, (f, [y, x, rows, columns]) => {
    const at = f.local("i32");
    f.repeat(rows, () => {
      const top = emitRowMax(f, at, x, columns);
      f.set(at, x);
      // Unused lanes hold -∞, whose exponential is 0.
      const sum = emitFold(f, [at], columns, foldings.sum, [Number.NEGATIVE_INFINITY], (acc, [value]) =>
        v128.add(acc, exp(f, v128.sub(value as V128, top))),
      );
      const logSum = f.let(log(f, sum));
      emitPointwiseLoop(f, [y, x], columns, [], (_f, read) => [
        [0, v128.sub(v128.sub(read(1), top), logSum)],
      ]);
    });
  });
  const six = ["i32", "i32", "i32", "i32", "i32", "i32"] as const;
  module.define("crossEntropy", six, (f, [losses, y, x, classes, rows, columns]) => {
    const [to, from] = [f.local("i32"), f.local("i32")];
    f.repeat(rows, () => {
      const top = emitRowMax(f, from, x, columns);
      const sum = emitExponentials(f, to, y, from, x, columns, top);
      emitScale(f, to, y, columns, f.let(v128.div(v128.const(1), sum)));
      const own = f32.load(i32.add(x, i32.shl(i32.load(classes), 2)));
      const logSum = f.let(log(f, sum));
      f.push(f32.store(losses, 0, f32.add(f32.sub(v128.lane(top, 0), own), v128.lane(logSum, 0))));
      f.advance(losses, 4);
      f.advance(classes, 4);
      f.advance(x, i32.shl(columns, 2));
      f.advance(y, i32.shl(columns, 2));
    });
  });
  emitSoftmaxGradients(module);
}

function emitSoftmaxGradients(module: ModuleBuilder): void {
  const five = ["i32", "i32", "i32", "i32", "i32"] as const;
  // dx = y·(dy − Σ_c dy·y)
  module.define("softmaxGrad", five, (f, [dx, dy, y, rows, columns]) => {
    const [a, b] = [f.local("i32"), f.local("i32")];
    f.repeat(rows, () => {
      f.set(a, dy);
      f.set(b, y);
      const dot = emitFold(f, [a, b], columns, foldings.sum, [0, 0], (acc, [p, q]) =>
        f.fma(p as V128, q as V128, acc),
      );
      emitPointwiseLoop(f, [dx, dy, y], columns, [], (_f, read) => [
        [0, v128.mul(read(2), v128.sub(read(1), dot))],
      ]);
    });
  });
  // dx = dy − exp(y)·Σ_c dy
  module.define("logSoftmaxGrad", five, (f, [dx, dy, y, rows, columns]) => {
    const a = f.local("i32");
    f.repeat(rows, () => {
      f.set(a, dy);
      const sum = emitFold(f, [a], columns, foldings.sum, [0], (acc, [p]) => v128.add(acc, p as V128));
      emitPointwiseLoop(
        f,
        [dx, dy, y],
        columns,
        [],
        (_f, read) => [[0, v128.sub(read(1), v128.mul(exp(f, read(2)), sum))]],
        { vectors: 2 },
      );
    });
  });
  // d = factor·(y − oneHot(class))
  module.define("crossEntropyGrad", [...five, "f32"], (f, [d, y, classes, rows, columns, factor]) => {
    const scale = f.let(v128.splat(factor));
    f.repeat(rows, () => {
      const own = f.let(i32.add(d, i32.shl(i32.load(classes), 2)));
      emitPointwiseLoop(f, [d, y], columns, [], (_f, read) => [[0, v128.mul(read(1), scale)]]);
      f.push(f32.store(own, 0, f32.sub(f32.load(own), factor)));
      f.advance(classes, 4);
    });
  });
}
