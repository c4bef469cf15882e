// What every model is given: rows of numbers, one target a row. Checked once, then kept as columns for fast scans.
import { errorText, showShape, showValue } from "../../errors.js";
import type { Random } from "../../random.js";

/** Whatever can be fitted to samples and asked for predictions: all classical models, pipelines, adapted networks. */
export interface Model {
  /** Learns from scratch: what an earlier `fit` left is forgotten. Returns the model itself. */
  fit(x: number[][], y: number[]): this;
  predict(x: number[][]): number[];
}

/** A model of ours as plain data: enough to build it again in a worker thread, with a seed of its own. */
export interface ModelDescription {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A model that can be described and so fitted in parallel. */
export interface DescribedModel extends Model {
  describe(): ModelDescription;
  /** The generator its fits draw from, if they draw at all. */
  readonly generator?: Random | undefined;
}

/**
 * The number of features of the rows.
 *
 * @throws {TypeError} when x is not a list of rows, {RangeError} when it is empty, ragged or holds NaN or infinities;
 *   the message names the first bad row
 */
export function checkRows(where: string, x: unknown): number {
  if (!Array.isArray(x)) {
    const help = "one feature a sample is written [[1], [2], [3]]";
    throw new TypeError(errorText(where, `x must be a list of rows, got ${showValue(x)}`, "", help));
  }
  if (x.length === 0) throw new RangeError(errorText(where, "x must have at least one row, got 0 rows"));
  const features = widthOf(where, x[0], 0);
  for (let i = 0; i < x.length; i++) {
    const row = x[i] as ArrayLike<number>;
    if (widthOf(where, row, i) !== features) {
      const text = `all rows of x must have the same length, got ${features} in row 0 and ${row.length} in row ${i}`;
      throw new RangeError(errorText(where, text));
    }
    for (let j = 0; j < features; j++) {
      if (Number.isFinite(row[j])) continue;
      const text = `x must hold finite numbers only, got ${showValue(row[j])} in row ${i}, column ${j}`;
      throw new RangeError(errorText(where, text, "", "remove the row or fill the value in"));
    }
  }
  return features;
}

function widthOf(where: string, row: unknown, index: number): number {
  const isRow = Array.isArray(row) || (ArrayBuffer.isView(row) && !(row instanceof DataView));
  const width = isRow ? (row as ArrayLike<number>).length : 0;
  if (width > 0) return width;
  const help = "one feature a sample is written [[1], [2], [3]]";
  const text = `a row of x must be a list of at least one number, got ${showValue(row)} in row ${index}`;
  throw new TypeError(errorText(where, text, "", help));
}

/** @throws {TypeError | RangeError} unless y is a list of finite numbers as long as x */
export function checkTargets(where: string, y: unknown, rows: number): void {
  const isList = Array.isArray(y) || (ArrayBuffer.isView(y) && !(y instanceof DataView));
  if (!isList) throw new TypeError(errorText(where, `y must be a list of numbers, got ${showValue(y)}`));
  const list = y as ArrayLike<number>;
  if (list.length !== rows) {
    const text = `y needs one value for each row of x, got ${list.length} values for ${rows} rows`;
    throw new RangeError(errorText(where, text));
  }
  for (let i = 0; i < rows; i++) {
    if (Number.isFinite(list[i])) continue;
    const text = `y must hold finite numbers only, got ${showValue(list[i])} at index ${i}`;
    throw new RangeError(errorText(where, text, "", "remove the sample or fill the value in"));
  }
}

/** Checks the samples of a `fit`; returns the number of features. */
export function checkSamples(where: string, x: unknown, y: unknown): number {
  const features = checkRows(where, x);
  checkTargets(where, y, (x as unknown[]).length);
  return features;
}

/**
 * Checks the rows of a `predict` against what was fitted.
 *
 * @param features the fitted number of features; 0 before `fit`
 * @throws {Error} before `fit`, {RangeError} when the rows have another width
 */
export function checkQuery(where: string, x: unknown, features: number): void {
  if (features === 0)
    throw new Error(errorText(where, "the model is not fitted", "", "call fit(x, y) first"));
  if (Array.isArray(x) && x.length === 0) return;
  const width = checkRows(where, x);
  if (width === features) return;
  const text = `rows must have as many features as in fit, got ${width} for ${features}`;
  const shapes = `x ${showShape([(x as unknown[]).length, width])}`;
  throw new RangeError(errorText(where, text, shapes));
}

/** Class labels, ascending, and the class number of each sample. */
export interface Classes {
  readonly labels: number[];
  readonly classOf: Int32Array;
}

/** Class numbers for any numeric labels. */
export function codeClasses(y: ArrayLike<number>): Classes {
  const labels = [...new Set(Array.from(y))].sort((a, b) => a - b);
  const number = new Map(labels.map((label, index) => [label, index]));
  return { labels, classOf: Int32Array.from(y, (label) => number.get(label)!) };
}

/** The first index of the largest value. */
export function argMax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}
