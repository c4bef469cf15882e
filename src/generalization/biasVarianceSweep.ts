import { checkOptions, errorText, showValue } from "../errors.js";
import { randomOption } from "../random.js";
import { type BiasVariance, type BiasVarianceOptions, biasVarianceAs } from "./biasVariance.js";
import { displayed } from "./displayed.js";
import { fitProgress } from "./parallel/fitProgress.js";

/** Bias, variance and noise along one axis of complexity; all lists have one entry a value. */
export interface BiasVarianceSweep<V> {
  readonly values: V[];
  readonly bias2: number[];
  readonly variance: number[];
  readonly noise: number[];
  readonly total: number[];
  readonly standardError: number[];
  readonly trainError: number[];
  /** The value with the smallest measured total error. */
  readonly best: V;
  /** The complete result for each value. */
  readonly results: BiasVariance[];
}

/**
 * Repeats `biasVariance` along one axis: polynomial degree, penalty, number of neighbours, sample size, ensemble size.
 * Every value sees the **same** training sets when the design does not depend on it, so the curves differ by the model only.
 *
 * @param values the axis, in order
 * @param optionsFor from a value to the options of `biasVariance`; its `random` is replaced by one that is the same for all
 * @param options.random default the shared generator
 * @throws {TypeError | RangeError} for no values, and what `biasVariance` throws
 * @example
 * const degrees = generalization.biasVarianceSweep([0, 1, 2], (degree) => ({
 *   fit: new generalization.PolynomialRegression({ degree }), truth: (x) => x * x, noise: 0.01, sample: 12, test: [0.2, 0.5, 0.8],
 * }), { random: createRandom(1) });
 * degrees.best // 2
 */
export function biasVarianceSweep<V>(
  values: readonly V[],
  optionsFor: (value: V) => BiasVarianceOptions,
  options: Pick<BiasVarianceOptions, "random"> = {},
): BiasVarianceSweep<V> {
  const where = "biasVarianceSweep";
  checkOptions(where, options);
  if (!Array.isArray(values) || values.length === 0)
    throw new RangeError(
      errorText(where, `values must be a list of at least one value, got ${showValue(values)}`),
    );
  if (typeof optionsFor !== "function") {
    const text = `optionsFor must be a function from a value to the options of biasVariance, got ${showValue(optionsFor)}`;
    throw new TypeError(errorText(where, text));
  }
  const generator = randomOption(where, options.random);
  const seed = generator.bits();
  const progress = fitProgress(where, values.length);
  const results = values.map((value) =>
    biasVarianceAs(where, { ...optionsFor(value), random: generator.split(`${seed} sweep`) }, progress),
  );
  progress.end();
  const pick = (key: "bias2" | "variance" | "noise" | "total" | "standardError" | "trainError"): number[] =>
    results.map((result) => result[key]);
  const total = pick("total");
  const sweep: BiasVarianceSweep<V> = {
    values: values.slice(),
    bias2: pick("bias2"),
    variance: pick("variance"),
    noise: pick("noise"),
    total,
    standardError: pick("standardError"),
    trainError: pick("trainError"),
    best: values[total.indexOf(Math.min(...total))] as V,
    results,
  };
  return displayed(sweep, "biasVarianceSweep");
}
