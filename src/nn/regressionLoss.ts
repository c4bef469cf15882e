import { checkNumber, checkOptions, rejectUnknownOptions } from "../errors.js";
import { squaredError } from "../tensor/loss.js";
import type { Tensor } from "../tensor/tensor.js";
import {
  checkPair,
  checkReduction,
  defineElementLoss,
  elementLoss,
  type LossOptions,
} from "./elementLoss.js";

const squaredTerms = defineElementLoss(
  "mseLoss",
  (p, t) => (p - t) * (p - t),
  (p, t) => 2 * (p - t),
  (p, t) => 2 * (t - p),
);

/**
 * Mean squared error: `mean((prediction − target)²)`.
 *
 * @param prediction any shape
 * @param target the same shape; `[n]` against `[n, 1]` is an error, since broadcasting it would compare all pairs
 * @param options.reduction "mean", "sum" or "none"; default "mean"
 * @returns a scalar, or the shape of the prediction with "none"
 * @throws {ShapeError} when the shapes differ
 * @example
 * nn.mseLoss(tensor([1, 2]), tensor([1, 4])).item() // 2
 */
export function mseLoss(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkOptions("mseLoss", options);
  const { reduction = "mean", ...rest } = options;
  rejectUnknownOptions("mseLoss", rest, ["reduction"]);
  checkReduction("mseLoss", reduction);
  checkPair("mseLoss", prediction, target);
  if (reduction === "none") return elementLoss(squaredTerms, prediction, target, reduction, 0);
  return squaredError(prediction, target, reduction === "mean" ? 1 / prediction.size : 1);
}

const absoluteTerms = defineElementLoss(
  "l1Loss",
  (p, t) => Math.abs(p - t),
  (p, t) => Math.sign(p - t),
  (p, t) => Math.sign(t - p),
);

/**
 * Mean absolute error: `mean(|prediction − target|)`. The gradient where both are equal is 0.
 *
 * @param prediction any shape, @param target the same shape
 * @param options.reduction "mean", "sum" or "none"; default "mean"
 * @throws {ShapeError} when the shapes differ
 * @example
 * nn.l1Loss(tensor([1, 2]), tensor([1, 4])).item() // 1
 */
export function l1Loss(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkOptions("l1Loss", options);
  const { reduction = "mean", ...rest } = options;
  rejectUnknownOptions("l1Loss", rest, ["reduction"]);
  checkReduction("l1Loss", reduction);
  checkPair("l1Loss", prediction, target);
  return elementLoss(absoluteTerms, prediction, target, reduction, 0);
}

const clampSlope = (difference: number, delta: number): number =>
  Math.abs(difference) <= delta ? difference : delta * Math.sign(difference);

const huberTerms = defineElementLoss(
  "huberLoss",
  (p, t, delta) => {
    const distance = Math.abs(p - t);
    return distance <= delta ? 0.5 * distance * distance : delta * (distance - 0.5 * delta);
  },
  (p, t, delta) => clampSlope(p - t, delta),
  (p, t, delta) => clampSlope(t - p, delta),
);

/** Options of {@link huberLoss}. */
export interface HuberOptions extends LossOptions {
  /** δ, distance at which the parabola becomes a line; default 1. */
  readonly delta?: number;
}

/**
 * Huber's loss: a parabola near the target, a line far away, so that outliers pull with constant force.
 *
 * With `d = |prediction − target|`: `½d²` for `d ≤ δ`, otherwise `δ(d − ½δ)`.
 *
 * @param prediction any shape, @param target the same shape
 * @param options.delta δ, default 1
 * @param options.reduction "mean", "sum" or "none"; default "mean"
 * @throws {ShapeError} when the shapes differ; {RangeError} when δ is not positive
 * @see Huber 1964, "Robust estimation of a location parameter", Annals of Mathematical Statistics 35
 * @example
 * nn.huberLoss(tensor([0.5, 3]), tensor([0, 0]), { reduction: "none" }).toArray() // [0.125, 2.5]
 */
export function huberLoss(prediction: Tensor, target: Tensor, options: HuberOptions = {}): Tensor {
  checkOptions("huberLoss", options);
  const { delta = 1, reduction = "mean", ...rest } = options;
  rejectUnknownOptions("huberLoss", rest, ["delta", "reduction"]);
  checkNumber("huberLoss", "delta", delta, { above: 0 });
  checkReduction("huberLoss", reduction);
  checkPair("huberLoss", prediction, target);
  return elementLoss(huberTerms, prediction, target, reduction, delta);
}
