import {
  checkChoice,
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  showValue,
} from "../errors.js";
import { type Random, randomOption } from "../random.js";
import { Tensor } from "../tensor/tensor.js";
import { checkLambda, checkPermutation, checkSoftLabels, imagesLike, mixRows } from "./images.js";

export interface MixupOptions {
  /** Parameter of Beta(α, α), greater than 0; default 1 (uniform λ). Small: mostly near 0 or 1. */
  readonly alpha?: number;
  /** Fixes λ instead of drawing it. */
  readonly lambda?: number;
  /** Fixes the partners: sample i is mixed with sample permutation[i]. */
  readonly permutation?: readonly number[];
  /** One λ for the whole batch (the paper) or one for each sample; default "batch". */
  readonly per?: "batch" | "sample";
  /** Default the shared generator. */
  readonly random?: Random;
}

/** A mixed batch with all that was drawn. */
export interface Mixed {
  readonly x: Tensor;
  readonly y: Tensor;
  /** Share of the sample itself in its mixture; a list with `per: "sample"`. */
  readonly lambda: number | number[];
  readonly permutation: number[];
}

/** What mixup and CutMix draw in common: λ for each sample, and partners. */
export function drawMixing(
  where: string,
  n: number,
  options: MixupOptions,
): { lambda: number[]; permutation: number[]; random: Random } {
  const { alpha = 1, lambda, permutation, per = "batch", random } = options;
  checkNumber(where, "alpha", alpha, { above: 0 });
  checkChoice(where, "per", per, ["batch", "sample"]);
  if (lambda !== undefined && options.alpha !== undefined) {
    const text = `alpha has no effect when lambda is given, got alpha ${alpha} and lambda ${showValue(lambda)}`;
    throw new TypeError(errorText(where, text, "", "drop one of them"));
  }
  const generator = randomOption(where, random);
  const draw = (): number =>
    lambda === undefined ? generator.beta(alpha, alpha) : checkLambda(where, lambda);
  const drawn = per === "batch" ? new Array<number>(n).fill(draw()) : Array.from({ length: n }, draw);
  const partners =
    permutation === undefined ? generator.permutation(n) : checkPermutation(where, permutation, n);
  return { lambda: drawn, permutation: [...partners], random: generator };
}

/**
 * mixup: every sample is blended with a random partner, and so is its label.
 *
 * `x̃_i = λ·x_i + (1 − λ)·x_π(i)`, `ỹ_i = λ·y_i + (1 − λ)·y_π(i)`, λ ~ Beta(α, α), π a random permutation.
 *
 * One λ a batch as in the paper's code; no λ = max(λ, 1 − λ) trick, no label smoothing on top. A label of ½ cat, ½ dog is the case
 * λ = ½, one draw among many.
 *
 * @param x any shape [N, …]
 * @param y probabilities [N, K]
 * @param options.alpha default 1; the paper uses 1 for CIFAR, 0.2 to 0.4 for ImageNet
 * @param options.lambda, options.permutation fix what would be drawn
 * @param options.per "batch" or "sample"; default "batch"
 * @param options.random default the shared generator
 * @returns the mixed batch, λ and the partners
 * @throws {ShapeError} when y holds class numbers (convert with `data.oneHot`) or another number of samples
 * @throws {RangeError} when λ or y is outside [0, 1] or α ≤ 0
 * @see Zhang, Cisse, Dauphin and Lopez-Paz 2018, arXiv:1710.09412
 * @example
 * const mixed = regularization.mixup(tensor([[0], [8]]), tensor([[1, 0], [0, 1]]), { lambda: 0.75, permutation: [1, 0] });
 * mixed.x.toArray() // [[2], [6]]
 * mixed.y.toArray() // [[0.75, 0.25], [0.25, 0.75]]
 */
export function mixup(x: Tensor, y: Tensor, options: MixupOptions = {}): Mixed {
  checkOptions("mixup", options);
  const { alpha: _a, lambda: _l, permutation: _p, per = "batch", random: _r, ...rest } = options;
  rejectUnknownOptions("mixup", rest, ["alpha", "lambda", "permutation", "per", "random"]);
  if (!(x instanceof Tensor) || x.ndim === 0)
    throw new TypeError(errorText("mixup", `x must be a tensor [N, …], got ${showValue(x)}`));
  const n = x.shape[0]!;
  checkSoftLabels("mixup", y, n);
  const { lambda, permutation } = drawMixing("mixup", n, options);
  return {
    x: imagesLike(x, mixRows(x.data, lambda, permutation)),
    y: imagesLike(y, mixRows(y.data, lambda, permutation)),
    lambda: per === "batch" ? (lambda[0] ?? 1) : lambda,
    permutation,
  };
}
