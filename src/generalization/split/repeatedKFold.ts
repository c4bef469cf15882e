import { checkNumber, checkOptions, rejectUnknownOptions } from "../../errors.js";
import { type Random, randomOption } from "../../random.js";
import { displayed } from "../displayed.js";
import { kFold } from "./kFold.js";
import type { Split } from "./split.js";

export interface RepeatedKFoldOptions {
  /** Folds of each repetition; default 5. */
  readonly nSplits?: number;
  /** Repetitions, each with a new permutation; default 10. */
  readonly repeats?: number;
  /** Default the shared generator. */
  readonly random?: Random;
}

/**
 * k-fold cross-validation repeated with a new random permutation each time: averages out the luck of one partition.
 *
 * @param n number of samples
 * @param options.nSplits default 5
 * @param options.repeats default 10
 * @param options.random default the shared generator
 * @returns `nSplits · repeats` splits, repetition by repetition
 * @throws {RangeError} as `kFold`, or when repeats < 1
 * @see Kim 2009, "Estimating classification error rate: repeated cross-validation", CSDA 53
 * @example
 * generalization.repeatedKFold(6, { nSplits: 3, repeats: 2, random: createRandom(1) }).length // 6
 */
export function repeatedKFold(n: number, options: RepeatedKFoldOptions = {}): Split[] {
  checkOptions("repeatedKFold", options);
  const { nSplits = 5, repeats = 10, random, ...rest } = options;
  rejectUnknownOptions("repeatedKFold", rest, ["nSplits", "repeats", "random"]);
  checkNumber("repeatedKFold", "repeats", repeats, { integer: true, min: 1 });
  const generator = randomOption("repeatedKFold", random);
  const splits = Array.from({ length: repeats }, () =>
    kFold(n, { nSplits, shuffle: true, random: generator }),
  ).flat();
  return displayed(splits, "splits");
}
