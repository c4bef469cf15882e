/** Picking elements by index, joining tensors, choosing between two. */
import { engine, newSpan, numbers, placeLoop, type Span } from "../engine/engine.js";
import {
  checkOptions,
  errorText,
  rejectUnknownOptions,
  ShapeError,
  showShape,
  showValue,
} from "../errors.js";
import { accumulate, newGradient } from "./accumulate.js";
import { full } from "./create.js";
import { mergeAxes } from "./layout.js";
import { expand, unsqueeze } from "./movement.js";
import { defineOperation, record } from "./record.js";
import { broadcastShapes, checkDim, sameShape, sizeOf, stridesOf } from "./shape.js";
import { Tensor } from "./tensor.js";

/** Index lists: plain, typed, or a tensor of whole numbers. */
export type Indices = readonly number[] | Int32Array | Tensor;

/** A copy of the indices as integers, each from 0 to size − 1; negative ones count from the end. */
function checkIndices(where: string, indices: Indices, size: number): Int32Array {
  const isList = indices instanceof Tensor || Array.isArray(indices) || indices instanceof Int32Array;
  if (!isList) {
    const text = `indices must be an array, an Int32Array or a tensor, got ${showValue(indices)}`;
    throw new TypeError(errorText(where, text));
  }
  const values = indices instanceof Tensor ? numbers(indices.span) : indices;
  const result = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const index = values[i] as number;
    if (typeof index !== "number" || !Number.isInteger(index) || index < -size || index >= size) {
      const text = `every index must be a whole number from ${-size} to ${size - 1}, got ${showValue(index)} at ${i}`;
      throw new RangeError(errorText(where, text));
    }
    result[i] = index < 0 ? index + size : index;
  }
  return result;
}

interface SavedSelect {
  readonly indices: Int32Array;
  readonly outer: number;
  readonly size: number;
  readonly inner: number;
}

/** Each selected element gives its gradient to the place it came from; an index may occur twice, so they add. */
const indexSelectOperation = defineOperation<SavedSelect>(
  "indexSelect",
  ([x], dy, { indices, outer, size, inner }) => {
    const input = x as Tensor;
    const dx = newGradient(input);
    engine.fill(dx, 0);
    const [d, g] = [numbers(dx), numbers(dy)];
    for (let o = 0, k = 0; o < outer; o++) {
      for (const index of indices) {
        const start = (o * size + index) * inner;
        for (let i = start; i < start + inner; i++, k++) d[i] = d[i]! + g[k]!;
      }
    }
    accumulate(input, dx);
  },
  false,
);

/**
 * The slices of x with the given indices along one dimension, in that order: rows of a batch, for example.
 *
 * @param dim the dimension that is indexed
 * @param indices whole numbers; negative ones count from the end; repeats are allowed
 * @returns the shape of x with `indices.length` in place of dimension dim
 * @throws {RangeError} when an index lies outside the dimension
 * @example
 * indexSelect(tensor([[1, 2], [3, 4], [5, 6]]), 0, [2, 0]).toArray() // [[5, 6], [1, 2]]
 */
export function indexSelect(x: Tensor, dim: number, indices: Indices): Tensor {
  const at = checkDim("indexSelect", dim, x.ndim);
  const size = x.shape[at] as number;
  const list = checkIndices("indexSelect", indices, size);
  const outer = sizeOf(x.shape.slice(0, at));
  const inner = sizeOf(x.shape.slice(at + 1));
  const y = newSpan(x.dtype, outer * list.length * inner);
  const [out, values] = [numbers(y), numbers(x.span)];
  for (let o = 0, k = 0; o < outer; o++) {
    for (const index of list) {
      const start = (o * size + index) * inner;
      for (let i = start; i < start + inner; i++, k++) out[k] = values[i]!;
    }
  }
  const shape = x.shape.map((one, i) => (i === at ? list.length : one));
  return record(indexSelectOperation, y, shape, [x], { indices: list, outer, size, inner });
}

interface SavedGather {
  /** Position in x of every element of the result. */
  readonly positions: Int32Array;
}

const gatherOperation = defineOperation<SavedGather>(
  "gather",
  ([x], dy, { positions }) => {
    const input = x as Tensor;
    const dx = newGradient(input);
    engine.fill(dx, 0);
    const [d, g] = [numbers(dx), numbers(dy)];
    for (let i = 0; i < positions.length; i++) d[positions[i]!] = d[positions[i]!]! + g[i]!;
    accumulate(input, dx);
  },
  false,
);

