/** Softmax and its relatives, computed so that no exponential overflows. */
import { engine, newSpan, numbers, type Span } from "../engine/engine.js";
import { checkOptions, errorText, rejectUnknownOptions } from "../errors.js";
import { accumulate, newGradient } from "./accumulate.js";
import { permute } from "./movement.js";
import { defineOperation, record, type TensorOperation } from "./record.js";
import type { ReduceOptions } from "./reduce.js";
import { checkDim, checkDims, reducedShape, sizeOf } from "./shape.js";
import type { Tensor } from "./tensor.js";

export interface SoftmaxOptions {
  /** The dimension whose elements become probabilities; default -1, the last. */
  readonly dim?: number;
}

interface SavedSoftmax {
  readonly logarithm: boolean;
  readonly y: Span;
  readonly outer: number;
  readonly axis: number;
  readonly inner: number;
}

function softmaxBackward(inputs: readonly Tensor[], dy: Span, saved: SavedSoftmax): void {
  const x = inputs[0] as Tensor;
  const dx = newGradient(x);
  engine.softmaxGrad(saved.logarithm, dx, dy, saved.y, saved.outer, saved.axis, saved.inner);
  accumulate(x, dx);
}

const softmaxOperation = defineOperation<SavedSoftmax>("softmax", softmaxBackward);
const logSoftmaxOperation = defineOperation<SavedSoftmax>("logSoftmax", softmaxBackward);

function along(
  name: string,
  operation: TensorOperation,
  logarithm: boolean,
  x: Tensor,
  options: SoftmaxOptions,
): Tensor {
  checkOptions(name, options);
  const { dim = -1, ...rest } = options;
  rejectUnknownOptions(name, rest, ["dim"]);
  const at = checkDim(name, dim, x.ndim);
  const outer = sizeOf(x.shape.slice(0, at));
  const axis = x.shape[at] as number;
  const inner = sizeOf(x.shape.slice(at + 1));
  const y = newSpan(x.dtype, x.size);
  engine.softmax(logarithm, y, x.span, outer, axis, inner);
  return record(operation, y, x.shape, [x], { logarithm, y, outer, axis, inner });
}

/**
 * `e^{x_i} / Σ_j e^{x_j}`: positive numbers with sum 1 along a dimension.
 *
 * @param options.dim default -1 (PyTorch has no default)
 * @example
 * softmax(tensor([0, 0])).toArray() // [0.5, 0.5]
 */
export function softmax(x: Tensor, options: SoftmaxOptions = {}): Tensor {
  return along("softmax", softmaxOperation, false, x, options);
}

/**
 * The logarithm of `softmax`, `x_i − log Σ_j e^{x_j}`, accurate also where the probability underflows.
 *
 * @param options.dim default -1
 * @example
 * logSoftmax(tensor([1000, 0])).toArray() // [0, -1000]
 */
export function logSoftmax(x: Tensor, options: SoftmaxOptions = {}): Tensor {
  return along("logSoftmax", logSoftmaxOperation, true, x, options);
}

interface SavedLogSumExp {
  readonly x: Span;
  readonly y: Span;
  readonly outer: number;
  readonly axis: number;
}

/** ∂y/∂x_i = e^{x_i − y}, the softmax. */
const logSumExpOperation = defineOperation<SavedLogSumExp>("logSumExp", ([t], dy, saved) => {
  const input = t as Tensor;
  const { outer, axis } = saved;
  const dx = newGradient(input);
  const [d, g, x, y] = [numbers(dx), numbers(dy), numbers(saved.x), numbers(saved.y)];
  for (let o = 0, k = 0; o < outer; o++) {
    for (let a = 0; a < axis; a++, k++) d[k] = y[o] === -Infinity ? 0 : g[o]! * Math.exp(x[k]! - y[o]!);
  }
  accumulate(input, dx);
});

/**
 * `log Σ e^{x_i}`, a smooth maximum; the largest element is subtracted first, so nothing overflows.
 *
 * @param options.dim dimension or dimensions; default all
 * @param options.keepDim keep them with size 1; default false
 * @example
 * logSumExp(tensor([1000, -1000])).item() // 1000
 */
export function logSumExp(x: Tensor, options: ReduceOptions = {}): Tensor {
  checkOptions("logSumExp", options);
  const { dim, keepDim = false, ...rest } = options;
  rejectUnknownOptions("logSumExp", rest, ["dim", "keepDim"]);
  const dims = checkDims("logSumExp", dim, x.ndim);
  const others = Array.from({ length: x.ndim }, (_, i) => i).filter((i) => !dims.includes(i));
  const moved = dims.every((one, i) => one === x.ndim - dims.length + i) ? x : permute(x, ...others, ...dims);
  const outer = sizeOf(others.map((i) => x.shape[i] as number));
  const axis = sizeOf(dims.map((i) => x.shape[i] as number));
  if (axis === 0) {
    throw new RangeError(
      errorText("logSumExp", "needs at least one element", `shape [${x.shape.join(", ")}]`),
    );
  }
  const y = newSpan(x.dtype, outer);
  const [out, values] = [numbers(y), numbers(moved.span)];
  for (let o = 0; o < outer; o++) {
    let largest = -Infinity;
    for (let k = o * axis; k < (o + 1) * axis; k++) largest = Math.max(largest, values[k]!);
    let total = 0;
    // Infinities are their own answer: ∞ − ∞ would make NaN of them.
    if (Number.isFinite(largest)) {
      for (let k = o * axis; k < (o + 1) * axis; k++) total += Math.exp(values[k]! - largest);
      out[o] = largest + Math.log(total);
    } else out[o] = largest;
  }
  const saved: SavedLogSumExp = { x: moved.span, y, outer, axis };
  return record(logSumExpOperation, y, reducedShape(x.shape, dims, keepDim), [moved], saved);
}
