// How steep a function is at most. Between points one measures a lower bound; a network of linear layers and gentle activations
// also has an upper one, the product of its layers' norms.
import { noGrad } from "../autograd/gradMode.js";
import {
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  showShape,
  showValue,
} from "../errors.js";
import { GELU, LeakyReLU, ReLU, Sigmoid, SiLU, Softplus, Tanh } from "../nn/activationLayer.js";
import { Dropout } from "../nn/dropout.js";
import { Linear } from "../nn/linear.js";
import { Module } from "../nn/module.js";
import { Sequential } from "../nn/sequential.js";
import { createRandom } from "../random.js";
import { clone } from "../tensor/convert.js";
import { slice } from "../tensor/movement.js";
import { sum } from "../tensor/reduce.js";
import { Tensor } from "../tensor/tensor.js";
import { checkRows, type Model } from "./model/samples.js";

export interface LipschitzOptions {
  /** Steps of the power iteration for each spectral norm; networks only. Default 100. */
  readonly iterations?: number;
}

/** Bounds of the smallest L with ‖f(a) − f(b)‖ ≤ L·‖a − b‖ for all a and b (Euclidean norms). */
export interface LipschitzEstimate {
  /** The steepest place that was found: L is at least this. */
  readonly lower: number;
  /** L is at most this; null for functions of which only values are known. */
  readonly upper: number | null;
}

/** A fitted model, or a function of rows: one number or one list of numbers a row. */
export type RowFunction = Pick<Model, "predict"> | ((x: number[][]) => ArrayLike<number> | number[][]);

/**
 * Bounds of the Lipschitz constant `L = sup ‖f(a) − f(b)‖ / ‖a − b‖`: how much a small change of the input can change the
 * output. Small weights and smooth functions have a small one.
 *
 * - Of a **fitted model** or a function of rows: `lower` is the steepest secant `‖f(a) − f(b)‖ / ‖a − b‖` between two of the points. With
 *   one feature it lies between neighbours, n − 1 secants; with more all n(n − 1)/2 pairs are measured. No upper bound.
 * - Of a **network** `[n, features] → [n, outputs]`: `lower` is the largest spectral norm of the Jacobian at the points, by one backward
 *   pass for each output. `upper` is the product of the layers' constants (Szegedy et al. 2014): ‖W‖₂ for `nn.Linear`; 1 for ReLU, Tanh,
 *   Softplus and Dropout (which does nothing in evaluation); ¼ for Sigmoid, max(1, |slope|) for LeakyReLU, 1.129 for GELU and 1.1
 *   for SiLU. It is Infinity when `nn.Sequential` holds any other layer, and usually far from tight.
 *
 * Spectral norms are found by power iteration, which approaches them from below.
 *
 * @param f a fitted model, a function of rows, or a network (measured in evaluation mode, then put back)
 * @param points rows, at least two for a model; for a network a tensor `[n, features]`, at least one
 * @param options.iterations of the power iteration; default 100
 * @returns `{lower, upper}` in units of the output per unit of the input
 * @throws {TypeError | RangeError} for points of the wrong kind, all rows equal, or options that would be ignored
 * @see Szegedy et al. 2014, "Intriguing properties of neural networks", arXiv:1312.6199, section 4.3
 * @example
 * generalization.lipschitzEstimate((rows) => rows.map(([x]) => 3 * x), [[0], [1], [5]]) // { lower: 3, upper: null }
 */
export function lipschitzEstimate(
  f: RowFunction | Module,
  points: readonly (readonly number[])[] | Tensor,
  options: LipschitzOptions = {},
): LipschitzEstimate {
  const where = "lipschitzEstimate";
  checkOptions(where, options);
  const { iterations, ...rest } = options;
  rejectUnknownOptions(where, rest, ["iterations"]);
  if (iterations !== undefined) checkNumber(where, "iterations", iterations, { integer: true, min: 1 });
  if (f instanceof Module) {
    if (!(points instanceof Tensor) || points.ndim !== 2 || points.size === 0) {
      const got = points instanceof Tensor ? `shape ${showShape(points.shape)}` : showValue(points);
      const text = `a network needs points as a tensor [n, features], got ${got}`;
      throw new TypeError(errorText(where, text));
    }
    return networkBounds(where, f, points, iterations ?? 100);
  }
  const predict = typeof f === "function" ? f : f?.predict?.bind(f);
  if (typeof predict !== "function") {
    const text = `f must be a fitted model, a function of rows or a network, got ${showValue(f)}`;
    throw new TypeError(errorText(where, text));
  }
  if (iterations !== undefined) {
    const text = `iterations have an effect on networks only, got iterations ${iterations} for a function`;
    throw new RangeError(errorText(where, text, "", "drop iterations"));
  }
  const features = checkRows(where, points);
  const rows = (points as readonly (readonly number[])[]).map((row) => [...row]);
  return { lower: steepestSecant(where, predict, rows, features), upper: null };
}

const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let squares = 0;
  for (let j = 0; j < a.length; j++) squares += (a[j]! - b[j]!) ** 2;
  return Math.sqrt(squares);
};

