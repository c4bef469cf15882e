import { isRecording } from "../autograd/gradMode.js";
import type { PoolGeometry } from "../engine/engine.js";
import { engine, newSpan, numbers } from "../engine/engine.js";
import { checkOptions, rejectUnknownOptions } from "../errors.js";
import { accumulate, newGradient } from "../tensor/accumulate.js";
import { defineOperation, record } from "../tensor/record.js";
import type { Tensor } from "../tensor/tensor.js";
import { type PoolOptions, poolGeometry } from "./pool.js";
import { maxPoolForward, maxPoolGradient } from "./poolNd.js";
import { type PerAxis, product } from "./shape.js";

/** Options of maxPool1d, maxPool2d and maxPool3d. */
export interface MaxPoolOptions extends PoolOptions {
  /** Elements from one tap to the next; default 1. */
  readonly dilation?: PerAxis;
}

interface Saved {
  /** Position in the input of each window's winner. */
  readonly winners: Int32Array;
  readonly geometry: PoolGeometry;
}

/**
 * Arrays of winners whose record is used up, by length: a training step asks for the same lengths as the one before, and new
 * memory costs more than finding the winners.
 */
const spare: Map<number, Int32Array[]> = new Map();

function takeWinners(length: number): Int32Array {
  return spare.get(length)?.pop() ?? new Int32Array(length);
}

function giveBackWinners(winners: Int32Array): void {
  if (spare.size > 16) spare.clear();
  const list = spare.get(winners.length) ?? [];
  if (list.length < 4) list.push(winners);
  spare.set(winners.length, list);
}

const maxPoolOperation = defineOperation<Saved>(
  "maxPool",
  (inputs, dy, { winners, geometry }) => {
    const input = inputs[0]!;
    const dx = newGradient(input);
    if (!engine.poolGrad("max", dx, dy, winners, geometry))
      maxPoolGradient(numbers(dx), numbers(dy), winners);
    giveBackWinners(winners); // a record runs once
    accumulate(input, dx);
  },
  false,
);

function maxPoolNd(axes: number, input: Tensor, options: MaxPoolOptions): Tensor {
  const where = `maxPool${axes}d`;
  checkOptions(where, options);
  const { kernelSize, stride, padding, dilation, ...rest } = options;
  rejectUnknownOptions(where, rest, ["kernelSize", "stride", "padding", "dilation"]);
  const { geometry, shape } = poolGeometry(where, axes, input, options);
  const y = newSpan(input.dtype, product(shape));
  const winners = isRecording() && input.requiresGrad ? takeWinners(y.length) : null;
  if (!engine.pool("max", y, winners, input.span, geometry))
    maxPoolForward(numbers(y), winners, numbers(input.span), geometry);
  return record(maxPoolOperation, y, shape, [input], { winners, geometry });
}

/**
 * The largest element of each window.
 *
 * `out[n, c, x] = max_k input[n, c, x·stride + k·dilation − padding]`, padding counts as −∞
 *
 * In the backward pass the winner of a window gets its whole gradient; of equal elements the first one wins. A NaN in the
 * window is the result.
 *
 * @param input shape `[N, C, L]` or `[C, L]`
 * @param options.kernelSize size of the window
 * @param options.stride default `kernelSize`
 * @param options.padding at most half of `kernelSize`; default 0
 * @param options.dilation default 1
 * @returns shape `[N, C, outL]`, `outL = ⌊(L + 2·padding − dilation·(kernelSize − 1) − 1) / stride⌋ + 1`
 * @throws {ShapeError} when the window does not fit
 * @example
 * conv.maxPool1d(tensor([[1, 3, 2, 5, 4, 0]]), { kernelSize: 2 }).toArray() // [[3, 5, 4]]
 */
export function maxPool1d(input: Tensor, options: MaxPoolOptions): Tensor {
  return maxPoolNd(1, input, options);
}

/**
 * The largest element of each window of an image; everything as in {@link maxPool1d}.
 *
 * @param input shape `[N, C, H, W]` or `[C, H, W]`
 * @param options as in {@link maxPool1d}, numbers or `[vertical, horizontal]`
 * @returns shape `[N, C, outH, outW]`
 * @throws {ShapeError} when the window does not fit
 * @example
 * conv.maxPool2d(tensor([[[1, 2], [3, 4]]]), { kernelSize: 2 }).toArray() // [[[4]]]
 */
export function maxPool2d(input: Tensor, options: MaxPoolOptions): Tensor {
  return maxPoolNd(2, input, options);
}

/**
 * The largest element of each window of a volume; everything as in {@link maxPool1d}.
 *
 * @param input shape `[N, C, D, H, W]` or `[C, D, H, W]`
 * @param options as in {@link maxPool1d}, numbers or one per axis
 * @returns shape `[N, C, outD, outH, outW]`
 * @throws {ShapeError} when the window does not fit
 * @example
 * conv.maxPool3d(ones([1, 2, 4, 4, 4]), { kernelSize: 2 }).shape // [1, 2, 2, 2, 2]
 */
export function maxPool3d(input: Tensor, options: MaxPoolOptions): Tensor {
  return maxPoolNd(3, input, options);
}
