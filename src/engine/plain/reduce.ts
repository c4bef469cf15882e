/**
 * Sums, extremes and softmax as loops. A tensor is seen as `[outer, axis, inner]`: the axis that disappears, what is before
 * it and what is after it.
 */
import type { Reduction } from "../interface.js";
import type { Numbers } from "../span.js";

/** `y[o, i] = reduction over a of x[o, a, i]`; sums in float64, in order. */
export function reduceLoop(
  operation: Reduction,
  y: Numbers,
  x: Numbers,
  outer: number,
  axis: number,
  inner: number,
): void {
  if (inner > 1 && (operation === "sum" || operation === "mean")) {
    const factor = operation === "sum" ? 1 : 1 / axis;
    for (let o = 0; o < outer; o++) sumRows(y, x, o, axis, inner, factor);
    return;
  }
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      y[o * inner + i] = reduceOne(operation, x, o * axis * inner + i, axis, inner);
    }
  }
}

/** Sums the rows of one `[axis, inner]` block, walking memory in order. */
function sumRows(y: Numbers, x: Numbers, o: number, axis: number, inner: number, factor: number): void {
  const sums = new Float64Array(inner);
  let k = o * axis * inner;
  for (let a = 0; a < axis; a++) for (let i = 0; i < inner; i++, k++) sums[i] = sums[i]! + x[k]!;
  for (let i = 0; i < inner; i++) y[o * inner + i] = sums[i]! * factor;
}

function reduceOne(operation: Reduction, x: Numbers, start: number, count: number, step: number): number {
  let result = 0;
  switch (operation) {
    case "sum":
      for (let k = 0, i = start; k < count; k++, i += step) result += x[i]!;
      return result;
    case "mean":
      for (let k = 0, i = start; k < count; k++, i += step) result += x[i]!;
      return result / count;
    case "sumOfSquares":
      for (let k = 0, i = start; k < count; k++, i += step) result += x[i]! * x[i]!;
      return result;
    case "sumOfAbs":
      for (let k = 0, i = start; k < count; k++, i += step) result += Math.abs(x[i]!);
      return result;
    case "max": // NaN when one of them is NaN
      result = -Infinity;
      for (let k = 0, i = start; k < count; k++, i += step) result = Math.max(result, x[i]!);
      return result;
    case "min":
      result = Infinity;
      for (let k = 0, i = start; k < count; k++, i += step) result = Math.min(result, x[i]!);
      return result;
  }
}

/** `y[c] (+)= Σ_{n,i} x[n, c, i]`. */
export function channelSumLoop(
  y: Numbers,
  x: Numbers,
  n: number,
  channels: number,
  inner: number,
  accumulate: boolean,
): void {
  const sums = new Float64Array(channels);
  let position = 0;
  for (let image = 0; image < n; image++) {
    for (let c = 0; c < channels; c++) {
      let sum = sums[c]!;
      for (const end = position + inner; position < end; position++) sum += x[position]!;
      sums[c] = sum;
    }
  }
  for (let c = 0; c < channels; c++) y[c] = accumulate ? y[c]! + sums[c]! : sums[c]!;
}

/** Softmax, or its logarithm, along axis: the largest value is subtracted first, so nothing overflows. */
export function softmaxLoop(
  logarithm: boolean,
  y: Numbers,
  x: Numbers,
  outer: number,
  axis: number,
  inner: number,
): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * axis * inner + i;
      const end = start + axis * inner;
      let largest = -Infinity;
      for (let k = start; k < end; k += inner) largest = Math.max(largest, x[k]!);
      let sum = 0;
      for (let k = start; k < end; k += inner) sum += Math.exp(x[k]! - largest);
      if (logarithm) {
        const log = Math.log(sum);
        for (let k = start; k < end; k += inner) y[k] = x[k]! - largest - log;
      } else {
        for (let k = start; k < end; k += inner) y[k] = Math.exp(x[k]! - largest) / sum;
      }
    }
  }
}

/**
 * softmax: `dx = y·(dy − Σ dy·y)`. logSoftmax: `dx = dy − e^y · Σ dy`. Sums along axis.
 */
export function softmaxGradLoop(
  logarithm: boolean,
  dx: Numbers,
  dy: Numbers,
  y: Numbers,
  outer: number,
  axis: number,
  inner: number,
): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * axis * inner + i;
      const end = start + axis * inner;
      let sum = 0;
      if (logarithm) {
        for (let k = start; k < end; k += inner) sum += dy[k]!;
        for (let k = start; k < end; k += inner) dx[k] = dy[k]! - Math.exp(y[k]!) * sum;
      } else {
        for (let k = start; k < end; k += inner) sum += dy[k]! * y[k]!;
        for (let k = start; k < end; k += inner) dx[k] = y[k]! * (dy[k]! - sum);
      }
    }
  }
}

/** `losses[i] = log Σ_k e^{logits[i,k]} − logits[i, class]`, and the probabilities for the gradient. */
export function crossEntropyLoop(
  losses: Numbers,
  probabilities: Numbers,
  logits: Numbers,
  classes: Int32Array,
  rows: number,
  columns: number,
): void {
  for (let i = 0; i < rows; i++) {
    const start = i * columns;
    let largest = -Infinity;
    for (let k = 0; k < columns; k++) largest = Math.max(largest, logits[start + k]!);
    let sum = 0;
    for (let k = 0; k < columns; k++) {
      const e = Math.exp(logits[start + k]! - largest);
      probabilities[start + k] = e;
      sum += e;
    }
    for (let k = 0; k < columns; k++) probabilities[start + k] = probabilities[start + k]! / sum;
    losses[i] = Math.log(sum) + largest - logits[start + classes[i]!]!;
  }
}

/** `d = factor · (probabilities − oneHot(classes))`. */
export function crossEntropyGradLoop(
  d: Numbers,
  probabilities: Numbers,
  classes: Int32Array,
  rows: number,
  columns: number,
  factor: number,
): void {
  for (let i = 0; i < rows * columns; i++) d[i] = factor * probabilities[i]!;
  for (let i = 0; i < rows; i++) {
    const k = i * columns + classes[i]!;
    d[k] = factor * (probabilities[k]! - 1);
  }
}

/** `factor · Σ (prediction − target)²`. */
export function squaredErrorLoop(prediction: Numbers, target: Numbers, factor: number): number {
  let sum = 0;
  for (let i = 0; i < prediction.length; i++) {
    const error = prediction[i]! - target[i]!;
    sum += error * error;
  }
  return factor * sum;
}

/** `d = factor · (prediction − target)`. */
export function squaredErrorGradLoop(d: Numbers, prediction: Numbers, target: Numbers, factor: number): void {
  for (let i = 0; i < d.length; i++) d[i] = factor * (prediction[i]! - target[i]!);
}
