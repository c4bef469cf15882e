/** New tensors: from values, filled, counted, random. */
import { arraySpan, type Dtype, type Numbers, newArray } from "../engine/engine.js";
import {
  checkBoolean,
  checkChoice,
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  ShapeError,
  showShape,
  showValue,
} from "../errors.js";
import { type Random, randomOption } from "../random.js";
import { checkShape, type Shape, sizeOf } from "./shape.js";
import { type NestedNumbers, Tensor } from "./tensor.js";

export interface TensorOptions {
  /** "float32" (default) or "float64". */
  readonly dtype?: Dtype;
  /** Whether backward() computes a gradient for it; default false. */
  readonly requiresGrad?: boolean;
}

export interface FromValuesOptions extends TensorOptions {
  /** Sizes of the dimensions; default: the nesting of the values, or one dimension. */
  readonly shape?: readonly number[];
}

const DTYPES: readonly Dtype[] = ["float32", "float64"];
const TENSOR_OPTIONS: readonly string[] = ["dtype", "requiresGrad"];

/** Checks the options every creating function has, and that no other is left in `rest`. */
function checkTensorOptions(
  where: string,
  dtype: Dtype,
  requiresGrad: boolean,
  rest: object,
  more: readonly string[] = [],
): void {
  rejectUnknownOptions(where, rest, [...TENSOR_OPTIONS, ...more]);
  checkChoice(where, "dtype", dtype, DTYPES);
  checkBoolean(where, "requiresGrad", requiresGrad);
}

/**
 * A tensor of given numbers. They are copied.
 *
 * @param values a number, nested arrays of equal lengths, or a flat or typed array
 * @param options.shape sizes of the dimensions; default: the nesting
 * @param options.dtype "float32" or "float64"; default "float64" for a Float64Array, otherwise "float32"
 * @param options.requiresGrad default false
 * @throws {TypeError} when a value is not a number, {ShapeError} when rows differ in length or the shape does not fit
 * @example
 * tensor([[1, 2, 3], [4, 5, 6]]).shape // [2, 3]
 */
export function tensor(
  values: NestedNumbers | Float32Array | Float64Array | readonly number[],
  options: FromValuesOptions = {},
): Tensor {
  checkOptions("tensor", options);
  const { shape, dtype = defaultDtype(values), requiresGrad = false, ...rest } = options;
  checkTensorOptions("tensor", dtype, requiresGrad, rest, ["shape"]);
  const nesting = ArrayBuffer.isView(values) ? [values.length] : nestingOf(values);
  const array = newArray(dtype, sizeOf(nesting));
  if (ArrayBuffer.isView(values)) array.set(values);
  else flatten(values as NestedNumbers, nesting, 0, array, 0);
  if (shape === undefined) return new Tensor(arraySpan(array), nesting, requiresGrad);
  const wanted = checkShape("tensor", shape);
  if (sizeOf(wanted) !== array.length) {
    const text = `the shape must have as many elements as there are values, got ${sizeOf(wanted)} for ${array.length}`;
    throw new ShapeError(errorText("tensor", text, `shape ${showShape(wanted)}`));
  }
  return new Tensor(arraySpan(array), wanted, requiresGrad);
}

function defaultDtype(values: unknown): Dtype {
  const isValues = typeof values === "number" || Array.isArray(values) || values instanceof Float32Array;
  if (values instanceof Float64Array) return "float64";
  if (isValues) return "float32";
  const help = ArrayBuffer.isView(values) ? "convert it with Float32Array.from(values)" : "";
  const text = `values must be numbers, nested arrays or a Float32Array or Float64Array, got ${showValue(values)}`;
  throw new TypeError(errorText("tensor", text, "", help));
}

/** Lengths of the first array on each level. */
function nestingOf(values: unknown): number[] {
  const shape: number[] = [];
  for (let level = values; Array.isArray(level); level = level[0]) shape.push(level.length);
  return shape;
}

/** Copies one level of nested values; every array must be as long as the first of its level. */
function flatten(values: unknown, shape: Shape, level: number, out: Numbers, start: number): number {
  if (level === shape.length) {
    if (typeof values === "number") {
      out[start] = values;
      return start + 1;
    }
    if (!Array.isArray(values)) {
      throw new TypeError(errorText("tensor", `every value must be a number, got ${showValue(values)}`));
    }
  }
  if (!Array.isArray(values) || values.length !== shape[level]) {
    const got = Array.isArray(values) ? `${values.length} values` : showValue(values);
    const text = `arrays of one level must have the same length, got ${shape[level] ?? "a number"} first and ${got} later`;
    throw new ShapeError(errorText("tensor", text));
  }
  let position = start;
  for (const value of values) position = flatten(value, shape, level + 1, out, position);
  return position;
}

function filled(where: string, shape: readonly number[], value: number, options: TensorOptions): Tensor {
  checkOptions(where, options);
  const { dtype = "float32", requiresGrad = false, ...rest } = options;
  const sizes = checkShape(where, shape);
  checkTensorOptions(where, dtype, requiresGrad, rest);
  const array = newArray(dtype, sizeOf(sizes));
  if (value !== 0) array.fill(value);
  return new Tensor(arraySpan(array), sizes, requiresGrad);
}

/**
 * A tensor of zeros.
 *
 * @param shape sizes of the dimensions; [] for a scalar
 * @example
 * zeros([2, 2]).toArray() // [[0, 0], [0, 0]]
 */
export function zeros(shape: readonly number[], options: TensorOptions = {}): Tensor {
  return filled("zeros", shape, 0, options);
}

/**
 * A tensor of ones.
 *
 * @param shape sizes of the dimensions; [] for a scalar
 * @example
 * ones([3]).toArray() // [1, 1, 1]
 */
