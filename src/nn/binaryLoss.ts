import { numbers } from "../engine/engine.js";
import { checkNumber, checkOptions, errorText, rejectUnknownOptions, showValue } from "../errors.js";
import type { Tensor } from "../tensor/tensor.js";
import {
  checkPair,
  checkReduction,
  defineElementLoss,
  elementLoss,
  type LossOptions,
} from "./elementLoss.js";

/** log(1 + eˣ) without overflow. */
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const sigmoid = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

// −[w·t·log σ(x) + (1 − t)·log(1 − σ(x))] with log σ(x) = −softplus(−x) and log(1 − σ(x)) = −softplus(x)
const logisticTerms = defineElementLoss(
  "binaryCrossEntropyWithLogits",
  (x, t, w) => w * t * softplus(-x) + (1 - t) * softplus(x),
  (x, t, w) => (1 - t) * sigmoid(x) - w * t * sigmoid(-x),
  (x, _, w) => w * softplus(-x) - softplus(x),
);

/** Options of {@link binaryCrossEntropyWithLogits}. */
export interface BinaryCrossEntropyOptions extends LossOptions {
  /** Factor on the terms of positive samples (target 1), above 1 when they are rare; default 1. */
  readonly positiveWeight?: number;
}

/**
 * Cross-entropy of yes-or-no questions, from logits: `−[w·t·log σ(x) + (1 − t)·log(1 − σ(x))]`, computed without σ, so that no logit
 * is too large.
 *
 * @param logits any shape
 * @param target the same shape, probabilities from 0 to 1
 * @param options.positiveWeight w, default 1
 * @param options.reduction "mean", "sum" or "none"; default "mean"
 * @throws {ShapeError} when the shapes differ; {RangeError} when a target is outside [0, 1]
 * @example
 * nn.binaryCrossEntropyWithLogits(tensor([0, 1000]), tensor([1, 1])).item() // 0.34657…
 */
export function binaryCrossEntropyWithLogits(
  logits: Tensor,
  target: Tensor,
  options: BinaryCrossEntropyOptions = {},
): Tensor {
  const where = "binaryCrossEntropyWithLogits";
  checkOptions(where, options);
  const { positiveWeight = 1, reduction = "mean", ...rest } = options;
  rejectUnknownOptions(where, rest, ["positiveWeight", "reduction"]);
  checkNumber(where, "positiveWeight", positiveWeight, { above: 0 });
  checkReduction(where, reduction);
  checkPair(where, logits, target);
  const wrong = numbers(target.span).findIndex((t) => !(t >= 0 && t <= 1));
  if (wrong >= 0)
    throw new RangeError(
      errorText(
        where,
        `target must be from 0 to 1, got ${showValue(numbers(target.span)[wrong])} at flat index ${wrong}`,
      ),
    );
  return elementLoss(logisticTerms, logits, target, reduction, positiveWeight);
}

const hingeTerms = defineElementLoss(
  "hingeLoss",
  (p, t) => Math.max(0, 1 - t * p),
  (p, t) => (1 - t * p > 0 ? -t : 0),
  (p, t) => (1 - t * p > 0 ? -p : 0),
);

/**
 * Hinge loss of support vector machines: `max(0, 1 − target·prediction)`. Right answers with a margin of 1 cost nothing.
 *
 * @param prediction any shape, signed scores
 * @param target the same shape, −1 or 1
 * @param options.reduction "mean", "sum" or "none"; default "mean"
 * @throws {RangeError} when a target is neither −1 nor 1; {ShapeError} when the shapes differ
 * @see Cortes and Vapnik 1995, "Support-vector networks", Machine Learning 20
 * @example
 * nn.hingeLoss(tensor([2, 0.5, -1]), tensor([1, 1, 1]), { reduction: "none" }).toArray() // [0, 0.5, 2]
 */
export function hingeLoss(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  const where = "hingeLoss";
  checkOptions(where, options);
  const { reduction = "mean", ...rest } = options;
  rejectUnknownOptions(where, rest, ["reduction"]);
  checkReduction(where, reduction);
  checkPair(where, prediction, target);
  const wrong = numbers(target.span).findIndex((t) => t !== 1 && t !== -1);
  if (wrong >= 0)
    throw new RangeError(
      errorText(
        where,
        `target must be -1 or 1, got ${showValue(numbers(target.span)[wrong])} at flat index ${wrong}`,
        "",
        "turn 0 and 1 into -1 and 1 with target.mul(2).sub(1)",
      ),
    );
  return elementLoss(hingeTerms, prediction, target, reduction, 0);
}
