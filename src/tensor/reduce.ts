/** Operations that make dimensions disappear: sums, means, extremes, norms. */
import { engine, firstNumber, newSpan, numbers, type Span } from "../engine/engine.js";
import { checkBoolean, checkNumber, checkOptions, errorText, rejectUnknownOptions } from "../errors.js";
import { accumulate, newGradient } from "./accumulate.js";
import { abs, mul, pow, sqrt, square, sub } from "./elementwise.js";
import { permute } from "./movement.js";
import { defineOperation, record, type TensorOperation } from "./record.js";
import { checkDim, checkDims, reducedShape, type Shape, sizeOf } from "./shape.js";
import { Tensor } from "./tensor.js";

export interface ReduceOptions {
  /** The dimension or dimensions that disappear, counted from the end when negative; default all. */
  readonly dim?: number | readonly number[];
  /** Keep them with size 1; default false. */
  readonly keepDim?: boolean;
}

/** A reduction seen as `[outer, axis, inner]` on memory where the reduced dimensions are neighbours. */
interface Plan {
  readonly x: Tensor;
  readonly shape: Shape;
  readonly outer: number;
  readonly axis: number;
  readonly inner: number;
}

/** Checks the options and, when the reduced dimensions are not neighbours, moves them to the end. */
function planOf(where: string, input: Tensor, dim: ReduceOptions["dim"], keepDim: boolean): Plan {
  const dims = checkDims(where, dim, input.ndim);
  checkBoolean(where, "keepDim", keepDim);
  const shape = reducedShape(input.shape, dims, keepDim);
  if (dims.length === 0) return { x: input, shape, outer: input.size, axis: 1, inner: 1 };
  const first = dims[0] as number;
  if (dims.every((one, i) => one === first + i)) {
    const outer = sizeOf(input.shape.slice(0, first));
    const axis = sizeOf(input.shape.slice(first, first + dims.length));
    return { x: input, shape, outer, axis, inner: sizeOf(input.shape.slice(first + dims.length)) };
  }
  const others = Array.from({ length: input.ndim }, (_, i) => i).filter((i) => !dims.includes(i));
  const x = permute(input, ...others, ...dims);
  const outer = sizeOf(others.map((i) => input.shape[i] as number));
  return { x, shape, outer, axis: sizeOf(dims.map((i) => input.shape[i] as number)), inner: 1 };
}

function readOptions(where: string, options: ReduceOptions): { dim: ReduceOptions["dim"]; keepDim: boolean } {
  checkOptions(where, options);
  const { dim, keepDim = false, ...rest } = options;
  rejectUnknownOptions(where, rest, ["dim", "keepDim"]);
  return { dim, keepDim };
}

interface SavedSum {
  readonly outer: number;
  readonly axis: number;
  readonly inner: number;
  /** 1 for a sum, 1/axis for a mean. */
  readonly factor: number;
}

/** y = c·Σ x: every x gets c·dy. */
function sumBackward(inputs: readonly Tensor[], dy: Span, { outer, axis, inner, factor }: SavedSum): void {
  const x = inputs[0] as Tensor;
  const dx = newGradient(x);
  if (outer === 1 && inner === 1) engine.fill(dx, firstNumber(dy) * factor);
  else {
    engine.copy(dx, dy, { sizes: [outer, axis, inner], strides: [inner, 0, 1], offset: 0 });
    if (factor !== 1) engine.unary("affine", dx, dx, factor, 0);
  }
  accumulate(x, dx);
}

const sumOperation = defineOperation<SavedSum>("sum", sumBackward, false);
const meanOperation = defineOperation<SavedSum>("mean", sumBackward, false);

/**
 * The sum of the elements.
 *
 * @param options.dim dimension or dimensions to sum over; default all, which gives a scalar
 * @param options.keepDim keep them with size 1; default false
 * @example
 * sum(tensor([[1, 2], [3, 4]]), { dim: 0 }).toArray() // [4, 6]
 */
export function sum(x: Tensor, options: ReduceOptions = {}): Tensor {
  const { dim, keepDim } = readOptions("sum", options);
  const { x: input, shape, outer, axis, inner } = planOf("sum", x, dim, keepDim);
  const y = newSpan(x.dtype, outer * inner);
  engine.reduce("sum", y, input.span, outer, axis, inner);
  return record(sumOperation, y, shape, [input], { outer, axis, inner, factor: 1 });
}

/**
 * The mean of the elements; NaN for none.
 *
 * @param options.dim dimension or dimensions to average over; default all
 * @param options.keepDim keep them with size 1; default false
 * @example
 * mean(tensor([[1, 2], [3, 4]]), { dim: 1 }).toArray() // [1.5, 3.5]
 */