export function ones(shape: readonly number[], options: TensorOptions = {}): Tensor {
  return filled("ones", shape, 1, options);
}

/**
 * A tensor with one value everywhere.
 *
 * @param shape sizes of the dimensions; [] for a scalar
 * @example
 * full([2], 7).toArray() // [7, 7]
 */
export function full(shape: readonly number[], value: number, options: TensorOptions = {}): Tensor {
  if (typeof value !== "number") {
    throw new TypeError(errorText("full", `value must be a number, got ${showValue(value)}`));
  }
  return filled("full", shape, value, options);
}

/**
 * The identity matrix: ones on the diagonal, zeros elsewhere.
 *
 * @param n rows and columns
 * @example
 * eye(2).toArray() // [[1, 0], [0, 1]]
 */
export function eye(n: number, options: TensorOptions = {}): Tensor {
  checkNumber("eye", "n", n, { integer: true, min: 0 });
  const result = filled("eye", [n, n], 0, options);
  const values = result.span.array as Numbers;
  for (let i = 0; i < n; i++) values[i * (n + 1)] = 1;
  return result;
}

/**
 * Numbers from `start` in steps of `step` up to but not including `stop`: `arange(stop)`, `arange(start, stop)`, or with a
 * step. The i-th is `start + i·step`, so that rounding errors do not add up.
 *
 * @throws {RangeError} when step is 0 or leads away from stop
 * @example
 * arange(0, 1, 0.25).toArray() // [0, 0.25, 0.5, 0.75]
 */
export function arange(start: number, stop?: number, step = 1, options: TensorOptions = {}): Tensor {
  const first = stop === undefined ? 0 : checkNumber("arange", "start", start);
  const end = checkNumber("arange", "stop", stop ?? start);
  checkNumber("arange", "step", step);
  const count = Math.ceil((end - first) / step);
  if (step === 0 || count < 0) {
    const text = `step must lead from start to stop, got start ${first}, stop ${end}, step ${step}`;
    throw new RangeError(errorText("arange", text));
  }
  const result = filled("arange", [count], 0, options);
  const values = result.span.array as Numbers;
  for (let i = 0; i < count; i++) values[i] = first + i * step;
  return result;
}

/**
 * `count` numbers at equal distances from `start` to `stop`, both included.
 *
 * @param count at least 1; 1 gives `start` alone
 * @example
 * linspace(0, 1, 5).toArray() // [0, 0.25, 0.5, 0.75, 1]
 */
export function linspace(start: number, stop: number, count: number, options: TensorOptions = {}): Tensor {
  checkNumber("linspace", "start", start);
  checkNumber("linspace", "stop", stop);
  checkNumber("linspace", "count", count, { integer: true, min: 1 });
  const result = filled("linspace", [count], 0, options);
  const values = result.span.array as Numbers;
  const last = count - 1;
  // A weighted mean of the ends: exact at both.
  for (let i = 0; i < count; i++) values[i] = last === 0 ? start : (start * (last - i) + stop * i) / last;
  return result;
}

export interface RandnOptions extends TensorOptions {
  /** Mean; default 0. */
  readonly mean?: number;
  /** Standard deviation; default 1. */
  readonly std?: number;
  /** Generator; default: the shared one of setSeed. */
  readonly random?: Random;
}

/**
 * Normally distributed random numbers.
 *
 * @param shape sizes of the dimensions
 * @param options.mean default 0, @param options.std standard deviation, default 1
 * @param options.random a generator from createRandom(seed); default the shared one
 * @example
 * randn([2, 3], { random: createRandom(1) }).shape // [2, 3]
 */
export function randn(shape: readonly number[], options: RandnOptions = {}): Tensor {
  checkOptions("randn", options);
  const { random, mean = 0, std = 1, dtype = "float32", requiresGrad = false, ...rest } = options;
  checkTensorOptions("randn", dtype, requiresGrad, rest, ["random", "mean", "std"]);
  checkNumber("randn", "mean", mean);
  checkNumber("randn", "std", std, { min: 0 });
  const generator = randomOption("randn", random);
  const result = filled("randn", shape, 0, { dtype, requiresGrad });
  const values = result.span.array as Numbers;
  for (let i = 0; i < values.length; i++) values[i] = generator.normal(mean, std);
  return result;
}

export interface UniformOptions extends TensorOptions {
  /** Smallest value; default 0. */
  readonly low?: number;
  /** Upper limit, not reached; default 1. */
  readonly high?: number;
  /** Generator; default: the shared one of setSeed. */
  readonly random?: Random;
}

/**
 * Uniformly distributed random numbers, `low <= x < high`.
 *
 * @param shape sizes of the dimensions
 * @param options.low default 0, @param options.high default 1
 * @param options.random a generator from createRandom(seed); default the shared one
 * @throws {RangeError} when low > high
 * @example
 * uniform([4], { low: -1, random: createRandom(1) }).shape // [4]
 */
export function uniform(shape: readonly number[], options: UniformOptions = {}): Tensor {
  checkOptions("uniform", options);
  const { random, low = 0, high = 1, dtype = "float32", requiresGrad = false, ...rest } = options;
  checkTensorOptions("uniform", dtype, requiresGrad, rest, ["low", "high", "random"]);
  checkNumber("uniform", "low", low);
  checkNumber("uniform", "high", high);
  if (low > high) {
    throw new RangeError(errorText("uniform", `low must be at most high, got low ${low}, high ${high}`));
  }
  const generator = randomOption("uniform", random);
  const result = filled("uniform", shape, 0, { dtype, requiresGrad });
  const values = result.span.array as Numbers;
  for (let i = 0; i < values.length; i++) values[i] = generator.uniform(low, high);
  return result;
}
