import { arraySpan, newArray, numbers } from "../engine/engine.js";
import { errorText, ShapeError, showShape } from "../errors.js";
import { Tensor } from "../tensor/tensor.js";

/** Inputs and targets of some samples; the first axis of both counts the samples. */
export interface Samples {
  /** shape `[n, ...]` */
  readonly x: Tensor;
  /** shape `[n, ...]`; class indices have shape `[n]` */
  readonly y: Tensor;
}

/**
 * A source of samples that is not held in two tensors: images read or augmented when they are needed.
 * Two tensors `{x, y}` need no Dataset: {@link DataLoader} takes them as they are.
 */
export interface Dataset {
  /** Number of samples. */
  readonly length: number;
  /** The samples with these indices, in this order, as one batch. */
  batch(indices: Int32Array): Samples;
}

/**
 * Number of samples in x and y.
 *
 * @throws {ShapeError} when they have no axis for samples, or count differently
 */
export function checkSamples(where: string, { x, y }: Samples): number {
  const shapes = `x ${showShape(x.shape)}, y ${showShape(y.shape)}`;
  const [n] = x.shape;
  if (n === undefined || y.shape[0] === undefined)
    throw new ShapeError(
      errorText(where, "x and y must have a first axis that counts the samples, got a scalar", shapes),
    );
  if (y.shape[0] !== n)
    throw new ShapeError(
      errorText(where, `x and y must have the same number of samples, got ${n} and ${y.shape[0]}`, shapes),
    );
  return n;
}

/** The rows with these indices, copied: `[n, ...rest] -> [indices.length, ...rest]`. Records no gradient. */
export function takeRows(source: Tensor, indices: Int32Array): Tensor {
  const [n, ...rest] = source.shape;
  const width = n === 0 ? 0 : source.size / n!;
  const from = numbers(source.span);
  const to = newArray(source.dtype, indices.length * width);
  if (width === 1) for (let i = 0; i < indices.length; i++) to[i] = from[indices[i]!]!;
  else
    for (let i = 0; i < indices.length; i++) {
      const start = indices[i]! * width;
      to.set(from.subarray(start, start + width), i * width);
    }
  return new Tensor(arraySpan(to), [indices.length, ...rest]);
}
