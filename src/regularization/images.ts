// Batches of images and soft labels as every function of this folder takes them, checked in one place.
import { arraySpan } from "../engine/engine.js";
import { checkNumber, errorText, ShapeError, showShape, showValue } from "../errors.js";
import { Tensor } from "../tensor/tensor.js";

/** A batch of images as numbers: sizes, and a copy of the values that may be changed. */
export interface ImageBatch {
  readonly n: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array | Float64Array;
}

/** @throws {TypeError | ShapeError} unless x is a batch of images [N, C, H, W] with at least one pixel */
export function readImages(where: string, x: unknown): ImageBatch {
  if (!(x instanceof Tensor))
    throw new TypeError(errorText(where, `x must be a tensor, got ${showValue(x)}`));
  if (x.ndim !== 4 || x.size === 0) {
    const text = `x must be a batch of images [N, C, H, W], got shape ${showShape(x.shape)}`;
    const help =
      x.ndim === 3
        ? "add the missing dimension: x.unsqueeze(0) for one image, x.unsqueeze(1) for one channel"
        : "";
    throw new ShapeError(errorText(where, text, "", help));
  }
  const [n, channels, height, width] = x.shape as [number, number, number, number];
  return { n, channels, height, width, values: x.data.slice() };
}

/** The changed values as a tensor like x; they are not copied. */
export function imagesLike(x: Tensor, values: Float32Array | Float64Array): Tensor {
  return new Tensor(arraySpan(values), x.shape);
}

/**
 * Each number by itself, not the sum of a row: rows of several yes-or-no labels need not sum to 1. Rounding may pass the ends a little.
 *
 * @throws {RangeError} unless all are from 0 to 1, as class numbers are not
 */
export function checkProbabilities(where: string, name: string, y: Tensor): void {
  const wrong = y.data.findIndex((value) => !(value >= -1e-6 && value <= 1 + 1e-6));
  if (wrong < 0) return;
  const text = `${name} must hold probabilities from 0 to 1, got ${showValue(y.data[wrong])} in row ${Math.floor((wrong * y.shape[0]!) / y.size)}`;
  const shape = `${name} ${showShape(y.shape)}`;
  throw new RangeError(
    errorText(where, text, shape, "convert class numbers with data.oneHot(labels, numClasses)"),
  );
}

/** @throws {TypeError | ShapeError | RangeError} unless y holds one row of probabilities for each of n samples */
export function checkSoftLabels(where: string, y: unknown, n: number): asserts y is Tensor {
  const help = "convert class numbers with data.oneHot(labels, numClasses)";
  if (!(y instanceof Tensor))
    throw new TypeError(
      errorText(where, `y must be a tensor of probabilities [N, K], got ${showValue(y)}`, "", help),
    );
  if (y.ndim !== 2) {
    const text = `y must hold probabilities [N, K], got shape ${showShape(y.shape)}`;
    throw new ShapeError(errorText(where, text, "", help));
  }
  if (y.shape[0] !== n) {
    const text = `x and y must have the same number of samples, got ${n} and ${y.shape[0]}`;
    throw new ShapeError(errorText(where, text));
  }
  checkProbabilities(where, "y", y);
}

/** @throws {TypeError | RangeError} unless it holds each of 0 … n − 1 once */
export function checkPermutation(where: string, permutation: unknown, n: number): readonly number[] {
  const list =
    Array.isArray(permutation) || ArrayBuffer.isView(permutation)
      ? Array.from(permutation as number[])
      : null;
  if (list === null)
    throw new TypeError(errorText(where, `permutation must be a list, got ${showValue(permutation)}`));
  const seen = new Set(list.filter((index) => Number.isInteger(index) && index >= 0 && index < n));
  if (list.length === n && seen.size === n) return list;
  const text = `permutation must hold each of 0 to ${n - 1} once, got ${showValue(list)}`;
  throw new RangeError(errorText(where, text));
}

/** Checks a mixing weight. */
export function checkLambda(where: string, lambda: unknown): number {
  return checkNumber(where, "lambda", lambda, { min: 0, max: 1 });
}

/** `λ_i·y_i + (1 − λ_i)·y_{π(i)}` row by row; rows have any size. */
export function mixRows(
  values: Float32Array | Float64Array,
  lambda: readonly number[],
  permutation: readonly number[],
): Float32Array | Float64Array {
  const row = values.length / permutation.length;
  const mixed = values.slice();
  permutation.forEach((partner, i) => {
    const weight = lambda[i]!;
    const own = i * row;
    const other = partner * row;
    for (let j = 0; j < row; j++)
      mixed[own + j] = weight * values[own + j]! + (1 - weight) * values[other + j]!;
  });
  return mixed;
}
