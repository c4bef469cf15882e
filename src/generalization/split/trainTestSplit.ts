import { checkBoolean, checkOptions, errorText, rejectUnknownOptions } from "../../errors.js";
import { type Random, randomOption } from "../../random.js";
import { displayed } from "../displayed.js";
import {
  checkLabels,
  checkSampleCount,
  complement,
  type Label,
  range,
  type Split,
  sizeOf,
  sortedUnique,
} from "./split.js";

export interface TrainTestSplitOptions {
  /** A fraction (0 < f < 1, rounded up) or a number of samples; default 0.25. */
  readonly testSize?: number;
  /** Default true. */
  readonly shuffle?: boolean;
  /** Class labels, one a sample: both parts keep their proportions. */
  readonly stratify?: ArrayLike<Label>;
  /** Default the shared generator. */
  readonly random?: Random;
}

/** Throws unless both parts have at least one sample. */
export function checkParts(where: string, n: number, testCount: number): void {
  if (testCount >= 1 && testCount < n) return;
  const text = `both parts need at least one sample, got ${testCount} of ${n} samples for the test set`;
  throw new RangeError(errorText(where, text, "", "choose another testSize or collect more data"));
}

/**
 * How many of each class to draw so that the total is exactly `total` and each share differs from its proportion by
 * less than one: whole parts first, then the largest remainders (the first class of equals).
 */
export function proportionalCounts(counts: readonly number[], total: number): number[] {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const exact = counts.map((count) => (count * total) / n);
  const shares = exact.map(Math.floor);
  const byRemainder = range(0, counts.length).sort(
    (a, b) => exact[b]! - shares[b]! - (exact[a]! - shares[a]!) || a - b,
  );
  const missing = total - shares.reduce((sum, share) => sum + share, 0);
  for (const number of byRemainder.slice(0, missing)) shares[number]!++;
  return shares;
}

/**
 * Hold-out: one random division into a training and a test set.
 *
 * @param n number of samples
 * @param options.testSize fraction (rounded up, as in scikit-learn) or count; default 0.25
 * @param options.shuffle default true; false takes the last samples as the test set (time series)
 * @param options.stratify class labels; each part keeps the class proportions to within one sample
 * @param options.random default the shared generator
 * @returns train and test indices, ascending
 * @throws {RangeError} when a part would be empty, or a class would be missing from a part
 * @throws {TypeError} when `stratify` or `random` is given with `shuffle: false`
 * @example
 * generalization.trainTestSplit(8, { testSize: 0.25, shuffle: false }) // { train: [0, 1, 2, 3, 4, 5], test: [6, 7] }
 */
export function trainTestSplit(n: number, options: TrainTestSplitOptions = {}): Split {
  checkOptions("trainTestSplit", options);
  const { testSize = 0.25, shuffle = true, stratify, random, ...rest } = options;
  rejectUnknownOptions("trainTestSplit", rest, ["testSize", "shuffle", "stratify", "random"]);
  checkSampleCount("trainTestSplit", n);
  const testCount = sizeOf("trainTestSplit", "testSize", testSize, n, Math.ceil);
  checkParts("trainTestSplit", n, testCount);
  if (!checkBoolean("trainTestSplit", "shuffle", shuffle)) {
    const ignored = stratify !== undefined ? "stratify" : random !== undefined ? "random" : undefined;
    if (ignored !== undefined) {
      const text = `${ignored} has no effect without shuffle, got shuffle false`;
      throw new TypeError(errorText("trainTestSplit", text, "", `drop ${ignored} or pass {shuffle: true}`));
    }
    return displayed({ train: range(0, n - testCount), test: range(n - testCount, n) }, "splits");
  }
  const generator = randomOption("trainTestSplit", random);
  const test = stratify
    ? drawStratified(n, testCount, checkLabels("trainTestSplit", "stratify", stratify), generator)
    : generator.permutation(n).slice(0, testCount);
  test.sort((a, b) => a - b);
  return displayed({ train: complement(n, test), test }, "splits");
}

function drawStratified(n: number, testCount: number, labels: readonly Label[], random: Random): number[] {
  if (labels.length !== n) {
    const text = `stratify needs one label for each sample, got ${labels.length} labels for ${n} samples`;
    throw new RangeError(errorText("trainTestSplit", text));
  }
  const names = sortedUnique(labels);
  const members = names.map((name) => range(0, n).filter((index) => labels[index] === name));
  const shares = proportionalCounts(
    members.map((list) => list.length),
    testCount,
  );
  shares.forEach((share, number) => {
    const size = members[number]!.length;
    if (share >= 1 && share < size) return;
    const text = `every class must be in both parts, got ${share} of ${size} samples of class ${JSON.stringify(names[number])} in the test set`;
    throw new RangeError(errorText("trainTestSplit", text, "", "choose another testSize or drop stratify"));
  });
  return members.flatMap((list, number) => random.shuffle(list).slice(0, shares[number]));
}
