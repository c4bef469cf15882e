/**
 * Starting values for weights. Every function overwrites the tensor it is given and returns it. Weights have the layout
 * `[out, in, ...kernel]`, so `fanIn = in · Πkernel` and `fanOut = out · Πkernel`.
 */
import {
  checkChoice,
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  ShapeError,
  showShape,
} from "../errors.js";
import { type Random, randomOption } from "../random.js";
import type { Tensor } from "../tensor/tensor.js";
import { assign } from "./assign.js";

/** Activation that follows the layer; it decides the gain. */
export type Nonlinearity = "linear" | "sigmoid" | "tanh" | "relu" | "leakyRelu" | "selu";

/** Options of the Xavier functions. */
export interface XavierOptions {
  /** Factor on the standard deviation; default 1. See {@link gain}. */
  readonly gain?: number;
  /** Generator; default the shared one. */
  readonly random?: Random;
}

/** Options of the Kaiming functions. */
export interface KaimingOptions {
  /** Whether activations ("fanIn") or gradients ("fanOut") keep their variance; default "fanIn". */
  readonly mode?: "fanIn" | "fanOut";
  /** The activation that follows; default "relu". */
  readonly nonlinearity?: Nonlinearity;
  /** Slope of leakyRelu below 0; default 0.01. Needs nonlinearity "leakyRelu". */
  readonly negativeSlope?: number;
  /** Generator; default the shared one. */
  readonly random?: Random;
}

/** Options of {@link orthogonal}. */
export interface OrthogonalOptions {
  /** Factor on the result; default 1. */
  readonly gain?: number;
  /** Generator; default the shared one. */
  readonly random?: Random;
}

/**
 * Factor by which the standard deviation of weights is raised to make up for what the activation loses.
 *
 * linear, sigmoid 1 · tanh 5/3 · relu √2 · leakyRelu √(2 / (1 + slope²)) · selu 3/4, the table of PyTorch.
 *
 * @param negativeSlope only for leakyRelu; default 0.01
 * @example
 * nn.init.gain("tanh") // 1.666666…
 */
export function gain(nonlinearity: Nonlinearity, negativeSlope: number = 0.01): number {
  checkChoice("gain", "nonlinearity", nonlinearity, [
    "linear",
    "sigmoid",
    "tanh",
    "relu",
    "leakyRelu",
    "selu",
  ]);
  if (nonlinearity === "tanh") return 5 / 3;
  if (nonlinearity === "relu") return Math.SQRT2;
  if (nonlinearity === "leakyRelu") return Math.sqrt(2 / (1 + negativeSlope * negativeSlope));
  if (nonlinearity === "selu") return 3 / 4;
  return 1;
}

/** Numbers that flow into and out of one unit. */
export function fans(where: string, shape: readonly number[]): { fanIn: number; fanOut: number } {
  const [out, inputs, ...kernel] = shape;
  if (out === undefined || inputs === undefined)
    throw new ShapeError(
      errorText(where, `weight must have at least two axes [out, in, ...], got ${showShape(shape)}`),
    );
  const taps = kernel.reduce((product, size) => product * size, 1);
  return { fanIn: inputs * taps, fanOut: out * taps };
}

function fill(weight: Tensor, draw: () => number): Tensor {
  const values = new Float64Array(weight.size);
  for (let i = 0; i < values.length; i++) values[i] = draw();
  assign(weight, values);
  return weight;
}

function xavierStd(where: string, weight: Tensor, options: XavierOptions): { std: number; random: Random } {
  checkOptions(where, options);
  const { gain: factor = 1, random, ...rest } = options;
  rejectUnknownOptions(where, rest, ["gain", "random"]);
  checkNumber(where, "gain", factor, { above: 0 });
  const { fanIn, fanOut } = fans(where, weight.shape);
  return { std: factor * Math.sqrt(2 / (fanIn + fanOut)), random: randomOption(where, random) };
}

/**
 * Xavier (Glorot) uniform: `U(−a, a)` with `a = gain · √(6 / (fanIn + fanOut))`, so that neither activations nor gradients grow
 * through layers of tanh.
 *
 * @param weight shape `[out, in, ...kernel]`; overwritten and returned
 * @throws {ShapeError} when it has fewer than two axes
 * @see Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks"
 * @example
 * nn.init.xavierUniform(zeros([2, 4]), { random: createRandom(1) }).abs().max().item() <= 1 // true
 */
export function xavierUniform(weight: Tensor, options: XavierOptions = {}): Tensor {
  const { std, random } = xavierStd("xavierUniform", weight, options);
  const a = Math.sqrt(3) * std;
  return fill(weight, () => random.uniform(-a, a));
}

/**
 * Xavier (Glorot) normal: `N(0, std²)` with `std = gain · √(2 / (fanIn + fanOut))`.
 *
 * @param weight shape `[out, in, ...kernel]`; overwritten and returned
 * @throws {ShapeError} when it has fewer than two axes
 * @see Glorot and Bengio 2010
 */
