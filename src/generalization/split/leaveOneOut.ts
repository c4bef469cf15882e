import { displayed } from "../displayed.js";
import { checkSampleCount, range, type Split } from "./split.js";

/**
 * Leave-one-out: n splits, each tests one sample. Nearly unbiased, but costs n fits and its scores are correlated.
 *
 * @param n number of samples, at least 2
 * @returns n splits, `test` has one index
 * @throws {RangeError} when n < 2: nothing would be left to train on
 * @see Lachenbruch and Mickey 1968, Technometrics 10
 * @example
 * generalization.leaveOneOut(3)[1] // { train: [0, 2], test: [1] }
 */
export function leaveOneOut(n: number): Split[] {
  checkSampleCount("leaveOneOut", n);
  if (n < 2)
    throw new RangeError(
      "leaveOneOut: n must be at least 2, got 1\n  help: one sample leaves nothing to train on",
    );
  const all = range(0, n);
  const splits = all.map((left) => ({ train: all.filter((index) => index !== left), test: [left] }));
  return displayed(splits, "splits");
}
