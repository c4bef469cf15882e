import { engine, newSpan, numbers, type Span } from "../engine/engine.js";
import {
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  ShapeError,
  showShape,
  showValue,
} from "../errors.js";
import { accumulate, newGradient } from "../tensor/accumulate.js";
import { meanClassLoss } from "../tensor/loss.js";
import { defineOperation, record } from "../tensor/record.js";
import { Tensor } from "../tensor/tensor.js";
import { type ClassTarget, readTarget, readWeight } from "./classTarget.js";
import { checkReduction, type LossOptions, type Reduction } from "./elementLoss.js";

/** Options of {@link nllLoss}. */
export interface NllOptions extends LossOptions {
  /** One factor a class; default 1 each. With "mean" and class numbers the sum is divided by the weights of the targets. */
  readonly weight?: Tensor | readonly number[];
}

/** Options of {@link crossEntropy}. */
export interface CrossEntropyOptions extends NllOptions {
  /** ε: targets become `(1 − ε)·target + ε / K`; default 0. */
  readonly labelSmoothing?: number;
}

/** @returns rows N and columns K of `[N, K]` or `[K]` */
function tableSize(where: string, name: string, table: Tensor): { rows: number; columns: number } {
  if (!(table instanceof Tensor))
    throw new TypeError(errorText(where, `${name} must be a tensor, got ${showValue(table)}`));
  if (table.ndim < 1 || table.ndim > 2 || table.size === 0)
    throw new ShapeError(
      errorText(
        where,
        `${name} must have shape [N, K] or [K] with at least one number, got ${showShape(table.shape)}`,
      ),
    );
  return { rows: table.ndim === 1 ? 1 : table.shape[0]!, columns: table.shape.at(-1)! };
}

interface WeightedSaved {
  readonly logProbabilities: Span;
  /** w·q, one row a sample: what −log p is multiplied with. */
  readonly coefficients: Float64Array;
  readonly columns: number;
  readonly factor: number;
  /** Whether the input was logits (softmax inside) or log-probabilities. */
  readonly fromLogits: boolean;
}

/** `loss_n = −Σ_k c_nk log p_nk`; by the logits: `(Σ_j c_nj)·p_nk − c_nk`; by the log-probabilities: `−c_nk`. */
const weightedOperation = defineOperation<WeightedSaved>(
  "crossEntropy",
  ([input], dy, { logProbabilities, coefficients, columns, factor, fromLogits }) => {
    const gradient = newGradient(input!);
    const d = numbers(gradient);
    const logs = numbers(logProbabilities);
    const upstream = numbers(dy);
    for (let start = 0, row = 0; start < d.length; start += columns, row++) {
      const scale = factor * (upstream.length === 1 ? upstream[0]! : upstream[row]!);
      let total = 0;
      for (let i = start; i < start + columns; i++) total += coefficients[i]!;
      for (let i = start; i < start + columns; i++)
        d[i] = scale * ((fromLogits ? total * Math.exp(logs[i]!) : 0) - coefficients[i]!);
    }
    accumulate(input!, gradient);
  },
);

function weightedLoss(
  input: Tensor,
  logProbabilities: Span,
  coefficients: Float64Array,
  divisor: number,
  reduction: Reduction,
  fromLogits: boolean,
): Tensor {
  const columns = input.shape.at(-1)!;
  const logs = numbers(logProbabilities);
  const rows = input.size / columns;
  const losses = new Float64Array(rows);
  for (let i = 0; i < coefficients.length; i++)
    // 0·(−∞) would be NaN where a class is impossible and not asked for.
    if (coefficients[i] !== 0) losses[Math.floor(i / columns)]! -= coefficients[i]! * logs[i]!;
  const factor = reduction === "mean" ? 1 / divisor : 1;
  const isReduced = reduction !== "none";
  const span = newSpan(input.dtype, isReduced ? 1 : rows);
  if (isReduced) numbers(span)[0] = factor * losses.reduce((sum, loss) => sum + loss, 0);
  else numbers(span).set(losses);
  const saved: WeightedSaved = { logProbabilities, coefficients, columns, factor, fromLogits };
  return record(weightedOperation, span, isReduced ? [] : input.shape.slice(0, -1), [input], saved);
}

/**
 * w·q for every number of the table, and what "mean" divides by: the weights of the targets for class numbers, the number of samples for
 * probabilities.
 */
