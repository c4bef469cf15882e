import { checkNumber, checkOptions, rejectUnknownOptions } from "../../errors.js";
import { type Random, randomOption } from "../../random.js";
import { displayed } from "../displayed.js";
import type { Split } from "./split.js";
import { trainTestSplit } from "./trainTestSplit.js";

export interface ShuffleSplitOptions {
  /** Number of independent divisions; default 10. */
  readonly nSplits?: number;
  /** A fraction (rounded up) or a number of samples; default 0.1. */
  readonly testSize?: number;
  /** Default the shared generator. */
  readonly random?: Random;
}

/**
 * Repeated hold-out: independent random divisions. Unlike folds, test sets may overlap and need not cover all samples.
 *
 * @param n number of samples
 * @param options.nSplits default 10
 * @param options.testSize fraction or count; default 0.1
 * @param options.random default the shared generator
 * @returns `nSplits` splits, indices ascending
 * @throws {RangeError} when nSplits < 1 or a part would be empty
 * @example
 * generalization.shuffleSplit(20, { nSplits: 3, testSize: 5, random: createRandom(1) }).map(({ test }) => test.length) // [5, 5, 5]
 */
export function shuffleSplit(n: number, options: ShuffleSplitOptions = {}): Split[] {
  checkOptions("shuffleSplit", options);
  const { nSplits = 10, testSize = 0.1, random, ...rest } = options;
  rejectUnknownOptions("shuffleSplit", rest, ["nSplits", "testSize", "random"]);
  checkNumber("shuffleSplit", "nSplits", nSplits, { integer: true, min: 1 });
  const generator = randomOption("shuffleSplit", random);
  const splits = Array.from({ length: nSplits }, () => trainTestSplit(n, { testSize, random: generator }));
  return displayed(splits, "splits");
}
