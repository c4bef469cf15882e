// y = f(x) and dx = dy·f′(x) for every operation of one operand.

import type { UnaryOperation } from "../interface.js";
import type { FunctionBuilder, ModuleBuilder } from "./assembler.js";
import { type V128, v128 } from "./instructions.js";
import { emitPointwise } from "./pointwise.js";
import { exp, gelu, log, normal, sigmoid, softplus, tanh } from "./vectorMath.js";

const one = (): V128 => v128.const(1);
const zero = (): V128 => v128.zero();

type Value = (f: FunctionBuilder, x: V128, p: V128, q: V128) => V128;
/** dx from dy, x, y = f(x) and the two parameters; reads only what it needs. */
type Derivative = (f: FunctionBuilder, dy: V128, x: V128, y: V128, p: V128, q: V128) => V128;

/** `max(x, 0)` that keeps NaN: pmax(a, b) is `a < b ? b : a`, and a comparison with NaN is false. */
export function relu(x: V128): V128 {
  return v128.pmax(x, zero());
}

/** Operations without an entry here (sin, cos, power) need reductions or cases that do not pay; the plain loops run. */
const values: Partial<Record<UnaryOperation, Value>> = {
  affine: (_f, x, p, q) => v128.add(v128.mul(x, p), q),
  inverse: (_f, x, p) => v128.div(p, x),
  abs: (_f, x) => v128.abs(x),
  exp: (f, x) => exp(f, x),
  log: (f, x) => log(f, x),
  sqrt: (_f, x) => v128.sqrt(x),
  square: (f, x) => {
    const value = f.let(x);
    return v128.mul(value, value);
  },
  clamp: (_f, x, p, q) => v128.pmin(v128.pmax(x, p), q), // keeps NaN, as relu does
  relu: (_f, x) => relu(x),
  leakyRelu: (f, x, p) => {
    const value = f.let(x);
    return v128.select(value, v128.mul(value, p), v128.greater(value, zero()));
  },
  sigmoid: (f, x) => sigmoid(f, x),
  tanh: (f, x) => tanh(f, x),
  softplus: (f, x) => softplus(f, x),
  gelu: (f, x) => gelu(f, x),
  silu: (f, x) => {
    const value = f.let(x);
    return v128.mul(value, sigmoid(f, value));
  },
};

const derivatives: Partial<Record<UnaryOperation, Derivative>> = {
  affine: (_f, dy, _x, _y, p) => v128.mul(dy, p),
  exp: (_f, dy, _x, y) => v128.mul(dy, y),
  log: (_f, dy, x) => v128.div(dy, x),
  sqrt: (_f, dy, _x, y) => v128.div(v128.mul(dy, v128.const(0.5)), y),
  square: (_f, dy, x) => v128.mul(dy, v128.mul(x, v128.const(2))),
  inverse: (_f, dy, x, y) => v128.neg(v128.div(v128.mul(dy, y), x)),
  abs: (f, gradient, argument) => {
    // dy·sign(x): the middle case is dy·0 at 0 and NaN at NaN
    const [dy, x] = [f.let(gradient), f.let(argument)];
    const notPositive = v128.select(v128.neg(dy), v128.mul(dy, x), v128.less(x, zero()));
    return v128.select(dy, notPositive, v128.greater(x, zero()));
  },
  clamp: (f, dy, argument, _y, p, q) => {
    const x = f.let(argument);
    return v128.and(dy, v128.and(v128.greaterOrEqual(x, p), v128.lessOrEqual(x, q)));
  },
  relu: (_f, dy, _x, y) => v128.andNot(dy, v128.lessOrEqual(y, zero())),
  leakyRelu: (f, dy, x, _y, p) => {
    const g = f.let(dy);
    return v128.select(g, v128.mul(g, p), v128.greater(x, zero()));
  },
  sigmoid: (f, dy, _x, y) => {
    const s = f.let(y);
    return v128.mul(dy, v128.mul(s, v128.sub(one(), s)));
  },
  tanh: (f, dy, _x, y) => {
    const h = f.let(y);
    return v128.mul(dy, v128.sub(one(), v128.mul(h, h)));
  },
  softplus: (f, dy, x) => v128.mul(dy, sigmoid(f, x)),
  gelu: (f, dy, argument) => {
    // Φ(x) + x·φ(x), φ(x) = e^(-x²/2) / √(2π)
    const x = f.let(argument);
    const { cumulative, bell } = normal(f, x);
    const density = v128.mul(bell, v128.const(0.3989422804));
    return v128.mul(dy, f.fma(x, density, cumulative));
  },
  silu: (f, dy, argument) => {
    // s·(1 + x·(1 - s)), s = sigmoid(x)
    const x = f.let(argument);
    const s = f.let(sigmoid(f, x));
    return v128.mul(dy, v128.mul(s, f.fma(x, v128.sub(one(), s), one())));
  },
};

/** `value(y, x, count, p, q)` and `gradient(dx, dy, x, y, count, p, q)` of one operation, as far as they are covered. */
export function emitUnary(module: ModuleBuilder, operation: UnaryOperation): void {
  const [value, derivative] = [values[operation], derivatives[operation]];
  if (value !== undefined)
    emitPointwise(
      module,
      "value",
      2,
      2,
      (f, read, [p, q]) => [[0, value(f, read(1), p as V128, q as V128)]],
      2,
    );
  if (derivative !== undefined)
    emitPointwise(
      module,
      "gradient",
      4,
      2,
      (f, read, [p, q]) => [[0, derivative(f, read(1), read(2), read(3), p as V128, q as V128)]],
      2,
    );
}
