import { checkNumber, checkOptions, errorText, rejectUnknownOptions, showValue } from "../errors.js";
import { createRandom, type Random } from "../random.js";
import { isNotFilledIn } from "./notFilledIn.js";
import { thrown } from "./reference.js";
import { CheckReport } from "./report.js";
import { checkName } from "./subject.js";
import { numberText } from "./values.js";

/** What a random quantity must be like, and how often to draw it. */
export interface StatisticOptions {
  /** The mean it must have. */
  readonly mean?: number;
  /** The standard deviation it must have; the test of the mean then uses it. */
  readonly std?: number;
  /** Number of draws; default 4000. */
  readonly draws?: number;
  /** Seed; default 0. Checks of different names draw different numbers. */
  readonly seed?: number;
}

/** A right answer fails with a probability below this, over all moments of the check. */
const FALSE_ALARM = 1e-6;

/**
 * Checks the mean and the standard deviation of a random quantity.
 *
 * With n draws, mean m̂ and standard deviation ŝ, the check demands `|m̂ − mean| ≤ z·σ/√n` (σ = `std`, or ŝ where it is not
 * given) and `|ŝ² − std²| ≤ z·√((m̂₄ − ŝ⁴)/n)`, where z is such that a right answer fails less than once in a million.
 * So it can only find deviations larger than that: more draws see finer ones. The seed is fixed: a verdict never changes.
 *
 * @param name what is checked
 * @param sample one draw: a function of a generator, which it must use for all its randomness
 * @param options.mean, options.std at least one of them; draws default 4000, seed default 0
 * @throws {NotFilledIn} when the answer is a blank
 * @example
 * check.statistic("uniform", (random) => random.uniform(), { mean: 0.5, std: Math.sqrt(1 / 12) }).passed // true
 * check.statistic("loaded coin", (random) => (random.bernoulli(0.6) ? 1 : 0), { mean: 0.5 }).passed // false
 */
export function statistic(
  name: string,
  sample: (random: Random) => number,
  options: StatisticOptions,
): CheckReport {
  const where = "check.statistic";
  checkName(where, name);
  if (typeof sample !== "function")
    throw new TypeError(
      errorText(where, `sample must be a function of a generator, got ${showValue(sample)}`),
    );
  checkOptions(where, options);
  const { mean, std, draws = 4000, seed = 0, ...rest } = options;
  rejectUnknownOptions(where, rest, ["mean", "std", "draws", "seed"]);
  checkNumber(where, "draws", draws, {
    integer: true,
    min: 100,
    help: "with fewer draws the normal approximation of the mean is not good enough",
  });
  if (mean === undefined && std === undefined)
    throw new TypeError(errorText(where, "needs mean or std, got neither", "", "pass {mean: 0.5}"));
  if (mean !== undefined) checkNumber(where, "mean", mean);
  if (std !== undefined) checkNumber(where, "std", std, { min: 0 });
  const random = createRandom(seed).split(name);
  const values: number[] = [];
  try {
    for (let i = 0; i < draws; i++) values.push(sample(random));
  } catch (error) {
    if (isNotFilledIn(error)) throw error;
    return thrown(name, error);
  }
  const odd = values.findIndex((value) => typeof value !== "number" || !Number.isFinite(value));
  if (odd >= 0)
    return new CheckReport({
      kind: "statistic",
      name,
      passed: false,
      message: `every draw must be a finite number, got ${String(values[odd])} in draw ${odd + 1}`,
      got: String(values[odd]),
    });
  const tests = (mean === undefined ? 0 : 1) + (std === undefined ? 0 : 1);
  const z = normalQuantile(FALSE_ALARM / tests);
  const found = moments(values);
  const problems: string[] = [];
  const expected: string[] = [];
  const got: string[] = [];
  const test = (what: string, value: number, wanted: number, margin: number): void => {
    expected.push(`${what} ${numberText(wanted, 5)} ± ${numberText(margin, 2)}`);
    got.push(`${what} ${numberText(value, 5)}`);
    // The last term allows for rounding where the spread is exactly zero.
    if (!(Math.abs(value - wanted) <= margin + 1e-12 * Math.abs(wanted)))
      problems.push(
        `the ${what} of ${draws} draws must be ${numberText(wanted, 5)} ± ${numberText(margin, 2)}, got ${numberText(value, 5)}`,
      );
  };
  if (mean !== undefined) test("mean", found.mean, mean, (z * (std ?? found.std)) / Math.sqrt(draws));
  if (std !== undefined) {
    const margin = z * Math.sqrt(Math.max(0, found.fourth - found.std ** 4) / draws);
    test("variance", found.std ** 2, std ** 2, margin);
  }
  return new CheckReport({
    kind: "statistic",
    name,
    passed: problems.length === 0,
    message: problems.join("; "),
    expected: expected.join(", "),
    got: got.join(", "),
    detail: `${draws} draws, ${got.join(", ")}`,
    outputs: [[found.mean, found.std]],
  });
}

/** Mean, standard deviation (divided by n) and fourth central moment, in two passes. */
function moments(values: readonly number[]): { mean: number; std: number; fourth: number } {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  let second = 0;
  let fourth = 0;
  for (const value of values) {
    const square = (value - mean) ** 2;
    second += square;
    fourth += square * square;
  }
  return { mean, std: Math.sqrt(second / n), fourth: fourth / n };
}

/**
 * z with `P(|Z| > z) ≤ alarm` for a standard normal Z, from the bound `P(|Z| > z) < 2·φ(z)/z`, by bisection. The bound
 * exceeds the true probability by 4 % at these z, so the promise is kept.
 */
function normalQuantile(alarm: number): number {
  let low = 1;
  let high = 40;
  for (let i = 0; i < 60; i++) {
    const z = (low + high) / 2;
    if ((2 * Math.exp((-z * z) / 2)) / (z * Math.sqrt(2 * Math.PI)) > alarm) low = z;
    else high = z;
  }
  return high;
}