/**
 * One element of x for each index, along one dimension: for dim 1, `y[i, j] = x[i, indices[i, j]]`.
 *
 * @param dim the dimension the indices point into
 * @param indices tensor of whole numbers with as many dimensions as x; other sizes at most those of x
 * @returns the shape of `indices`
 * @throws {ShapeError} when the shapes do not fit, {RangeError} when an index lies outside the dimension
 * @example
 * gather(tensor([[1, 2], [3, 4]]), 1, tensor([[1], [0]])).toArray() // [[2], [3]]
 */
export function gather(x: Tensor, dim: number, indices: Tensor): Tensor {
  const at = checkDim("gather", dim, x.ndim);
  if (!(indices instanceof Tensor)) {
    const text = `indices must be a tensor with ${x.ndim} dimensions, got ${showValue(indices)}`;
    throw new TypeError(errorText("gather", text));
  }
  const fits =
    indices.ndim === x.ndim && indices.shape.every((size, i) => i === at || size <= (x.shape[i] as number));
  if (!fits) {
    const text = "indices must have the dimensions of x, and no larger size but along dim";
    throw new ShapeError(
      errorText("gather", text, `x ${showShape(x.shape)}, indices ${showShape(indices.shape)}, dim ${dim}`),
    );
  }
  const list = checkIndices("gather", indices, x.shape[at] as number);
  const positions = gatherPositions(list, indices.shape, x.shape, at);
  const y = newSpan(x.dtype, positions.length);
  const [out, values] = [numbers(y), numbers(x.span)];
  for (let i = 0; i < positions.length; i++) out[i] = values[positions[i]!]!;
  return record(gatherOperation, y, indices.shape, [x], { positions });
}

/** For each element of the index tensor: where in x it points to. */
function gatherPositions(
  list: Int32Array,
  shape: readonly number[],
  xShape: readonly number[],
  at: number,
): Int32Array {
  const own = stridesOf(shape);
  const strides = stridesOf(xShape);
  const positions = new Int32Array(list.length);
  for (let k = 0; k < list.length; k++) {
    let position = 0;
    for (let d = 0; d < shape.length; d++) {
      const index = d === at ? list[k]! : Math.floor(k / own[d]!) % shape[d]!;
      position += index * strides[d]!;
    }
    positions[k] = position;
  }
  return positions;
}

export interface JoinOptions {
  /** The dimension along which the tensors are joined; default 0. */
  readonly dim?: number;
}

interface SavedConcat {
  readonly outer: number;
  /** Elements of one input from one index of the outer dimensions to the next; the sum is that of the result. */
  readonly widths: readonly number[];
}

const concatOperation = defineOperation<SavedConcat>(
  "concat",
  (inputs, dy, { outer, widths }) => {
    const total = widths.reduce((sum, width) => sum + width, 0);
    let offset = 0;
    for (let i = 0; i < inputs.length; i++) {
      const input = inputs[i] as Tensor;
      const width = widths[i] as number;
      if (input.requiresGrad && input.size > 0) {
        const dx = newGradient(input);
        engine.copy(dx, dy, { sizes: [outer, width], strides: [total, 1], offset });
        accumulate(input, dx);
      }
      offset += width;
    }
  },
  false,
);

function checkTensors(where: string, tensors: readonly Tensor[]): Tensor {
  if (!Array.isArray(tensors) || !tensors.every((one) => one instanceof Tensor)) {
    throw new TypeError(errorText(where, `takes an array of tensors, got ${showValue(tensors)}`));
  }
  const first = tensors[0];
  if (first === undefined) throw new RangeError(errorText(where, "needs at least one tensor, got []"));
  for (const one of tensors) {
    if (one.dtype === first.dtype) continue;
    const text = `all tensors must have the same dtype, got ${first.dtype} and ${one.dtype}`;
    throw new TypeError(errorText(where, text));
  }
  return first;
}

function readDim(where: string, options: JoinOptions): number {
  checkOptions(where, options);
  const { dim = 0, ...rest } = options;
  rejectUnknownOptions(where, rest, ["dim"]);
  return dim;
}

/**
 * Joins tensors along a dimension they have.
 *
 * @param tensors at least one, equal in all sizes but along dim
 * @param options.dim default 0
 * @throws {ShapeError} when another size differs
 * @example
 * concat([tensor([1, 2]), tensor([3])]).toArray() // [1, 2, 3]
 */
