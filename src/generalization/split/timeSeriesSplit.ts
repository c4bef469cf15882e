import { checkNumber, checkOptions, errorText, rejectUnknownOptions } from "../../errors.js";
import { displayed } from "../displayed.js";
import { checkSampleCount, checkSplitCount, range, type Split } from "./split.js";

export interface TimeSeriesSplitOptions {
  /** Number of test blocks; default 5. */
  readonly nSplits?: number;
  /** Length of each test block in samples; default n // (nSplits + 1). */
  readonly testSize?: number;
  /** Samples left out between training and test block; default 0. */
  readonly gap?: number;
  /** Keep only the last so many training samples (a rolling window); default all (an expanding one). */
  readonly maxTrainSize?: number;
}

/**
 * Forward chaining for ordered data: always train on the past, test on the block that follows.
 *
 * The test blocks are the last `nSplits · testSize` samples. Before a block that starts at `s`, training uses
 * `0 … s − gap − 1`, or the last `maxTrainSize` of them. Choose the gap at least as long as the label's horizon or a
 * feature's window, or the past leaks into the test block.
 *
 * @param n number of samples in time order
 * @param options.nSplits default 5
 * @param options.testSize default n // (nSplits + 1)
 * @param options.gap default 0
 * @param options.maxTrainSize default none
 * @returns `nSplits` splits in time order, exactly those of scikit-learn
 * @throws {RangeError} when n ≤ nSplits or a gap or test size leaves nothing to train on
 * @see Bergmeir and Benítez 2012, "On the use of cross-validation for time series predictor evaluation"
 * @example
 * generalization.timeSeriesSplit(12, { nSplits: 3, testSize: 2, gap: 1 })[0] // { train: [0, 1, 2, 3, 4], test: [6, 7] }
 */
export function timeSeriesSplit(n: number, options: TimeSeriesSplitOptions = {}): Split[] {
  return forwardChaining("timeSeriesSplit", "samples", n, options);
}

/** The arithmetic of `timeSeriesSplit` for n samples or n groups; `where` and `unit` name them in errors. */
export function forwardChaining(
  where: string,
  unit: "samples" | "groups",
  n: number,
  options: TimeSeriesSplitOptions,
): Split[] {
  checkOptions(where, options);
  const { nSplits = 5, testSize, gap = 0, maxTrainSize, ...rest } = options;
  rejectUnknownOptions(where, rest, ["nSplits", "testSize", "gap", "maxTrainSize"]);
  checkSampleCount(where, n);
  checkSplitCount(where, nSplits, n, unit);
  if (nSplits + 1 > n) {
    const text = `needs at least nSplits + 1 ${unit}, got ${n} ${unit} for nSplits ${nSplits}`;
    throw new RangeError(errorText(where, text));
  }
  const size = testSize ?? Math.floor(n / (nSplits + 1));
  checkNumber(where, "testSize", size, { integer: true, min: 1 });
  checkNumber(where, "gap", gap, { integer: true, min: 0 });
  if (maxTrainSize !== undefined) checkNumber(where, "maxTrainSize", maxTrainSize, { integer: true, min: 1 });
  const firstTest = n - nSplits * size;
  if (firstTest - gap <= 0) {
    const needed = nSplits * size + gap + 1;
    const text = `nothing is left to train on before the first test block: ${nSplits} test blocks of ${size} and a gap of ${gap} need at least ${needed} ${unit}, got ${n}`;
    throw new RangeError(errorText(where, text, "", "use fewer splits, a smaller testSize or a smaller gap"));
  }
  const splits = range(0, nSplits).map((split) => {
    const start = firstTest + split * size;
    const end = start - gap;
    const first = maxTrainSize === undefined ? 0 : Math.max(0, end - maxTrainSize);
    return { train: range(first, end), test: range(start, start + size) };
  });
  return displayed(splits, "splits");
}
