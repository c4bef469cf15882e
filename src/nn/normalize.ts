// The arithmetic all normalization layers share: `y = x̂·weight + bias` with `x̂ = (x − mean) / √(variance + eps)`. They differ in
// which numbers are averaged together, and along which axis weight and bias lie. Batch, group, instance and layer norm
// each describe that in a layout.
import { type Numbers, newArray, newSpan, numbers } from "../engine/engine.js";
import { errorText, ShapeError, showShape, showValue } from "../errors.js";
import { accumulate, newGradient } from "../tensor/accumulate.js";
import { defineOperation, record } from "../tensor/record.js";
import { Tensor } from "../tensor/tensor.js";

/** Which numbers belong together, all in positions of the flat array. */
export interface NormLayout {
  /** Groups of numbers that are normalized together. */
  readonly groups: number;
  /** First position of group g is `g · groupStep`. */
  readonly groupStep: number;
  /** A group has `runs` stretches of `runLength` numbers, `runStep` apart. */
  readonly runs: number;
  readonly runStep: number;
  readonly runLength: number;
  /** Number i is scaled by `weight[⌊i / affineInner⌋ mod affineSize]`. */
  readonly affineInner: number;
  readonly affineSize: number;
}

/** Mean and biased variance of each group. */
export interface Statistics {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Two passes: E[x²] − E[x]² loses all digits when the mean is large. */
export function statisticsOf(
  x: Numbers,
  { groups, groupStep, runs, runStep, runLength }: NormLayout,
): Statistics {
  const mean = new Float64Array(groups);
  const variance = new Float64Array(groups);
  const count = runs * runLength;
  for (let g = 0; g < groups; g++) {
    let sum = 0;
    for (let r = 0, start = g * groupStep; r < runs; r++, start += runStep)
      for (let i = start; i < start + runLength; i++) sum += x[i]!;
    const center = sum / count;
    let squares = 0;
    for (let r = 0, start = g * groupStep; r < runs; r++, start += runStep)
      for (let i = start; i < start + runLength; i++) squares += (x[i]! - center) ** 2;
    mean[g] = center;
    variance[g] = squares / count;
  }
  return { mean, variance };
}

interface Saved {
  readonly normalized: Numbers;
  readonly inverseStd: Float64Array;
  readonly weight: Tensor["span"] | null;
  readonly layout: NormLayout;
  /** Whether mean and variance were computed from the input, so that they pass gradient to it. */
  readonly fromInput: boolean;
}

/**
 * With `d = dy·weight`: `dx = (d − mean(d) − x̂·mean(d·x̂)) / std`, the means over the group; `d / std` for fixed statistics.
 * `dweight = Σ dy·x̂`, `dbias = Σ dy`.
 */
const normOperation = defineOperation<Saved>(
  "norm",
  (inputs, dy, { normalized, inverseStd, weight, layout, fromInput }) => {
    const [input, scale, shift] = inputs as [Tensor, Tensor | undefined, Tensor | undefined];
    const upstream = numbers(dy);
    const { affineInner, affineSize } = layout;
    if (scale !== undefined && shift !== undefined && (scale.requiresGrad || shift.requiresGrad)) {
      const dWeight = new Float64Array(affineSize);
      const dBias = new Float64Array(affineSize);
      for (
        let start = 0, k = 0;
        start < upstream.length;
        start += affineInner, k = k + 1 === affineSize ? 0 : k + 1
      )
        for (let i = start; i < start + affineInner; i++) {
          dWeight[k] = dWeight[k]! + upstream[i]! * normalized[i]!;
          dBias[k] = dBias[k]! + upstream[i]!;
        }
      pass(scale, dWeight);
      pass(shift, dBias);
    }
    if (!input.requiresGrad) return;
    const gradient = newGradient(input);
    const dx = numbers(gradient);
    const w = weight === null ? null : numbers(weight);
    for (
      let start = 0, k = 0;
      start < dx.length;
      start += affineInner, k = k + 1 === affineSize ? 0 : k + 1
    ) {
      const factor = w === null ? 1 : w[k]!;
      for (let i = start; i < start + affineInner; i++) dx[i] = upstream[i]! * factor;
    }
    backThroughStatistics(dx, normalized, inverseStd, layout, fromInput);
    accumulate(input, gradient);
  },
);

function pass(parameter: Tensor, values: Float64Array): void {
  if (!parameter.requiresGrad) return;
  const gradient = newGradient(parameter);
  numbers(gradient).set(values);
  accumulate(parameter, gradient);
}

/** Turns d into dx, in place. */
function backThroughStatistics(
  d: Numbers,
  normalized: Numbers,
  inverseStd: Float64Array,
  { groups, groupStep, runs, runStep, runLength }: NormLayout,
  fromInput: boolean,
): void {
  const count = runs * runLength;
  for (let g = 0; g < groups; g++) {
    let sum = 0;
    let product = 0;
    if (fromInput)
      for (let r = 0, start = g * groupStep; r < runs; r++, start += runStep)
        for (let i = start; i < start + runLength; i++) {
          sum += d[i]!;
          product += d[i]! * normalized[i]!;
        }
    const meanD = sum / count;
    const meanProduct = product / count;
    for (let r = 0, start = g * groupStep; r < runs; r++, start += runStep)
      for (let i = start; i < start + runLength; i++)
        d[i] = inverseStd[g]! * (d[i]! - meanD - normalized[i]! * meanProduct);
  }
}

/** One number for each place along the affine axis, or nothing. */
export interface Affine {
  readonly weight?: Tensor | undefined;
  readonly bias?: Tensor | undefined;
}

/** @throws {TypeError} or {ShapeError} unless weight and bias are both absent, or both of this shape and the input's dtype */
export function checkAffine(
  where: string,
  input: Tensor,
  { weight, bias }: Affine,
  shape: readonly number[],
): void {
  if ((weight === undefined) !== (bias === undefined))
    throw new TypeError(
      errorText(
        where,
        `weight and bias must be given together, got only ${weight === undefined ? "bias" : "weight"}`,
      ),
    );
  for (const [name, tensor] of Object.entries({ weight, bias })) {
    if (tensor === undefined) continue;
    if (!(tensor instanceof Tensor))
      throw new TypeError(errorText(where, `${name} must be a tensor, got ${showValue(tensor)}`));
    if (tensor.shape.join() !== shape.join())
      throw new ShapeError(
        errorText(
          where,
          `${name} must have shape ${showShape(shape)}, got ${showShape(tensor.shape)}`,
          `input ${showShape(input.shape)}`,
        ),
      );
    if (tensor.dtype !== input.dtype)
      throw new TypeError(
        errorText(where, `${name} must have the input's dtype ${input.dtype}, got ${tensor.dtype}`),
      );
  }
}

/**
 * Normalizes and records.
 *
 * @param statistics one mean and variance a group
 * @param fromInput false when they are constants, as in evaluation
 */
export function normalize(
  input: Tensor,
  layout: NormLayout,
  statistics: Statistics,
  eps: number,
  { weight, bias }: Affine,
  fromInput: boolean,
): Tensor {
  const x = numbers(input.span);
  const { groups, groupStep, runs, runStep, runLength, affineInner, affineSize } = layout;
  const normalized = newArray(input.dtype, input.size);
  const inverseStd = statistics.variance.map((variance) => 1 / Math.sqrt(variance + eps));
  for (let g = 0; g < groups; g++)
    for (let r = 0, start = g * groupStep; r < runs; r++, start += runStep)
      for (let i = start; i < start + runLength; i++)
        normalized[i] = (x[i]! - statistics.mean[g]!) * inverseStd[g]!;
  const span = newSpan(input.dtype, input.size);
  const y = numbers(span);
  if (weight === undefined || bias === undefined) y.set(normalized);
  else {
    const w = numbers(weight.span);
    const b = numbers(bias.span);
    for (let start = 0, k = 0; start < y.length; start += affineInner, k = k + 1 === affineSize ? 0 : k + 1)
      for (let i = start; i < start + affineInner; i++) y[i] = normalized[i]! * w[k]! + b[k]!;
  }
  const inputs = weight === undefined || bias === undefined ? [input] : [input, weight, bias];
  const saved: Saved = { normalized, inverseStd, weight: weight?.span ?? null, layout, fromInput };
  return record(normOperation, span, input.shape, inputs, saved);
}
