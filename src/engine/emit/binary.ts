// y = a ∘ b, its gradients, and the bodies of layers: bias and activation, activation gradients, squared error.
//
//     for (r = 0; r < rows; r++) for (c = 0; c < columns; c++) y[r][c] = a[r][c] ∘ b[c]     "row"
//                                                             y[r][c] = a[r][c] ∘ b[r]     "column"
//
// Equal shapes are "row" with one row, a single number is "column" with one row.

import type { Activation, BinaryOperation } from "../interface.js";
import type { FunctionBuilder, ModuleBuilder } from "./assembler.js";
import { type V128, v128 } from "./instructions.js";
import { emitPointwise, emitPointwiseLoop } from "./pointwise.js";
import { relu } from "./unary.js";
import { sigmoid, tanh } from "./vectorMath.js";

type Pair = (f: FunctionBuilder, a: V128, b: V128) => V128;

/** `pow` has no entry: its cases do not pay, the plain loops run. */
export const pairs: Partial<Record<BinaryOperation, Pair>> = {
  add: (_f, a, b) => v128.add(a, b),
  sub: (_f, a, b) => v128.sub(a, b),
  mul: (_f, a, b) => v128.mul(a, b),
  div: (_f, a, b) => v128.div(a, b),
  maximum: (_f, a, b) => v128.max(a, b),
  minimum: (_f, a, b) => v128.min(a, b),
};

export const activations: Record<Activation, (f: FunctionBuilder, x: V128) => V128> = {
  none: (_f, x) => x,
  relu: (_f, x) => relu(x),
  tanh,
  sigmoid,
};
/** dz from dy and the output y. */
const activationDerivatives: Record<Exclude<Activation, "none">, Pair> = {
  relu: (_f, dy, y) => v128.andNot(dy, v128.lessOrEqual(y, v128.zero())),
  tanh: (f, dy, output) => {
    const y = f.let(output);
    return v128.mul(dy, v128.sub(v128.const(1), v128.mul(y, y)));
  },
  sigmoid: (f, dy, output) => {
    const y = f.let(output);
    return v128.mul(dy, v128.mul(y, v128.sub(v128.const(1), y)));
  },
};

/** `name(y, a, b, rows, columns)` in both layouts of the header, as `name_row` and `name_column`. */
function emitPair(module: ModuleBuilder, name: string, pair: Pair, vectors = 4): void {
  for (const layout of ["row", "column"] as const) {
    module.define(`${name}_${layout}`, ["i32", "i32", "i32", "i32", "i32"], (f, [y, a, b, rows, columns]) => {
      const repeated = layout === "row" ? [] : [2];
      const here = f.local("i32");
      f.repeat(rows, () => {
        f.set(here, b);
        emitPointwiseLoop(f, [y, a, here], columns, [], (_f, read) => [[0, pair(f, read(1), read(2))]], {
          vectors,
          repeated,
        });
        if (layout === "column") f.advance(b, 4);
      });
    });
  }
}

export function emitBinary(module: ModuleBuilder): void {
  for (const [name, pair] of Object.entries(pairs)) emitPair(module, name, pair);
}

/**
 * Bias and activation, and the gradients of activations:
 * `bias_<activation>_row|column(y, z, bias, rows, columns)`, `activate_<activation>(y, z, count)`,
 * `activationGrad_<activation>(dz, dy, y, count)`, `addScaled(y, x, count, factor)`, `fill(y, count, value)`,
 * `difference(d, a, b, count, factor)`: d = factor·(a − b).
 */
export function emitLayerBodies(module: ModuleBuilder): void {
  for (const [name, activation] of Object.entries(activations)) {
    emitPair(module, `bias_${name}`, (f, z, bias) => activation(f, v128.add(z, bias)), 2);
    emitPointwise(module, `activate_${name}`, 2, 0, (f, read) => [[0, activation(f, read(1))]], 2);
  }
  for (const [name, derivative] of Object.entries(activationDerivatives)) {
    emitPointwise(module, `activationGrad_${name}`, 3, 0, (f, read) => [
      [0, derivative(f, read(1), read(2))],
    ]);
  }
  emitPointwise(module, "addScaled", 2, 1, (f, read, [factor]) => [
    [0, f.fma(read(1), factor as V128, read(0))],
  ]);
  emitPointwise(module, "fill", 1, 1, (_f, _read, [value]) => [[0, value as V128]]);
  emitPointwise(module, "difference", 3, 1, (_f, read, [factor]) => [
    [0, v128.mul(v128.sub(read(1), read(2)), factor as V128)],
  ]);
}
