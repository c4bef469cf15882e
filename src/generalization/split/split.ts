// What every splitter returns, and the checks and small steps they share.
import { checkNumber, errorText, showValue } from "../../errors.js";

/** One division of the samples 0 … n − 1: indices to fit on, and indices to judge on. Both ascend unless said otherwise. */
export interface Split {
  readonly train: number[];
  readonly test: number[];
}

/** Labels or group names: anything that can be compared with `===`. */
export type Label = number | string | boolean;

/** The whole numbers `start <= i < end`. */
export function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i);
}

/** @throws {TypeError | RangeError} unless n is a whole number of samples, at least one */
export function checkSampleCount(where: string, n: unknown): number {
  const help = "pass how many samples there are, for example x.length";
  return checkNumber(where, "n", n, { integer: true, min: 1, help });
}

/**
 * @throws {RangeError} unless 2 ≤ nSplits ≤ count; the message holds both numbers
 * @param what what is counted: "samples", "groups"
 */
export function checkSplitCount(where: string, nSplits: unknown, count: number, what: string): number {
  const k = checkNumber(where, "nSplits", nSplits, { integer: true, min: 2 });
  if (k > count) {
    const text = `nSplits must be at most the number of ${what}, got nSplits ${k} for ${count} ${what}`;
    throw new RangeError(errorText(where, text));
  }
  return k;
}

/** Labels or groups as a list, checked: not empty, nothing that equals nothing (NaN) or is missing. */
export function checkLabels(where: string, name: string, labels: unknown): readonly Label[] {
  const isList = Array.isArray(labels) || (ArrayBuffer.isView(labels) && !(labels instanceof DataView));
  if (!isList) {
    throw new TypeError(
      errorText(where, `${name} must be a list with one entry for each sample, got ${showValue(labels)}`),
    );
  }
  const list = Array.from(labels as ArrayLike<Label>);
  if (list.length === 0) throw new RangeError(errorText(where, `${name} must not be empty, got []`));
  const bad = list.findIndex(
    (label) => !["number", "string", "boolean"].includes(typeof label) || Number.isNaN(label),
  );
  if (bad >= 0) {
    const help = "remove the sample or give it a label";
    const text = `${name} must be numbers, strings or booleans, got ${showValue(list[bad])} at index ${bad}`;
    throw new TypeError(errorText(where, text, "", help));
  }
  return list;
}

/** All indices below n that are not in `test`; both ascending. */
export function complement(n: number, test: readonly number[]): number[] {
  const isTest = new Uint8Array(n);
  for (const index of test) isTest[index] = 1;
  return range(0, n).filter((index) => isTest[index] === 0);
}

/** One split for each fold number: `foldOf[i]` is the fold in which sample i is tested. */
export function splitsFromFolds(foldOf: ArrayLike<number>, nSplits: number): Split[] {
  return range(0, nSplits).map((fold) => {
    const test = range(0, foldOf.length).filter((index) => foldOf[index] === fold);
    return { train: complement(foldOf.length, test), test };
  });
}

/** The different labels, ascending: numbers by size, everything else by its text. */
export function sortedUnique(labels: readonly Label[]): Label[] {
  return [...new Set(labels)].sort((a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1,
  );
}

/** A size given as a fraction (0 < f < 1) or a count (≥ 1), as a count of n; `round` says which way a fraction goes. */
export function sizeOf(
  where: string,
  name: string,
  size: unknown,
  n: number,
  round: (x: number) => number,
): number {
  const value = checkNumber(where, name, size, { above: 0 });
  if (value < 1) return round(value * n);
  if (!Number.isInteger(value)) {
    const text = `${name} must be a fraction below 1 or a whole number of samples, got ${value}`;
    throw new RangeError(errorText(where, text));
  }
  return value;
}