export function mean(x: Tensor, options: ReduceOptions = {}): Tensor {
  const { dim, keepDim } = readOptions("mean", options);
  const { x: input, shape, outer, axis, inner } = planOf("mean", x, dim, keepDim);
  const y = newSpan(x.dtype, outer * inner);
  engine.reduce("mean", y, input.span, outer, axis, inner);
  return record(meanOperation, y, shape, [input], { outer, axis, inner, factor: 1 / axis });
}

export interface VarianceOptions extends ReduceOptions {
  /** Subtracted from the number of elements in the divisor: 1 for an estimate from a sample, 0 for a population. */
  readonly correction?: number;
}

/**
 * The variance, `Σ (x − mean)² / (n − correction)`, in two passes: no digits are lost for a large mean.
 *
 * @param options.dim default all, @param options.keepDim default false
 * @param options.correction default 1 as in PyTorch (numpy's default is 0)
 * @example
 * variance(tensor([1, 2, 3, 4]), { correction: 0 }).item() // 1.25
 */
export function variance(x: Tensor, options: VarianceOptions = {}): Tensor {
  return varianceOf("variance", x, options);
}

function varianceOf(where: string, x: Tensor, options: VarianceOptions): Tensor {
  checkOptions(where, options);
  const { dim, keepDim = false, correction = 1, ...rest } = options;
  rejectUnknownOptions(where, rest, ["dim", "keepDim", "correction"]);
  checkNumber(where, "correction", correction, { min: 0 });
  checkBoolean(where, "keepDim", keepDim);
  const dims = checkDims(where, dim, x.ndim);
  const count = sizeOf(dims.map((i) => x.shape[i] as number));
  const centered = sub(x, mean(x, { dim: dims, keepDim: true }));
  // 0/0 is NaN and 1/0 infinite, as the formula says, when there are too few elements.
  return mul(sum(square(centered), { dim: dims, keepDim }), 1 / Math.max(count - correction, 0));
}

/**
 * The standard deviation, the square root of `variance` with the same options.
 *
 * @example
 * std(tensor([1, 2, 3, 4]), { correction: 0 }).square().item() // 1.25
 */
export function std(x: Tensor, options: VarianceOptions = {}): Tensor {
  return sqrt(varianceOf("std", x, options));
}

interface SavedExtreme {
  readonly x: Span;
  readonly y: Span;
  readonly outer: number;
  readonly axis: number;
  readonly inner: number;
}

/** Elements equal to the extreme share its gradient equally, as in PyTorch's amax. */
function extremeBackward(inputs: readonly Tensor[], dy: Span, saved: SavedExtreme): void {
  const input = inputs[0] as Tensor;
  const { outer, axis, inner } = saved;
  const dx = newGradient(input);
  const [d, g, x, y] = [numbers(dx), numbers(dy), numbers(saved.x), numbers(saved.y)];
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const r = o * inner + i;
      const start = o * axis * inner + i;
      const end = start + axis * inner;
      let count = 0;
      for (let k = start; k < end; k += inner) if (x[k] === y[r]) count++;
      for (let k = start; k < end; k += inner) d[k] = x[k] === y[r] ? g[r]! / count : 0;
    }
  }
  accumulate(input, dx);
}

const maxOperation = defineOperation<SavedExtreme>("max", extremeBackward);
const minOperation = defineOperation<SavedExtreme>("min", extremeBackward);

function extreme(name: "max" | "min", operation: TensorOperation, x: Tensor, options: ReduceOptions): Tensor {
  const { dim, keepDim } = readOptions(name, options);
  const { x: input, shape, outer, axis, inner } = planOf(name, x, dim, keepDim);
  checkNotEmpty(name, x, axis);
  const y = newSpan(x.dtype, outer * inner);
  engine.reduce(name, y, input.span, outer, axis, inner);
  return record(operation, y, shape, [input], { x: input.span, y, outer, axis, inner });
}

function checkNotEmpty(name: string, x: Tensor, count: number): void {
  if (count > 0) return;
  throw new RangeError(errorText(name, "needs at least one element", `shape [${x.shape.join(", ")}]`));
}

/**
 * The largest element; NaN when one is NaN. Equal largest elements share the gradient equally.
 *
 * @param options.dim default all, @param options.keepDim default false
 * @throws {RangeError} when there is no element
 * @example
 * max(tensor([[1, 5], [7, 3]]), { dim: 1 }).toArray() // [5, 7]
 */
export function max(x: Tensor, options: ReduceOptions = {}): Tensor {
  return extreme("max", maxOperation, x, options);
}