export function xavierNormal(weight: Tensor, options: XavierOptions = {}): Tensor {
  const { std, random } = xavierStd("xavierNormal", weight, options);
  return fill(weight, () => random.normal(0, std));
}

function kaimingStd(where: string, weight: Tensor, options: KaimingOptions): { std: number; random: Random } {
  checkOptions(where, options);
  const { mode = "fanIn", nonlinearity = "relu", negativeSlope, random, ...rest } = options;
  rejectUnknownOptions(where, rest, ["mode", "nonlinearity", "negativeSlope", "random"]);
  checkChoice(where, "mode", mode, ["fanIn", "fanOut"]);
  if (negativeSlope !== undefined && nonlinearity !== "leakyRelu")
    throw new RangeError(
      errorText(
        where,
        `negativeSlope needs nonlinearity "leakyRelu", got "${nonlinearity}"`,
        "",
        "drop negativeSlope",
      ),
    );
  const factor = gain(nonlinearity, negativeSlope);
  return { std: factor / Math.sqrt(fans(where, weight.shape)[mode]), random: randomOption(where, random) };
}

/**
 * Kaiming (He) uniform: `U(−a, a)` with `a = gain · √(3 / fan)`, so that activations keep their size through layers of relu.
 *
 * PyTorch's default for layers is this function with leakyRelu of slope √5, which is simply `U(−1/√fanIn, 1/√fanIn)`; our layers
 * start with the same when no `init` is given.
 *
 * @param weight shape `[out, in, ...kernel]`; overwritten and returned
 * @throws {ShapeError} when it has fewer than two axes
 * @see He, Zhang, Ren and Sun 2015, arXiv:1502.01852
 */
export function kaimingUniform(weight: Tensor, options: KaimingOptions = {}): Tensor {
  const { std, random } = kaimingStd("kaimingUniform", weight, options);
  const a = Math.sqrt(3) * std;
  return fill(weight, () => random.uniform(-a, a));
}

/**
 * Kaiming (He) normal: `N(0, std²)` with `std = gain / √fan`; by default `√(2 / fanIn)`.
 *
 * @param weight shape `[out, in, ...kernel]`; overwritten and returned
 * @throws {ShapeError} when it has fewer than two axes
 * @see He, Zhang, Ren and Sun 2015, arXiv:1502.01852
 */
export function kaimingNormal(weight: Tensor, options: KaimingOptions = {}): Tensor {
  const { std, random } = kaimingStd("kaimingNormal", weight, options);
  return fill(weight, () => random.normal(0, std));
}

/**
 * Random orthogonal matrix: rows (or columns, when there are more rows) of length `gain` at right angles. A kernel is read
 * as a matrix `[out, in · Πkernel]`.
 *
 * Normal numbers are orthogonalized by Gram and Schmidt, which gives the uniform (Haar) distribution.
 *
 * @param weight shape `[out, in, ...kernel]`; overwritten and returned
 * @throws {ShapeError} when it has fewer than two axes
 * @see Saxe, McClelland and Ganguli 2014, arXiv:1312.6120
 * @example
 * const q = nn.init.orthogonal(zeros([3, 3], { dtype: "float64" }), { random: createRandom(1) });
 * q.matmul(q.transpose(0, 1)).allClose(eye(3, { dtype: "float64" })) // true
 */
export function orthogonal(weight: Tensor, options: OrthogonalOptions = {}): Tensor {
  const where = "orthogonal";
  checkOptions(where, options);
  const { gain: factor = 1, random, ...rest } = options;
  rejectUnknownOptions(where, rest, ["gain", "random"]);
  checkNumber(where, "gain", factor);
  fans(where, weight.shape);
  const rows = weight.shape[0]!;
  const columns = rows === 0 ? 0 : weight.size / rows;
  const generator = randomOption(where, random);
  // The vectors to make orthogonal: as many as the shorter side, as long as the longer one.
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, () => generator.normal());
    // Twice: once leaves a rounding error proportional to how much the vector loses.
    for (let pass = 0; pass < 2; pass++) {
      for (const other of vectors) addScaled(vector, other, -dot(vector, other));
      scale(vector, 1 / Math.sqrt(dot(vector, vector)));
    }
    vectors.push(vector);
  }
  const values = new Float64Array(weight.size);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++)
      values[r * columns + c] = factor * (rows <= columns ? vectors[r]![c]! : vectors[c]![r]!);
  assign(weight, values);
  return weight;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(target: Float64Array, vector: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = target[i]! + factor * vector[i]!;
}

function scale(vector: Float64Array, factor: number): void {
  for (let i = 0; i < vector.length; i++) vector[i] = vector[i]! * factor;
}
