/**
 * Numbers that say how good predictions are. All take `(prediction, target)` as a model and a data set give them, so that
 * `train.fit` and `train.evaluate` accept them as they are.
 */
import {
  checkChoice,
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  ShapeError,
  showShape,
} from "../errors.js";
import { Tensor } from "../tensor/tensor.js";

/** Predictions or targets: a tensor, one number a sample, or one row a sample. */
export type Outputs = Tensor | ArrayLike<number> | readonly (readonly number[])[];

/** Rows of equal length, flat. */
interface Rows {
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
  readonly rows: number;
  /** Numbers a row. */
  readonly columns: number;
}

function rowsOf(where: string, name: string, outputs: Outputs): Rows {
  if (outputs instanceof Tensor) {
    const rows = outputs.shape[0] ?? 1;
    return {
      values: outputs.data,
      shape: outputs.shape,
      rows,
      columns: rows === 0 ? 1 : outputs.size / rows,
    };
  }
  const first = outputs[0];
  if (typeof first !== "object") {
    const values = outputs as ArrayLike<number>;
    return { values, shape: [values.length], rows: values.length, columns: 1 };
  }
  const nested = outputs as readonly (readonly number[])[];
  for (const [i, row] of nested.entries())
    if (row.length !== first.length)
      throw new ShapeError(
        errorText(
          where,
          `all rows of ${name} must have ${first.length} numbers, got ${row.length} in row ${i}`,
        ),
      );
  return {
    values: nested.flat(),
    shape: [nested.length, first.length],
    rows: nested.length,
    columns: first.length,
  };
}

function pair(where: string, prediction: Outputs, target: Outputs): { p: Rows; t: Rows } {
  const p = rowsOf(where, "prediction", prediction);
  const t = rowsOf(where, "target", target);
  const shapes = `prediction ${showShape(p.shape)}, target ${showShape(t.shape)}`;
  if (p.rows !== t.rows)
    throw new ShapeError(
      errorText(
        where,
        `prediction and target must have the same number of samples, got ${p.rows} and ${t.rows}`,
        shapes,
      ),
    );
  if (p.rows === 0) throw new RangeError(errorText(where, "there must be at least one sample, got none"));
  return { p, t };
}

/** Index of the largest number of a row; the first of equal ones. */
function largest({ values, columns }: Rows, row: number): number {
  let best = 0;
  for (let c = 1; c < columns; c++) if (values[row * columns + c]! > values[row * columns + best]!) best = c;
  return best;
}

/** Class numbers: of `[n, K]` the largest column, of `[n, 1]` logits 1 where positive, of `[n]` the numbers themselves. */
function classesOf(rows: Rows, isPrediction: boolean): Int32Array {
  return Int32Array.from({ length: rows.rows }, (_, i) => {
    if (rows.columns > 1) return largest(rows, i);
    const value = rows.values[i]!;
    return isPrediction && rows.shape.length > 1 ? (value > 0 ? 1 : 0) : value;
  });
}

/**
 * Share of samples whose predicted class is the right one.
 *
 * @param prediction `[n, K]` logits or probabilities (the largest wins), `[n, 1]` logits of a yes-or-no question (yes when
 *   positive), or `[n]` class numbers
 * @param target `[n]` class numbers, or `[n, K]` probabilities (the largest counts)
 * @returns from 0 to 1
 * @example
 * train.metrics.accuracy(tensor([[2, 1], [0, 3]]), tensor([0, 0])) // 0.5
 */
export function accuracy(prediction: Outputs, target: Outputs): number {
  const { p, t } = pair("accuracy", prediction, target);
  const predicted = classesOf(p, true);
  const wanted = classesOf(t, false);
  let right = 0;
  for (let i = 0; i < predicted.length; i++) if (predicted[i] === wanted[i]) right++;
  return right / predicted.length;
}

function numberPairs(where: string, prediction: Outputs, target: Outputs): { p: Rows; t: Rows } {
  const both = pair(where, prediction, target);
  if (both.p.columns !== both.t.columns)
    throw new ShapeError(
      errorText(
        where,
        "prediction and target must have the same shape",
        `prediction ${showShape(both.p.shape)}, target ${showShape(both.t.shape)}`,
      ),
    );
  return both;
}

/**
 * Mean of the squared differences, over all numbers.
 *
 * @example
 * train.metrics.meanSquaredError([1, 2], [1, 4]) // 2
 */
export function meanSquaredError(prediction: Outputs, target: Outputs): number {
  const { p, t } = numberPairs("meanSquaredError", prediction, target);
  let sum = 0;
  for (let i = 0; i < t.values.length; i++) sum += (p.values[i]! - t.values[i]!) ** 2;
  return sum / t.values.length;
}

/**
 * Coefficient of determination: `R² = 1 − Σ(t − p)² / Σ(t − mean(t))²`. 1 is perfect, 0 as good as the mean, below 0 worse.
 * A constant target gives 1 when it is met exactly and 0 otherwise, as in scikit-learn.
 *
 * @example
 * train.metrics.r2([1, 2, 3], [1, 2, 4]) // 0.785714…
 */
export function r2(prediction: Outputs, target: Outputs): number {
  const { p, t } = numberPairs("r2", prediction, target);
  const n = t.values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += t.values[i]! / n;
  let residual = 0;
  let total = 0;
  for (let i = 0; i < n; i++) {
    residual += (t.values[i]! - p.values[i]!) ** 2;
    total += (t.values[i]! - mean) ** 2;
  }
  if (total === 0) return residual === 0 ? 1 : 0;
  return 1 - residual / total;
}