/**
 * The smallest element; NaN when one is NaN. Equal smallest elements share the gradient equally.
 *
 * @param options.dim default all, @param options.keepDim default false
 * @throws {RangeError} when there is no element
 * @example
 * min(tensor([[1, 5], [7, 3]]), { dim: 1 }).toArray() // [1, 3]
 */
export function min(x: Tensor, options: ReduceOptions = {}): Tensor {
  return extreme("min", minOperation, x, options);
}

export interface ArgmaxOptions {
  /** The dimension that is searched; default: the whole tensor, row-major. */
  readonly dim?: number;
  /** Keep it with size 1; default false. */
  readonly keepDim?: boolean;
}

/**
 * The index of the largest element, the first of equals; of the first NaN when there is one. No gradient.
 *
 * @param options.dim the dimension that is searched; default the whole tensor, whose elements are counted row-major
 * @returns whole numbers, in the dtype of x
 * @throws {RangeError} when there is no element
 * @example
 * argmax(tensor([[1, 5], [7, 3]]), { dim: 1 }).toArray() // [1, 0]
 */
export function argmax(x: Tensor, options: ArgmaxOptions = {}): Tensor {
  const { dim, keepDim } = readOptions("argmax", options);
  if (dim !== undefined) checkDim("argmax", dim, x.ndim);
  const { shape, outer, axis, inner } = planOf("argmax", x, dim, keepDim);
  checkNotEmpty("argmax", x, axis);
  if (x.dtype === "float32" && axis > 2 ** 24) {
    const text = `float32 cannot hold every index of ${axis} elements`;
    throw new RangeError(errorText("argmax", text, "", 'use x.to("float64").argmax()'));
  }
  const y = newSpan(x.dtype, outer * inner);
  const [out, values] = [numbers(y), numbers(x.span)];
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * axis * inner + i;
      let best = 0;
      for (let k = 1; k < axis; k++) {
        const [value, largest] = [values[start + k * inner]!, values[start + best * inner]!];
        if (value > largest || (Number.isNaN(value) && !Number.isNaN(largest))) best = k;
      }
      out[o * inner + i] = best;
    }
  }
  return new Tensor(y, shape);
}

export interface NormOptions extends ReduceOptions {
  /** The order: 2 (default), 1, any p >= 1, or Infinity for the largest absolute value. */
  readonly p?: number;
}

interface SavedNorm {
  readonly x: Span;
  readonly y: Span;
  readonly outer: number;
  readonly axis: number;
  readonly inner: number;
}

/** y = √Σx²: dx = dy · x / y; 0 where the norm is 0, as in PyTorch. */
const normOperation = defineOperation<SavedNorm>("norm", ([t], dy, saved) => {
  const input = t as Tensor;
  const { outer, axis, inner } = saved;
  const dx = newGradient(input);
  const [d, g, x, y] = [numbers(dx), numbers(dy), numbers(saved.x), numbers(saved.y)];
  for (let o = 0, k = 0; o < outer; o++) {
    for (let a = 0; a < axis; a++) {
      for (let i = 0; i < inner; i++, k++) {
        const r = o * inner + i;
        d[k] = y[r] === 0 ? 0 : (g[r]! * x[k]!) / y[r]!;
      }
    }
  }
  accumulate(input, dx);
});

/**
 * The length of a vector: `(Σ |x|^p)^(1/p)`. The gradient of the zero vector is 0.
 *
 * @param options.p order, at least 1; default 2; Infinity gives the largest absolute value
 * @param options.dim default all, @param options.keepDim default false
 * @example
 * norm(tensor([3, 4])).item() // 5
 */
export function norm(x: Tensor, options: NormOptions = {}): Tensor {
  checkOptions("norm", options);
  const { p = 2, dim, keepDim = false, ...rest } = options;
  rejectUnknownOptions("norm", rest, ["p", "dim", "keepDim"]);
  if (p === Infinity) return max(abs(x), { dim, keepDim } as ReduceOptions);
  checkNumber("norm", "p", p, { min: 1 });
  if (p === 1) return sum(abs(x), { dim, keepDim } as ReduceOptions);
  if (p !== 2) return pow(sum(pow(abs(x), p), { dim, keepDim } as ReduceOptions), 1 / p);
  const { x: input, shape, outer, axis, inner } = planOf("norm", x, dim, keepDim);
  const y = newSpan(x.dtype, outer * inner);
  engine.reduce("sumOfSquares", y, input.span, outer, axis, inner);
  engine.unary("sqrt", y, y, 0, 0);
  return record(normOperation, y, shape, [input], { x: input.span, y, outer, axis, inner });
}
