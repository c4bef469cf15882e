import { checkNumber, checkOptions, errorText, rejectUnknownOptions } from "../../errors.js";
import { displayed } from "../displayed.js";
import { foldSizes } from "./kFold.js";
import { checkSampleCount, checkSplitCount, range, type Split } from "./split.js";

export interface PurgedKFoldOptions {
  /** Number of contiguous test blocks; default 5. */
  readonly nSplits?: number;
  /** Samples removed from training on both sides of the test block; default 0. */
  readonly gap?: number;
  /** Further samples removed after the test block only (an embargo); default 0. */
  readonly embargo?: number;
}

/**
 * k contiguous blocks for ordered data, where training samples within `gap` of the test block are removed (purged) on
 * both sides, and `embargo` more after it. Unlike `timeSeriesSplit` it trains on the future too: use it when samples near
 * in time share information but the relation does not drift.
 *
 * @param n number of samples in time order
 * @param options.nSplits default 5
 * @param options.gap default 0, which is `blockedKFold`
 * @param options.embargo default 0
 * @returns `nSplits` splits; the test blocks cover 0 … n − 1
 * @throws {RangeError} when nSplits > n, or gap and embargo leave nothing to train on
 * @see López de Prado 2018, "Advances in Financial Machine Learning", chapter 7
 * @example
 * generalization.purgedKFold(9, { nSplits: 3, gap: 1 })[1] // { train: [0, 1, 7, 8], test: [3, 4, 5] }
 */
export function purgedKFold(n: number, options: PurgedKFoldOptions = {}): Split[] {
  checkOptions("purgedKFold", options);
  const { nSplits = 5, gap = 0, embargo = 0, ...rest } = options;
  rejectUnknownOptions("purgedKFold", rest, ["nSplits", "gap", "embargo"]);
  checkSampleCount("purgedKFold", n);
  checkSplitCount("purgedKFold", nSplits, n, "samples");
  checkNumber("purgedKFold", "gap", gap, { integer: true, min: 0 });
  checkNumber("purgedKFold", "embargo", embargo, { integer: true, min: 0 });
  let start = 0;
  const splits = foldSizes(n, nSplits).map((size) => {
    const end = start + size;
    const train = [...range(0, start - gap), ...range(end + gap + embargo, n)];
    if (train.length === 0) {
      const text = `nothing is left to train on around the test block ${start} to ${end - 1}: ${n} samples, gap ${gap}, embargo ${embargo}`;
      throw new RangeError(
        errorText("purgedKFold", text, "", "use a smaller gap or embargo, or more splits"),
      );
    }
    const split = { train, test: range(start, end) };
    start = end;
    return split;
  });
  return displayed(splits, "splits");
}

/**
 * k contiguous blocks for ordered data, nothing removed: `kFold` without shuffling, by the name the time-series
 * literature uses.
 *
 * @param n number of samples in time order
 * @param options.nSplits default 5
 * @returns `nSplits` splits
 * @throws {RangeError} when nSplits < 2 or nSplits > n
 * @example
 * generalization.blockedKFold(6, { nSplits: 2 })[0] // { train: [3, 4, 5], test: [0, 1, 2] }
 */
export function blockedKFold(n: number, options: { readonly nSplits?: number } = {}): Split[] {
  checkOptions("blockedKFold", options);
  const { nSplits = 5, ...rest } = options;
  rejectUnknownOptions("blockedKFold", rest, ["nSplits"]);
  checkSampleCount("blockedKFold", n);
  checkSplitCount("blockedKFold", nSplits, n, "samples");
  return purgedKFold(n, { nSplits });
}
