import { checkBoolean, checkOptions, errorText, rejectUnknownOptions } from "../../errors.js";
import { type Random, randomOption } from "../../random.js";
import { displayed } from "../displayed.js";
import { checkSampleCount, checkSplitCount, range, type Split, splitsFromFolds } from "./split.js";

export interface KFoldOptions {
  /** Number of folds; default 5. */
  readonly nSplits?: number;
  /** Deal the samples to the folds in random order; default false: contiguous blocks. */
  readonly shuffle?: boolean;
  /** Generator for `shuffle`; default the shared one. */
  readonly random?: Random;
}

/** Sizes of k folds of n samples: n // k each, the first n % k get one more. */
export function foldSizes(n: number, k: number): number[] {
  return range(0, k).map((fold) => Math.floor(n / k) + (fold < n % k ? 1 : 0));
}

/** `random` without `shuffle` would be ignored: refuse it. Returns whether to shuffle. */
export function checkShuffle(where: string, shuffle: unknown, random: Random | undefined): boolean {
  const isShuffled = checkBoolean(where, "shuffle", shuffle);
  if (!isShuffled && random !== undefined) {
    const text = "random has no effect without shuffle, got shuffle false";
    throw new TypeError(errorText(where, text, "", "pass {shuffle: true} or drop random"));
  }
  return isShuffled;
}

/**
 * k-fold cross-validation: every sample is tested in exactly one of k folds and trained on in the others.
 *
 * Fold sizes are n // k, and the first n % k folds get one sample more. Without `shuffle` the folds are contiguous
 * blocks in data order, as in scikit-learn: shuffle data that is sorted by class, and never shuffle a time series
 * (use `timeSeriesSplit`).
 *
 * @param n number of samples
 * @param options.nSplits folds, from 2 to n; default 5
 * @param options.shuffle deal samples in random order; default false
 * @param options.random generator for `shuffle`; default the shared one
 * @returns `nSplits` splits; the test sets are disjoint and cover 0 … n − 1
 * @throws {RangeError} when nSplits < 2 or nSplits > n
 * @throws {TypeError} when `random` is given without `shuffle`
 * @see Stone 1974, "Cross-validatory choice and assessment of statistical predictions", JRSS B 36
 * @example
 * generalization.kFold(10, { nSplits: 3 }).map(({ test }) => test) // [[0, 1, 2, 3], [4, 5, 6], [7, 8, 9]]
 */
export function kFold(n: number, options: KFoldOptions = {}): Split[] {
  checkOptions("kFold", options);
  const { nSplits = 5, shuffle = false, random, ...rest } = options;
  rejectUnknownOptions("kFold", rest, ["nSplits", "shuffle", "random"]);
  checkSampleCount("kFold", n);
  checkSplitCount("kFold", nSplits, n, "samples");
  const isShuffled = checkShuffle("kFold", shuffle, random);
  const order = isShuffled ? randomOption("kFold", random).permutation(n) : range(0, n);
  const foldOf = new Int32Array(n);
  let next = 0;
  foldSizes(n, nSplits).forEach((size, fold) => {
    for (let i = 0; i < size; i++) foldOf[order[next++]!] = fold;
  });
  return displayed(splitsFromFolds(foldOf, nSplits), "splits");
}
