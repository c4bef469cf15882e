// What the losses that compare number with number have in common: one record for the whole loss, the reduction, and the
// checks. A loss gives its term and the term's slope; the loops are here.
import { type Numbers, newSpan, numbers } from "../engine/engine.js";
import { checkChoice, errorText, ShapeError, showShape, showValue } from "../errors.js";
import { accumulate, newGradient } from "../tensor/accumulate.js";
import { defineOperation, record, type TensorOperation } from "../tensor/record.js";
import { sameShape } from "../tensor/shape.js";
import { Tensor } from "../tensor/tensor.js";

/** How the terms of a loss become its value: their mean, their sum, or no reduction. */
export type Reduction = "mean" | "sum" | "none";

/** The one option all losses have. */
export interface LossOptions {
  /** "mean" over all terms, "sum", or "none" for one number a term; default "mean". */
  readonly reduction?: Reduction;
}

export function checkReduction(where: string, reduction: unknown): void {
  checkChoice(where, "reduction", reduction, ["mean", "sum", "none"]);
}

/** @throws {TypeError} unless both are tensors of one dtype; {ShapeError} unless they have the same, nonempty shape */
export function checkPair(where: string, prediction: unknown, target: unknown): void {
  if (!(prediction instanceof Tensor))
    throw new TypeError(errorText(where, `prediction must be a tensor, got ${showValue(prediction)}`));
  if (!(target instanceof Tensor))
    throw new TypeError(errorText(where, `target must be a tensor, got ${showValue(target)}`));
  if (!sameShape(prediction.shape, target.shape))
    throw new ShapeError(
      errorText(
        where,
        "prediction and target must have the same shape",
        `prediction ${showShape(prediction.shape)}, target ${showShape(target.shape)}`,
        prediction.size === target.size ? `use target.reshape(${prediction.shape.join(", ")})` : "",
      ),
    );
  if (prediction.dtype !== target.dtype)
    throw new TypeError(
      errorText(
        where,
        `prediction and target must have one dtype, got ${prediction.dtype} and ${target.dtype}`,
        "",
        `use target.to("${prediction.dtype}")`,
      ),
    );
  if (prediction.size === 0)
    throw new RangeError(
      errorText(
        where,
        "there must be at least one number, got none",
        `prediction ${showShape(prediction.shape)}`,
      ),
    );
}

/** One number of a loss: `term(p, t, parameter)`, and its derivative by p. */
export interface ElementLoss {
  readonly operation: TensorOperation;
  readonly term: (p: number, t: number, parameter: number) => number;
}

interface Saved {
  readonly prediction: Tensor["span"];
  readonly target: Tensor["span"];
  readonly parameter: number;
  /** 1 for "sum", 1 / n for "mean"; "none" has one gradient a term. */
  readonly factor: number;
}

/**
 * Defines a loss whose terms compare one number of the prediction with one of the target.
 *
 * @param slope derivative of the term by p
 * @param targetSlope derivative of the term by t
 */
export function defineElementLoss(
  name: string,
  term: (p: number, t: number, parameter: number) => number,
  slope: (p: number, t: number, parameter: number) => number,
  targetSlope: (p: number, t: number, parameter: number) => number,
): ElementLoss {
  const operation = defineOperation<Saved>(name, ([prediction, target], dy, saved) => {
    const p = numbers(saved.prediction);
    const t = numbers(saved.target);
    const upstream = numbers(dy);
    const pass = (x: Tensor, derivative: typeof slope): void => {
      const gradient = newGradient(x);
      const dx = numbers(gradient);
      for (let i = 0; i < dx.length; i++) {
        const scale = (upstream.length === 1 ? upstream[0]! : upstream[i]!) * saved.factor;
        dx[i] = scale * derivative(p[i]!, t[i]!, saved.parameter);
      }
      accumulate(x, gradient);
    };
    if (prediction!.requiresGrad) pass(prediction!, slope);
    if (target!.requiresGrad) pass(target!, targetSlope);
  });
  return { operation, term };
}

/** The loss of a pair that has passed `checkPair`. */
export function elementLoss(
  { operation, term }: ElementLoss,
  prediction: Tensor,
  target: Tensor,
  reduction: Reduction,
  parameter: number,
): Tensor {
  const p = numbers(prediction.span);
  const t = numbers(target.span);
  const n = prediction.size;
  const isReduced = reduction !== "none";
  const span = newSpan(prediction.dtype, isReduced ? 1 : n);
  const factor = reduction === "mean" ? 1 / n : 1;
  if (isReduced) numbers(span)[0] = factor * sumOfTerms(term, p, t, parameter);
  else {
    const out = numbers(span);
    for (let i = 0; i < n; i++) out[i] = term(p[i]!, t[i]!, parameter);
  }
  const saved: Saved = { prediction: prediction.span, target: target.span, parameter, factor };
  return record(operation, span, isReduced ? [] : prediction.shape, [prediction, target], saved);
}

function sumOfTerms(term: ElementLoss["term"], p: Numbers, t: Numbers, parameter: number): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += term(p[i]!, t[i]!, parameter);
  return sum;
}
