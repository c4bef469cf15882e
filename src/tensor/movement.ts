/**
 * Operations that move numbers without changing them. Reshaping shares the memory; the others copy, and their gradient is
 * the copy the other way round.
 */
import { type CopyLayout, engine, newSpan, numbers, placeLoop, type Span } from "../engine/engine.js";
import {
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  ShapeError,
  showShape,
  showValue,
} from "../errors.js";
import { accumulate, newGradient } from "./accumulate.js";
import { mergeAxes } from "./layout.js";
import { defineOperation, record } from "./record.js";
import {
  broadcastStrides,
  checkDim,
  checkDims,
  checkShape,
  reshapedShape,
  type Shape,
  sizeOf,
  stridesOf,
} from "./shape.js";
import { sumToShape } from "./sumToShape.js";
import type { Tensor } from "./tensor.js";

/** Same numbers, other shape: the gradient passes as it is. */
const reshapeOperation = defineOperation<null>(
  "reshape",
  ([x], dy) => accumulate(x as Tensor, dy, false),
  false,
);

function reshaped(x: Tensor, shape: Shape): Tensor {
  return record(reshapeOperation, x.span, shape, [x], null);
}

/** `reshape(2, 3)` and `reshape([2, 3])` mean the same. */
function listOf(where: string, values: readonly (number | readonly number[])[]): number[] {
  const list = values.length === 1 && Array.isArray(values[0]) ? (values[0] as number[]) : values;
  for (const value of list) {
    if (typeof value !== "number" || !Number.isInteger(value)) {
      throw new TypeError(errorText(where, `takes whole numbers, got ${showValue(value)}`));
    }
  }
  return (list as number[]).slice();
}

/**
 * The same numbers in another shape, row-major. The memory is shared.
 *
 * @param sizes the new shape; one size may be -1 and is what is left
 * @throws {ShapeError} when the number of elements differs
 * @example
 * reshape(arange(6), 2, -1).toArray() // [[0, 1, 2], [3, 4, 5]]
 */
export function reshape(x: Tensor, ...sizes: readonly (number | readonly number[])[]): Tensor {
  return reshaped(x, reshapedShape("reshape", x.shape, listOf("reshape", sizes)));
}

export interface FlattenOptions {
  /** First dimension to join; default 0. */
  readonly startDim?: number;
  /** Last dimension to join; default -1. */
  readonly endDim?: number;
}

/**
 * Joins neighbouring dimensions into one: `[N, C, H, W]` becomes `[N, C·H·W]` with `{startDim: 1}`.
 *
 * @param options.startDim default 0, @param options.endDim included, default -1
 * @example
 * flatten(zeros([2, 3, 4]), { startDim: 1 }).shape // [2, 12]
 */
export function flatten(x: Tensor, options: FlattenOptions = {}): Tensor {
  checkOptions("flatten", options);
  const { startDim = 0, endDim = -1, ...rest } = options;
  rejectUnknownOptions("flatten", rest, ["startDim", "endDim"]);
  if (x.ndim === 0) return reshaped(x, [1]);
  const start = checkDim("flatten", startDim, x.ndim, "startDim");
  const end = checkDim("flatten", endDim, x.ndim, "endDim");
  if (start > end) {
    const text = `startDim must not be after endDim, got ${startDim} and ${endDim}`;
    throw new RangeError(errorText("flatten", text, `tensor ${showShape(x.shape)}`));
  }
  const middle = sizeOf(x.shape.slice(start, end + 1));
  return reshaped(x, [...x.shape.slice(0, start), middle, ...x.shape.slice(end + 1)]);
}

/**
 * Drops dimensions of size 1: one of them, or all.
 *
 * @throws {ShapeError} when the named dimension has another size
 * @example
 * squeeze(zeros([1, 3, 1])).shape // [3]
 */
export function squeeze(x: Tensor, dim?: number): Tensor {
  if (dim === undefined)
    return reshaped(
      x,
      x.shape.filter((size) => size !== 1),
    );
  const at = checkDim("squeeze", dim, x.ndim);
  if (x.shape[at] !== 1) {
    const text = `dimension ${dim} must have size 1, got ${x.shape[at]}`;
    throw new ShapeError(errorText("squeeze", text, `tensor ${showShape(x.shape)}`));
  }
  return reshaped(
    x,
    x.shape.filter((_, i) => i !== at),
  );
}

/**
 * Adds a dimension of size 1 at position `dim`; negative positions count from the end of the new shape.
 *
 * @example
 * unsqueeze(zeros([3]), -1).shape // [3, 1]
 */
