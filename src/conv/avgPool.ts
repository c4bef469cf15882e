import { engine, newSpan, numbers, type PoolGeometry } from "../engine/engine.js";
import {
  checkBoolean,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  ShapeError,
  showShape,
} from "../errors.js";
import { accumulate, newGradient } from "../tensor/accumulate.js";
import { defineOperation, record } from "../tensor/record.js";
import { mean } from "../tensor/reduce.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkTensor } from "./operands.js";
import { type PoolOptions, poolGeometry } from "./pool.js";
import { averageDivisors, averagePoolForward, averagePoolGradient } from "./poolNd.js";
import { product } from "./shape.js";

/** Options of avgPool1d, avgPool2d and avgPool3d. */
export interface AvgPoolOptions extends PoolOptions {
  /** Whether the zeros of the padding count as elements of the mean; default true, as in PyTorch. */
  readonly countIncludePad?: boolean;
}

interface Saved {
  readonly geometry: PoolGeometry;
  readonly countIncludePad: boolean;
}

const avgPoolOperation = defineOperation<Saved>(
  "avgPool",
  (inputs, dy, { geometry, countIncludePad }) => {
    const input = inputs[0]!;
    const dx = newGradient(input);
    // The engine knows one divisor, the window's size.
    if (!(countIncludePad && engine.poolGrad("avg", dx, dy, null, geometry)))
      averagePoolGradient(numbers(dx), numbers(dy), geometry, averageDivisors(geometry, countIncludePad));
    accumulate(input, dx);
  },
  false,
);

function avgPoolNd(axes: number, input: Tensor, options: AvgPoolOptions): Tensor {
  const where = `avgPool${axes}d`;
  checkOptions(where, options);
  const { kernelSize, stride, padding, countIncludePad = true, ...rest } = options;
  rejectUnknownOptions(where, rest, ["kernelSize", "stride", "padding", "countIncludePad"]);
  checkBoolean(where, "countIncludePad", countIncludePad);
  const { geometry, shape } = poolGeometry(where, axes, input, { kernelSize, stride, padding });
  const y = newSpan(input.dtype, product(shape));
  if (!(countIncludePad && engine.pool("avg", y, null, input.span, geometry)))
    averagePoolForward(numbers(y), numbers(input.span), geometry, averageDivisors(geometry, countIncludePad));
  return record(avgPoolOperation, y, shape, [input], { geometry, countIncludePad });
}

/**
 * The mean of each window.
 *
 * `out[n, c, x] = (1 / kernelSize) · Σ_k input[n, c, x·stride + k − padding]`
 *
 * @param input shape `[N, C, L]` or `[C, L]`
 * @param options.kernelSize size of the window
 * @param options.stride default `kernelSize`
 * @param options.padding zeros on each side, at most half of `kernelSize`; default 0
 * @param options.countIncludePad whether these zeros count in the mean; default true, as in PyTorch
 * @returns shape `[N, C, outL]`, `outL = ⌊(L + 2·padding − kernelSize) / stride⌋ + 1`
 * @throws {ShapeError} when the window does not fit
 * @example
 * conv.avgPool1d(tensor([[1, 3, 2, 6]]), { kernelSize: 2 }).toArray() // [[2, 4]]
 */
export function avgPool1d(input: Tensor, options: AvgPoolOptions): Tensor {
  return avgPoolNd(1, input, options);
}

/**
 * The mean of each window of an image; everything as in {@link avgPool1d}.
 *
 * @param input shape `[N, C, H, W]` or `[C, H, W]`
 * @param options as in {@link avgPool1d}, numbers or `[vertical, horizontal]`
 * @returns shape `[N, C, outH, outW]`
 * @throws {ShapeError} when the window does not fit
 * @example
 * conv.avgPool2d(tensor([[[1, 2], [3, 4]]]), { kernelSize: 2 }).toArray() // [[[2.5]]]
 */
export function avgPool2d(input: Tensor, options: AvgPoolOptions): Tensor {
  return avgPoolNd(2, input, options);
}

/**
 * The mean of each window of a volume; everything as in {@link avgPool1d}.
 *
 * @param input shape `[N, C, D, H, W]` or `[C, D, H, W]`
 * @param options as in {@link avgPool1d}, numbers or one per axis
 * @returns shape `[N, C, outD, outH, outW]`
 * @throws {ShapeError} when the window does not fit
 * @example
 * conv.avgPool3d(ones([1, 2, 4, 4, 4]), { kernelSize: 2 }).shape // [1, 2, 2, 2, 2]
 */
export function avgPool3d(input: Tensor, options: AvgPoolOptions): Tensor {
  return avgPoolNd(3, input, options);
}

/**
 * The mean of each channel over all places: what makes a network independent of the size of its input.
 *
 * `out[n, c] = mean over all places of input[n, c, …]`. PyTorch's adaptive pooling to size 1 gives the same numbers with
 * shape `[N, C, 1, …]`.
 *
 * @param input shape `[N, C, ...spatial]`; a single image needs a batch axis, for its shape alone does not tell
 * @returns shape `[N, C]`
 * @throws {ShapeError} when there is no spatial axis
 * @example
 * conv.globalAvgPool(tensor([[[1, 2, 3], [5, 5, 5]]])).toArray() // [[2, 5]]
 */
export function globalAvgPool(input: Tensor): Tensor {
  checkTensor("globalAvgPool", "input", input);
  if (input.ndim < 3)
    throw new ShapeError(
      errorText("globalAvgPool", `input must have shape [N, C, ...spatial], got ${showShape(input.shape)}`),
    );
  return mean(input, { dim: input.shape.map((_, axis) => axis).slice(2) });
}