/**
 * How often each class was taken for which: row = true class, column = predicted class.
 *
 * @param prediction, target as in {@link accuracy}
 * @param options.numClasses K; default: the largest class that occurs, or the columns of the prediction
 * @returns K rows of K counts
 * @example
 * train.metrics.confusionMatrix([0, 1, 1], [0, 0, 1]) // [[1, 1], [0, 1]]
 */
export function confusionMatrix(
  prediction: Outputs,
  target: Outputs,
  options: { readonly numClasses?: number } = {},
): number[][] {
  const where = "confusionMatrix";
  checkOptions(where, options);
  const { numClasses, ...rest } = options;
  rejectUnknownOptions(where, rest, ["numClasses"]);
  const { p, t } = pair(where, prediction, target);
  const predicted = classesOf(p, true);
  const wanted = classesOf(t, false);
  let classes = Math.max(p.columns > 1 ? p.columns : 0, t.columns > 1 ? t.columns : 0);
  for (let i = 0; i < predicted.length; i++) classes = Math.max(classes, predicted[i]! + 1, wanted[i]! + 1);
  if (
    numClasses !== undefined &&
    checkNumber(where, "numClasses", numClasses, { integer: true, min: 1 }) < classes
  )
    throw new RangeError(
      errorText(where, `numClasses must be at least ${classes} for these classes, got ${numClasses}`),
    );
  const size = numClasses ?? classes;
  const counts = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let i = 0; i < predicted.length; i++) {
    if (wanted[i]! < 0 || predicted[i]! < 0)
      throw new RangeError(
        errorText(
          where,
          `classes must be at least 0, got ${Math.min(wanted[i]!, predicted[i]!)} at index ${i}`,
        ),
      );
    counts[wanted[i]!]![predicted[i]!]!++;
  }
  return counts;
}

/** One bar of a reliability diagram. */
export interface CalibrationBin {
  /** Confidences `low < c <= high` are in this bin. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Mean confidence of the predictions in the bin; NaN when it is empty. */
  readonly confidence: number;
  /** Share of them that is right; NaN when the bin is empty. */
  readonly accuracy: number;
}

/** Options of {@link calibrationBins} and {@link expectedCalibrationError}. */
export interface CalibrationOptions {
  /** Bins of equal width over confidences 0 to 1; default 15. */
  readonly bins?: number;
  /** Whether predictions are "logits", which go through softmax first, or "probabilities"; default "logits". */
  readonly from?: "logits" | "probabilities";
}

/**
 * Predictions grouped by confidence, the largest probability of each: the numbers behind a reliability diagram.
 *
 * @param prediction `[n, K]`
 * @param target `[n]` class numbers, or `[n, K]` probabilities
 */
export function calibrationBins(
  prediction: Outputs,
  target: Outputs,
  options: CalibrationOptions = {},
): CalibrationBin[] {
  const where = "calibrationBins";
  checkOptions(where, options);
  const { bins = 15, from = "logits", ...rest } = options;
  rejectUnknownOptions(where, rest, ["bins", "from"]);
  checkNumber(where, "bins", bins, { integer: true, min: 1 });
  checkChoice(where, "from", from, ["logits", "probabilities"]);
  const { p, t } = pair(where, prediction, target);
  if (p.columns < 2)
    throw new ShapeError(
      errorText(where, `prediction must have shape [n, K] with K >= 2, got ${showShape(p.shape)}`),
    );
  const wanted = classesOf(t, false);
  const sums = Array.from({ length: bins }, () => ({ count: 0, confidence: 0, right: 0 }));
  for (let i = 0; i < p.rows; i++) {
    const winner = largest(p, i);
    const top = p.values[i * p.columns + winner]!;
    let confidence = top;
    if (from === "logits") {
      let sum = 0;
      for (let c = 0; c < p.columns; c++) sum += Math.exp(p.values[i * p.columns + c]! - top);
      confidence = 1 / sum;
    } else checkNumber(where, `the largest probability of row ${i}`, confidence, { min: 0, max: 1 });
    const bin = sums[Math.min(Math.max(Math.ceil(confidence * bins) - 1, 0), bins - 1)]!;
    bin.count++;
    bin.confidence += confidence;
    if (winner === wanted[i]) bin.right++;
  }
  return sums.map(({ count, confidence, right }, i) => ({
    low: i / bins,
    high: (i + 1) / bins,
    count,
    confidence: count === 0 ? Number.NaN : confidence / count,
    accuracy: count === 0 ? Number.NaN : right / count,
  }));
}

/**
 * How far confidence is from being right, on average: `ECE = Σ_bins (count / n) · |accuracy − confidence|`.
 *
 * @param prediction `[n, K]`
 * @param target `[n]` class numbers, or `[n, K]` probabilities
 * @param options.bins default 15
 * @param options.from "logits" (default) or "probabilities"
 * @returns from 0 (calibrated) to 1
 * @see Guo, Pleiss, Sun and Weinberger 2017, arXiv:1706.04599
 * @example
 * train.metrics.expectedCalibrationError([[0.8, 0.2], [0.8, 0.2]], [0, 1], { from: "probabilities" }) // 0.3
 */
export function expectedCalibrationError(
  prediction: Outputs,
  target: Outputs,
  options: CalibrationOptions = {},
): number {
  const bins = calibrationBins(prediction, target, options);
  const n = bins.reduce((sum, { count }) => sum + count, 0);
  let error = 0;
  for (const { count, confidence, accuracy: right } of bins)
    if (count > 0) error += (count / n) * Math.abs(right - confidence);
  return error;
}