export function unsqueeze(x: Tensor, dim: number): Tensor {
  const at = checkDim("unsqueeze", dim, x.ndim + 1);
  return reshaped(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
}

/** A copy layout with its axes merged. */
function copyLayout(sizes: Shape, strides: readonly number[], offset: number): CopyLayout {
  const merged = mergeAxes(sizes, [strides]);
  return { sizes: merged.sizes, strides: merged.strides[0] as number[], offset };
}

function copied(x: Span, sizes: Shape, strides: readonly number[], offset = 0): Span {
  const y = newSpan(x.dtype, sizeOf(sizes));
  if (y.length > 0) engine.copy(y, x, copyLayout(sizes, strides, offset));
  return y;
}

interface SavedPermute {
  readonly shape: Shape;
  readonly inverse: readonly number[];
}

const permuteOperation = defineOperation<SavedPermute>(
  "permute",
  ([x], dy, { shape, inverse }) => {
    const strides = stridesOf(shape);
    const input = x as Tensor;
    const dx = copied(
      dy,
      input.shape,
      inverse.map((i) => strides[i] as number),
    );
    dx.internal = true;
    accumulate(input, dx);
  },
  false,
);

/**
 * Reorders the dimensions: dimension i of the result is dimension `dims[i]` of x.
 *
 * @throws {RangeError} when dims does not name each dimension once
 * @example
 * permute(zeros([2, 3, 4]), 2, 0, 1).shape // [4, 2, 3]
 */
export function permute(x: Tensor, ...dims: readonly (number | readonly number[])[]): Tensor {
  const list = listOf("permute", dims);
  const order = list.map((dim) => checkDim("permute", dim, x.ndim));
  if (new Set(order).size !== x.ndim || order.length !== x.ndim) {
    const text = `dims must name each of the ${x.ndim} dimensions once, got ${showShape(list)}`;
    throw new RangeError(errorText("permute", text, `tensor ${showShape(x.shape)}`));
  }
  const own = stridesOf(x.shape);
  const shape = order.map((i) => x.shape[i] as number);
  const y = copied(
    x.span,
    shape,
    order.map((i) => own[i] as number),
  );
  const inverse = order.map((_, i) => order.indexOf(i));
  return record(permuteOperation, y, shape, [x], { shape, inverse });
}

/**
 * Exchanges two dimensions.
 *
 * @param a, b default the last two
 * @example
 * transpose(tensor([[1, 2], [3, 4]]), 0, 1).toArray() // [[1, 3], [2, 4]]
 */
export function transpose(x: Tensor, a = -2, b = -1): Tensor {
  const first = checkDim("transpose", a, x.ndim, "a");
  const second = checkDim("transpose", b, x.ndim, "b");
  const order = x.shape.map((_, i) => (i === first ? second : i === second ? first : i));
  return permute(x, ...order);
}

const expandOperation = defineOperation<{ shape: Shape }>(
  "expand",
  ([x], dy, { shape }) => {
    const input = x as Tensor;
    const dx = sumToShape(dy, shape, input.shape);
    accumulate(input, dx, dx !== dy);
  },
  false,
);

/**
 * Repeats dimensions of size 1, and adds dimensions in front, as broadcasting does.
 *
 * @param sizes the new shape; -1 keeps a size
 * @throws {ShapeError} when a size other than 1 would change
 * @example
 * expand(tensor([[1], [2]]), 2, 3).toArray() // [[1, 1, 1], [2, 2, 2]]
 */
export function expand(x: Tensor, ...sizes: readonly (number | readonly number[])[]): Tensor {
  const wanted = listOf("expand", sizes);
  const missing = wanted.length - x.ndim;
  const shape = wanted.map((size, i) =>
    size === -1 && i >= missing ? (x.shape[i - missing] as number) : size,
  );
  checkShape("expand", shape);
  const fits = x.shape.every((size, i) => size === shape[i + missing] || size === 1);
  if (missing < 0 || !fits) {
    const text = `only sizes of 1 can grow, got ${showShape(wanted)}`;
    throw new ShapeError(errorText("expand", text, `tensor ${showShape(x.shape)}`));
  }
  const y = copied(x.span, shape, broadcastStrides(x.shape, shape));
  return record(expandOperation, y, shape, [x], { shape });
}

/**
 * What `slice` takes for one dimension: an index (the dimension disappears), `[start, stop, step]` with any of them left
 * out or undefined, or null for all of it.
 */
export type SliceRange = number | readonly (number | undefined)[] | null;

interface SavedSlice {
  readonly sizes: Shape;
  readonly strides: readonly number[];
  readonly offset: number;
}

/** Zeros, with dy at the places it was read from. */
const sliceOperation = defineOperation<SavedSlice>(
  "slice",
  ([x], dy, { sizes, strides, offset }) => {
    const input = x as Tensor;
    const dx = newGradient(input);
    engine.fill(dx, 0);
    if (dy.length > 0) placeLoop(numbers(dx), numbers(dy), copyLayout(sizes, strides, offset));
    accumulate(input, dx);
  },
  false,
);

/** Start, number of elements and step of a range over `size` elements. */
function checkRange(
  range: readonly (number | undefined)[],
  size: number,
  dim: number,
): [number, number, number] {
  const step = range[2] ?? 1;
  checkNumber("slice", "step", step, { integer: true });
  if (step === 0 || range.length > 3) {
    const text = `a range is [start, stop, step] with step not 0, got ${showValue(range)}`;
    throw new RangeError(errorText("slice", text));
  }
  const position = (value: number | undefined, otherwise: number): number => {
    if (value === undefined) return otherwise;
    checkNumber("slice", `a limit of dimension ${dim}`, value, { integer: true, min: -size, max: size });
    return value < 0 ? value + size : value;
  };
  const start = Math.min(position(range[0], step > 0 ? 0 : size - 1), step > 0 ? size : size - 1);
  const stop = position(range[1], step > 0 ? size : -1);
  return [start, Math.max(0, Math.ceil((stop - start) / step)), step];
}

/**
 * Part of a tensor: one range for each dimension, from the first; dimensions without a range stay whole.
 *
 * @param ranges an index, `[start, stop]` or `[start, stop, step]` (stop excluded, negative counts from the end), or null
 * @throws {RangeError} when an index or limit lies outside the dimension
 * @example
 * slice(tensor([[1, 2, 3], [4, 5, 6]]), 1, [0, 2]).toArray() // [4, 5]
 */
export function slice(x: Tensor, ...ranges: readonly SliceRange[]): Tensor {
  if (ranges.length > x.ndim) {
    const text = `takes at most ${x.ndim} ranges, got ${ranges.length}`;
    throw new ShapeError(errorText("slice", text, `tensor ${showShape(x.shape)}`));
  }
  const own = stridesOf(x.shape);
  const sizes: number[] = [];
  const strides: number[] = [];
  let offset = 0;
  for (let i = 0; i < x.ndim; i++) {
    const size = x.shape[i] as number;
    const range = ranges[i] ?? [];
    if (typeof range === "number") {
      checkNumber("slice", `the index of dimension ${i}`, range, {
        integer: true,
        min: -size,
        max: size - 1,
      });
      offset += (range < 0 ? range + size : range) * (own[i] as number);
      continue;
    }
    if (!Array.isArray(range)) {
      const text = `a range must be a number, an array or null, got ${showValue(range)}`;
      throw new TypeError(errorText("slice", text));
    }
    const [start, count, step] = checkRange(range, size, i);
    offset += start * (own[i] as number);
    sizes.push(count);
    strides.push(step * (own[i] as number));
  }
  const y = copied(x.span, sizes, strides, offset);
  return record(sliceOperation, y, sizes, [x], { sizes, strides, offset });
}

/**
 * Reverses the order along one or more dimensions.
 *
 * @example
 * flip(tensor([1, 2, 3]), 0).toArray() // [3, 2, 1]
 */
export function flip(x: Tensor, dim: number | readonly number[]): Tensor {
  const dims = checkDims("flip", dim, x.ndim);
  const own = stridesOf(x.shape);
  let offset = 0;
  const strides = own.map((stride, i) => {
    if (!dims.includes(i)) return stride;
    offset += ((x.shape[i] as number) - 1) * stride;
    return -stride;
  });
  const y = copied(x.span, x.shape, strides, offset);
  return record(sliceOperation, y, x.shape, [x], { sizes: x.shape, strides, offset });
}

export interface PadOptions {
  /** What is put around the numbers; default 0. */
  readonly value?: number;
}

const padOperation = defineOperation<SavedSlice>(
  "pad",
  ([x], dy, { sizes, strides, offset }) => {
    const dx = copied(dy, sizes, strides, offset);
    dx.internal = true;
    accumulate(x as Tensor, dx);
  },
  false,
);

/**
 * Puts a border around a tensor.
 *
 * @param padding `[before, after]` for each dimension from the first (as numpy), or one number for all sides
 * @param options.value what the border holds; default 0
 * @throws {ShapeError} when there is not one pair for each dimension
 * @example
 * pad(tensor([1, 2]), [[1, 2]]).toArray() // [0, 1, 2, 0, 0]
 */
export function pad(
  x: Tensor,
  padding: number | readonly (readonly [number, number])[],
  options: PadOptions = {},
): Tensor {
  checkOptions("pad", options);
  const { value = 0, ...rest } = options;
  rejectUnknownOptions("pad", rest, ["value"]);
  if (typeof value !== "number") {
    throw new TypeError(errorText("pad", `value must be a number, got ${showValue(value)}`));
  }
  const pairs = Array.isArray(padding) ? padding : x.shape.map(() => [padding, padding]);
  if (pairs.length !== x.ndim || !pairs.every((pair) => Array.isArray(pair) && pair.length === 2)) {
    const text = `padding must be one [before, after] for each of the ${x.ndim} dimensions, got ${showValue(padding)}`;
    throw new ShapeError(errorText("pad", text, `tensor ${showShape(x.shape)}`));
  }
  for (const count of pairs.flat()) checkNumber("pad", "padding", count, { integer: true, min: 0 });
  const shape = x.shape.map((size, i) => size + pairs[i][0] + pairs[i][1]);
  const strides = stridesOf(shape);
  const offset = strides.reduce((total, stride, i) => total + stride * pairs[i][0], 0);
  const y = newSpan(x.dtype, sizeOf(shape));
  engine.fill(y, value);
  if (x.size > 0) placeLoop(numbers(y), numbers(x.span), copyLayout(x.shape, strides, offset));
  return record(padOperation, y, shape, [x], { sizes: x.shape, strides, offset });
}
