import { checkNumber, checkOptions, errorText, rejectUnknownOptions, showValue } from "../errors.js";
import { type Random, randomOption } from "../random.js";
import { displayed } from "./displayed.js";
import { checkSampleCount, complement } from "./split/split.js";

/** One bootstrap sample: n draws with replacement, and the samples that were never drawn (ascending). */
export interface BootstrapIndices {
  readonly inBag: number[];
  readonly outOfBag: number[];
}

/**
 * One bootstrap sample of n samples: draw **n with replacement from n**. On average a share 1 − (1 − 1/n)ⁿ of them,
 * 63.2 % for large n, is drawn at least once. (Fewer draws without replacement is another method: subsampling.)
 *
 * @param n number of samples
 * @param options.random default the shared generator
 * @returns `inBag` with n indices in the order drawn, repeats included; `outOfBag` with the others
 * @see Efron 1979, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7
 * @example
 * generalization.bootstrapIndices(100, { random: createRandom(1) }).inBag.length // 100
 */
export function bootstrapIndices(n: number, options: { readonly random?: Random } = {}): BootstrapIndices {
  checkOptions("bootstrapIndices", options);
  const { random, ...rest } = options;
  rejectUnknownOptions("bootstrapIndices", rest, ["random"]);
  checkSampleCount("bootstrapIndices", n);
  const generator = randomOption("bootstrapIndices", random);
  const inBag = Array.from({ length: n }, () => generator.integer(n));
  return { inBag, outOfBag: complement(n, inBag) };
}

export interface BootstrapOptions {
  /** Bootstrap samples; default 1000. */
  readonly rounds?: number;
  /** Share of the replicates inside the interval; default 0.95. */
  readonly confidence?: number;
  /** Default the shared generator. */
  readonly random?: Random;
}

/** A statistic with its bootstrap distribution. */
export interface BootstrapResult {
  /** The statistic of the data themselves. */
  readonly estimate: number;
  /** Ends of the percentile interval. */
  readonly low: number;
  readonly high: number;
  /** Standard deviation of the replicates: the standard error of the statistic. */
  readonly standardError: number;
  /** Mean of the replicates minus the estimate. */
  readonly bias: number;
  /** The statistic of each bootstrap sample, in the order drawn. */
  readonly replicates: number[];
}

/** The p-quantile of ascending values with linear interpolation, as numpy.quantile. */
export function quantile(ascending: readonly number[], p: number): number {
  const position = p * (ascending.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, ascending.length - 1);
  return ascending[below]! + (position - below) * (ascending[above]! - ascending[below]!);
}

/**
 * Percentile bootstrap: how much would this statistic vary if the data were drawn again?
 *
 * @param values the data, any kind of items
 * @param statistic a number computed from a list of items
 * @param options.rounds default 1000
 * @param options.confidence default 0.95
 * @param options.random default the shared generator
 * @returns estimate, interval, standard error, bias and all replicates
 * @throws {RangeError} for no values, rounds < 2, confidence outside (0, 1), or a statistic that is not a number
 * @see Efron and Tibshirani 1993, "An Introduction to the Bootstrap", chapter 13
 * @example
 * const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
 * generalization.bootstrap([2, 4, 6], mean, { random: createRandom(1) }).estimate // 4
 */
export function bootstrap<T>(
  values: readonly T[],
  statistic: (sample: T[]) => number,
  options: BootstrapOptions = {},
): BootstrapResult {
  checkOptions("bootstrap", options);
  const { rounds = 1000, confidence = 0.95, random, ...rest } = options;
  rejectUnknownOptions("bootstrap", rest, ["rounds", "confidence", "random"]);
  if (!Array.isArray(values) || values.length === 0)
    throw new RangeError(
      errorText("bootstrap", `values must be a list with at least one item, got ${showValue(values)}`),
    );
  checkNumber("bootstrap", "rounds", rounds, { integer: true, min: 2 });
  checkNumber("bootstrap", "confidence", confidence, { above: 0, below: 1 });
  const generator = randomOption("bootstrap", random);
  const measure = (sample: T[], what: string): number => {
    const value = statistic(sample);
    if (Number.isFinite(value)) return value;
    throw new RangeError(
      errorText("bootstrap", `statistic must return a finite number, got ${showValue(value)} for ${what}`),
    );
  };
  const estimate = measure(values.slice(), "the data");
  const replicates = Array.from({ length: rounds }, (_, round) =>
    measure(
      bootstrapIndices(values.length, { random: generator }).inBag.map((index) => values[index] as T),
      `bootstrap sample ${round}`,
    ),
  );
  const ascending = replicates.slice().sort((a, b) => a - b);
  const mean = replicates.reduce((sum, value) => sum + value, 0) / rounds;
  const variance = replicates.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (rounds - 1);
  const result: BootstrapResult = {
    estimate,
    low: quantile(ascending, (1 - confidence) / 2),
    high: quantile(ascending, (1 + confidence) / 2),
    standardError: Math.sqrt(variance),
    bias: mean - estimate,
    replicates,
  };
  return displayed(result, "bootstrap");
}

/**
 * The .632 estimate of the prediction error: `0.368·trainError + 0.632·outOfBagError`.
 *
 * The training error is too low, the out-of-bag error too high, because its models saw only 63.2 % distinct samples;
 * the weights are e⁻¹ and 1 − e⁻¹. Still too low for a model that fits its training data exactly (trainError 0).
 *
 * @param trainError error on the data the model was fitted to
 * @param outOfBagError mean error on samples that the bootstrap models did not see
 * @throws {RangeError} for errors that are not finite
 * @see Efron 1983, "Estimating the error rate of a prediction rule", JASA 78
 * @example
 * generalization.point632(0, 1) // 0.632
 */
export function point632(trainError: number, outOfBagError: number): number {
  checkNumber("point632", "trainError", trainError);
  checkNumber("point632", "outOfBagError", outOfBagError);
  return 0.368 * trainError + 0.632 * outOfBagError;
}