export function concat(tensors: readonly Tensor[], options: JoinOptions = {}): Tensor {
  const first = checkTensors("concat", tensors);
  const at = checkDim("concat", readDim("concat", options), first.ndim);
  for (const one of tensors) {
    const fits = one.ndim === first.ndim && one.shape.every((size, i) => i === at || size === first.shape[i]);
    if (fits) continue;
    const shapes = tensors.map((each) => showShape(each.shape)).join(", ");
    throw new ShapeError(errorText("concat", `all sizes but that of dimension ${at} must be equal`, shapes));
  }
  const length = tensors.reduce((sum, one) => sum + (one.shape[at] as number), 0);
  const shape = first.shape.map((size, i) => (i === at ? length : size));
  const outer = sizeOf(shape.slice(0, at));
  const inner = sizeOf(shape.slice(at + 1));
  const widths = tensors.map((one) => (one.shape[at] as number) * inner);
  const y = newSpan(first.dtype, sizeOf(shape));
  let offset = 0;
  tensors.forEach((one, i) => {
    const width = widths[i] as number;
    if (one.size > 0) {
      const layout = mergeAxes([outer, width], [[length * inner, 1]]);
      const strides = layout.strides[0] as number[];
      placeLoop(numbers(y), numbers(one.span), { sizes: layout.sizes, strides, offset });
    }
    offset += width;
  });
  return record(concatOperation, y, shape, tensors, { outer, widths });
}

/**
 * Joins tensors of one shape along a new dimension.
 *
 * @param options.dim position of the new dimension; default 0
 * @throws {ShapeError} when the shapes differ
 * @example
 * stack([tensor([1, 2]), tensor([3, 4])]).toArray() // [[1, 2], [3, 4]]
 */
export function stack(tensors: readonly Tensor[], options: JoinOptions = {}): Tensor {
  const first = checkTensors("stack", tensors);
  const at = checkDim("stack", readDim("stack", options), first.ndim + 1);
  for (const one of tensors) {
    if (sameShape(one.shape, first.shape)) continue;
    const shapes = tensors.map((each) => showShape(each.shape)).join(", ");
    throw new ShapeError(errorText("stack", "all tensors must have the same shape", shapes));
  }
  return concat(
    tensors.map((one) => unsqueeze(one, at)),
    { dim: at },
  );
}

interface SavedWhere {
  readonly condition: Span;
}

/** Each branch gets the gradient where it was chosen, 0 elsewhere. */
const whereOperation = defineOperation<SavedWhere>("where", (inputs, dy, { condition }) => {
  const [c, g] = [numbers(condition), numbers(dy)];
  for (let side = 0; side < 2; side++) {
    const input = inputs[side] as Tensor;
    if (!input.requiresGrad) continue;
    const dx = newGradient(input);
    const d = numbers(dx);
    for (let i = 0; i < d.length; i++) d[i] = (c[i] !== 0) === (side === 0) ? g[i]! : 0;
    accumulate(input, dx);
  }
});

/**
 * Elements of `a` where the condition is not 0, elements of `b` elsewhere; with broadcasting of all three.
 *
 * @param condition a tensor, usually from `greater`, `less` or `equal`
 * @param a, b tensors of one dtype; one or both may be numbers
 * @example
 * where(tensor([1, 0]), tensor([5, 6]), 0).toArray() // [5, 0]
 */
export function where(condition: Tensor, a: Tensor | number, b: Tensor | number): Tensor {
  if (!(condition instanceof Tensor)) {
    throw new TypeError(errorText("where", `condition must be a tensor, got ${showValue(condition)}`));
  }
  const dtype = a instanceof Tensor ? a.dtype : b instanceof Tensor ? b.dtype : "float32";
  const left = a instanceof Tensor ? a : full([], a, { dtype });
  const right = b instanceof Tensor ? b : full([], b, { dtype });
  checkTensors("where", [left, right]);
  const branches = broadcastShapes("where", left.shape, right.shape);
  const shape = broadcastShapes("where", condition.shape, branches);
  const repeated = (x: Tensor): Tensor => (sameShape(x.shape, shape) ? x : expand(x, shape));
  const [c, x, z] = [repeated(condition), repeated(left), repeated(right)];
  const y = newSpan(dtype, sizeOf(shape));
  const [out, cs, xs, zs] = [numbers(y), numbers(c.span), numbers(x.span), numbers(z.span)];
  for (let i = 0; i < out.length; i++) out[i] = cs[i] !== 0 ? xs[i]! : zs[i]!;
  return record(whereOperation, y, shape, [x, z], { condition: c.span });
}