function steepestSecant(
  where: string,
  predict: (x: number[][]) => ArrayLike<number> | number[][],
  rows: number[][],
  features: number,
): number {
  const returned = predict(rows);
  if (returned?.length !== rows.length) {
    const text = `f must return one value for each row, got ${showValue(returned)} for ${rows.length} rows`;
    throw new TypeError(errorText(where, text));
  }
  const values = Array.from(returned as ArrayLike<number | number[]>, (value) =>
    typeof value === "number" ? [value] : value,
  );
  const bad = values.findIndex((value) => !Array.from(value).every(Number.isFinite));
  if (bad >= 0) {
    const text = `every value of f must be finite, got ${showValue(values[bad])} for row ${bad}`;
    throw new RangeError(errorText(where, text));
  }
  // One feature: a secant over several points is an average of those between neighbours, so none of them is steeper.
  const order = rows.map((_, i) => i);
  if (features === 1) order.sort((a, b) => rows[a]![0]! - rows[b]![0]!);
  let steepest = -1;
  for (let i = 0; i < order.length; i++) {
    const end = features === 1 ? Math.min(i + 2, order.length) : order.length;
    for (let j = i + 1; j < end; j++) {
      const [a, b] = [order[i]!, order[j]!];
      const apart = distance(rows[a]!, rows[b]!);
      const rise = distance(values[a]!, values[b]!);
      if (apart > 0) steepest = Math.max(steepest, rise / apart);
      else if (rise > 0) return Number.POSITIVE_INFINITY; // two values at one place
    }
  }
  if (steepest >= 0) return steepest;
  const text = `points must hold at least two different rows, got ${rows.length} equal ones`;
  throw new RangeError(errorText(where, text));
}

function networkBounds(
  where: string,
  network: Module,
  points: Tensor,
  iterations: number,
): LipschitzEstimate {
  const modes = network.namedModules().map(([, module]) => [module, module.training] as const);
  network.eval();
  try {
    const jacobians = jacobiansAt(where, network, points); // n × [outputs, features]
    const lower = Math.max(...jacobians.map((rows) => spectralNorm(rows, iterations)));
    return { lower, upper: noGrad(() => upperBound(network, iterations)) };
  } finally {
    for (const [module, training] of modes) module.training = training;
  }
}

/** The Jacobian at each point. Rows do not see each other in evaluation mode, so one backward pass serves all points. */
function jacobiansAt(where: string, network: Module, points: Tensor): number[][][] {
  const x = clone(points.detach());
  x.requiresGrad = true;
  const parameters = network.parameters();
  const needed = parameters.map((parameter) => parameter.requiresGrad);
  for (const parameter of parameters) parameter.requiresGrad = false;
  try {
    const y = network.forward(x);
    const [n, features] = points.shape as [number, number];
    if (y.ndim !== 2 || y.shape[0] !== n) {
      const text = `the network must map [n, features] to [n, outputs], got ${showShape(points.shape)} to ${showShape(y.shape)}`;
      throw new RangeError(errorText(where, text));
    }
    const jacobians = Array.from({ length: n }, (): number[][] => []);
    for (let k = 0; k < y.shape[1]!; k++) {
      x.zeroGrad();
      sum(slice(network.forward(x), null, [k, k + 1])).backward();
      const gradient = x.grad!.data;
      for (let i = 0; i < n; i++)
        jacobians[i]!.push(Array.from(gradient.subarray(i * features, (i + 1) * features)));
    }
    return jacobians;
  } finally {
    for (const [i, parameter] of parameters.entries()) parameter.requiresGrad = needed[i]!;
  }
}

/** Product of the layers' constants. */
function upperBound(module: Module, iterations: number): number {
  if (module instanceof Sequential)
    return module.layers.reduce((product, layer) => product * upperBound(layer, iterations), 1);
  if (module instanceof Linear) return spectralNorm(module.weight.toArray() as number[][], iterations);
  if (module instanceof ReLU || module instanceof Tanh || module instanceof Softplus) return 1;
  if (module instanceof Dropout) return 1;
  if (module instanceof Sigmoid) return 0.25;
  if (module instanceof LeakyReLU) return Math.max(1, Math.abs(module.negativeSlope));
  // the largest derivatives, rounded up: of x·Φ(x) at √2, of x·σ(x) at 2.4
  if (module instanceof GELU) return 1.129;
  if (module instanceof SiLU) return 1.1;
  return Number.POSITIVE_INFINITY;
}

/** The largest singular value, by power iteration on WᵀW from a fixed random start: v ← WᵀWv / ‖WᵀWv‖, σ = ‖Wv‖. */
function spectralNorm(rows: readonly (readonly number[])[], iterations: number): number {
  const random = createRandom(1);
  let v = rows[0]!.map(() => random.normal());
  let norm = 0;
  for (let step = 0; step <= iterations; step++) {
    const length = Math.hypot(...v);
    if (length === 0) return norm;
    v = v.map((value) => value / length);
    const image = rows.map((row) => row.reduce((total, value, j) => total + value * v[j]!, 0)); // Wv
    const next = Math.hypot(...image);
    if (next <= norm * (1 + 1e-14)) return Math.max(next, norm);
    norm = next;
    v = v.map((_, j) => image.reduce((total, value, i) => total + value * rows[i]![j]!, 0)); // WᵀWv
  }
  return norm;
}
