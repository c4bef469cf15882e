/** Arithmetic on shapes: integers in, integers out. Nothing here touches numbers of a tensor. */
import { errorText, ShapeError, showShape, showValue } from "../errors.js";

export type Shape = readonly number[];

/** The number of elements of a shape; 1 for a scalar, whose shape is []. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (let i = 0; i < shape.length; i++) size *= shape[i] as number;
  return size;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * A copy of `shape` after checking that it is a list of whole numbers of at least 0.
 *
 * @throws {TypeError} when it is not an array, {ShapeError} when a size is not a whole number of at least 0
 */
export function checkShape(where: string, shape: unknown): number[] {
  if (!Array.isArray(shape)) {
    const help = typeof shape === "number" ? `write [${shape}]` : "";
    throw new TypeError(
      errorText(where, `shape must be an array of sizes, got ${showValue(shape)}`, "", help),
    );
  }
  for (const size of shape) {
    if (typeof size !== "number" || !Number.isInteger(size) || size < 0) {
      const text = `every size of a shape must be a whole number of at least 0, got ${showValue(size)}`;
      throw new ShapeError(errorText(where, text, `shape ${showValue(shape)}`));
    }
  }
  return shape.slice();
}

/** Elements from one index to the next along each dimension of a row-major array: [2, 3, 4] -> [12, 4, 1]. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= shape[i] as number;
  }
  return strides;
}

/**
 * The index of a dimension, counted from the end when negative: -1 is the last.
 *
 * @throws {TypeError} when it is not a whole number, {RangeError} when the tensor has no such dimension
 */
export function checkDim(where: string, dim: unknown, ndim: number, name = "dim"): number {
  if (typeof dim !== "number" || !Number.isInteger(dim)) {
    throw new TypeError(errorText(where, `${name} must be a whole number, got ${showValue(dim)}`));
  }
  if (dim < -ndim || dim >= ndim) {
    const range = ndim === 0 ? "a scalar has no dimensions" : `${name} must be from ${-ndim} to ${ndim - 1}`;
    throw new RangeError(errorText(where, `${range}, got ${dim}`));
  }
  return dim < 0 ? dim + ndim : dim;
}

/** The distinct dimensions of a `dim` option, ascending; all of them when it is undefined. */
export function checkDims(where: string, dim: unknown, ndim: number): number[] {
  if (dim === undefined) return Array.from({ length: ndim }, (_, i) => i);
  const list = Array.isArray(dim) ? dim : [dim];
  const dims = list.map((one) => checkDim(where, one, ndim)).sort((a, b) => a - b);
  for (let i = 1; i < dims.length; i++) {
    if (dims[i] === dims[i - 1]) {
      throw new RangeError(errorText(where, `dim must name each dimension once, got ${showValue(dim)}`));
    }
  }
  return dims;
}

/**
 * The shape of two operands combined element by element: aligned at the last dimension, each pair of sizes must be equal
 * or one of them 1. Missing dimensions count as 1.
 *
 * @throws {ShapeError} when a pair fits neither way
 * @example
 * broadcastShapes("add", [4, 1], [3]) // [4, 3]
 */
export function broadcastShapes(where: string, a: Shape, b: Shape): number[] {
  const ndim = Math.max(a.length, b.length);
  const shape = new Array<number>(ndim);
  for (let i = 1; i <= ndim; i++) {
    const sizeA = i <= a.length ? (a[a.length - i] as number) : 1;
    const sizeB = i <= b.length ? (b[b.length - i] as number) : 1;
    if (sizeA !== sizeB && sizeA !== 1 && sizeB !== 1) {
      const text = `sizes must be equal or 1 in every dimension, got ${sizeA} and ${sizeB} in dimension -${i}`;
      throw new ShapeError(errorText(where, text, `shapes ${showShape(a)} and ${showShape(b)}`));
    }
    shape[ndim - i] = sizeA === 1 ? sizeB : sizeA;
  }
  return shape;
}

/** Strides for reading `shape` as if it were `target`: 0 where it is repeated. */
export function broadcastStrides(shape: Shape, target: Shape): number[] {
  const own = stridesOf(shape);
  const missing = target.length - shape.length;
  return target.map((size, i) => {
    const j = i - missing;
    return j < 0 || (shape[j] === 1 && size !== 1) ? 0 : (own[j] as number);
  });
}

/** The shape after reducing `dims` (ascending): sizes 1 when kept, otherwise removed. */
export function reducedShape(shape: Shape, dims: readonly number[], keepDim: boolean): number[] {
  const result: number[] = [];
  for (let i = 0; i < shape.length; i++) {
    if (!dims.includes(i)) result.push(shape[i] as number);
    else if (keepDim) result.push(1);
  }
  return result;
}

/**
 * The shape of `reshape(...sizes)`: one size may be -1 and is what is left.
 *
 * @throws {ShapeError} when the number of elements differs
 */
export function reshapedShape(where: string, shape: Shape, sizes: readonly number[]): number[] {
  const size = sizeOf(shape);
  const unknown = sizes.indexOf(-1);
  const rest = sizes.filter((_, i) => i !== unknown);
  checkShape(where, rest);
  const known = sizeOf(rest);
  const result = sizes.slice();
  if (unknown >= 0 && known > 0) result[unknown] = size / known;
  const missing = unknown >= 0 ? result[unknown] : 1;
  if (known * (missing as number) !== size || !Number.isInteger(missing)) {
    const text = `the new shape must have ${size} elements, got ${showShape(sizes)}`;
    throw new ShapeError(errorText(where, text, `tensor ${showShape(shape)}`));
  }
  return result;
}