function readCoefficients(
  where: string,
  target: ClassTarget,
  shape: readonly number[],
  weight: Float64Array | null,
  smoothing: number,
): { coefficients: Float64Array; divisor: number } {
  const columns = shape.at(-1)!;
  const { classes, probabilities } = readTarget(where, target, shape);
  const rows = shape.length === 1 ? 1 : shape[0]!;
  const coefficients = new Float64Array(rows * columns);
  if (classes !== null) for (let i = 0; i < rows; i++) coefficients[i * columns + classes[i]!] = 1;
  else coefficients.set(probabilities!);
  for (let i = 0; i < coefficients.length; i++) {
    const q = (1 - smoothing) * coefficients[i]! + smoothing / columns;
    coefficients[i] = weight === null ? q : weight[i % columns]! * q;
  }
  if (classes === null || weight === null) return { coefficients, divisor: rows };
  return { coefficients, divisor: classes.reduce((sum, label) => sum + weight[label]!, 0) };
}

/**
 * Cross-entropy between the softmax of logits and a target: `−Σ_k q_k·log softmax(logits)_k`, in logarithms throughout, so that no
 * logit is too large.
 *
 * With class weights w each term gets the factor `w_k`; "mean" then divides by `Σ w_target` for class numbers but by N for
 * probabilities, as PyTorch does. Label smoothing also applies to probabilities.
 *
 * @param logits shape `[N, K]`, or `[K]` for one sample
 * @param target class numbers `[N]` (tensor or array), or probabilities `[N, K]`: the soft labels of mixup go straight in
 * @param options.labelSmoothing ε from 0 to 1, default 0: `q = (1 − ε)·target + ε / K`
 * @param options.weight K factors, default 1 each
 * @param options.reduction "mean", "sum" or "none"; default "mean"
 * @returns a scalar, or shape `[N]` with "none"
 * @throws {ShapeError} when the target fits neither form; {RangeError} when a class number is out of range
 * @see Szegedy et al. 2016, arXiv:1512.00567, section 7 (label smoothing)
 * @example
 * nn.crossEntropy(tensor([[2, 1, 0]]), [0], { labelSmoothing: 0.1 }).item() // 0.507605…
 */
export function crossEntropy(logits: Tensor, target: ClassTarget, options: CrossEntropyOptions = {}): Tensor {
  const where = "crossEntropy";
  checkOptions(where, options);
  const { labelSmoothing = 0, weight, reduction = "mean", ...rest } = options;
  rejectUnknownOptions(where, rest, ["labelSmoothing", "weight", "reduction"]);
  checkNumber(where, "labelSmoothing", labelSmoothing, { min: 0, max: 1 });
  checkReduction(where, reduction);
  const { rows, columns } = tableSize(where, "logits", logits);
  const weights = readWeight(where, weight, columns);
  if (labelSmoothing === 0 && weights === null && reduction === "mean" && logits.ndim === 2) {
    // The usual case has a fast form of its own.
    const { classes } = readTarget(where, target, logits.shape);
    if (classes !== null) return meanClassLoss(logits, classes);
  }
  const { coefficients, divisor } = readCoefficients(where, target, logits.shape, weights, labelSmoothing);
  const logs = newSpan(logits.dtype, logits.size);
  engine.softmax(true, logs, logits.span, rows, columns, 1);
  return weightedLoss(logits, logs, coefficients, divisor, reduction, true);
}

/**
 * Negative log-likelihood: `−w_y·logProbabilities[n, y]` for class y of sample n. `nllLoss(x.logSoftmax({dim: -1}), y)` equals
 * `crossEntropy(x, y)`.
 *
 * @param logProbabilities shape `[N, K]`, or `[K]` for one sample
 * @param target class numbers `[N]`, or probabilities `[N, K]`
 * @param options.weight K factors, default 1 each; "mean" divides by the weights of the targets
 * @param options.reduction "mean", "sum" or "none"; default "mean"
 * @throws {ShapeError} when the target fits neither form; {RangeError} when a class number is out of range
 * @example
 * nn.nllLoss(tensor([[-1, -2]]), [1]).item() // 2
 */
export function nllLoss(logProbabilities: Tensor, target: ClassTarget, options: NllOptions = {}): Tensor {
  const where = "nllLoss";
  checkOptions(where, options);
  const { weight, reduction = "mean", ...rest } = options;
  rejectUnknownOptions(where, rest, ["weight", "reduction"]);
  checkReduction(where, reduction);
  const { columns } = tableSize(where, "logProbabilities", logProbabilities);
  const weights = readWeight(where, weight, columns);
  const { coefficients, divisor } = readCoefficients(where, target, logProbabilities.shape, weights, 0);
  return weightedLoss(logProbabilities, logProbabilities.span, coefficients, divisor, reduction, false);
}
