import { checkNumber, checkOptions, errorText, rejectUnknownOptions, showValue } from "../errors.js";
import { type Random, randomOption } from "../random.js";
import { checkInputs, type Input, readSample, type Sample, toRows, trueValues } from "./design.js";
import type { Model } from "./model/samples.js";
import { fitMany } from "./parallel/fitMany.js";
import { type FitProgress, fitProgress } from "./parallel/fitProgress.js";

/** Fits to rows and targets and returns a predictor of rows (or a fitted model). */
export type FitFunction = (
  x: number[][],
  y: number[],
  random: Random,
) => ((x: number[][]) => ArrayLike<number>) | Pick<Model, "predict">;

export interface BiasVarianceOptions {
  /** A model, or a function that fits one. */
  readonly fit: Model | FitFunction;
  /** The true function f. */
  readonly truth: (x: never) => number;
  /** Standard deviation σ of the normal noise added to f(x); default 0. */
  readonly noise?: number;
  /** Training inputs: a number (uniform on [0, 1), new each round), a list (fixed), or a function of a generator. */
  readonly sample: Sample;
  /** Inputs at which bias and variance are measured. */
  readonly test: readonly Input[];
  /** Training sets; default 200. */
  readonly rounds?: number;
  /** Default the shared generator. */
  readonly random?: Random;
  /** Worker threads for models of ours; default by the amount of work. The numbers do not depend on it. */
  readonly workers?: number;
}

/** Bias, variance and noise of one way to learn, averaged over the test inputs; `points` has them one by one. */
export interface BiasVariance {
  /** Mean over test inputs of (mean prediction − truth)². */
  readonly bias2: number;
  /** Mean over test inputs of the variance of the predictions over training sets. */
  readonly variance: number;
  /** σ². */
  readonly noise: number;
  /** The **measured** mean squared error on fresh noisy targets: equals bias2 + variance + noise within its error. */
  readonly total: number;
  /** Monte-Carlo standard error of `total`. */
  readonly standardError: number;
  /** Mean squared error on the training sets themselves. */
  readonly trainError: number;
  /** Shape [rounds, test]. */
  readonly predictions: number[][];
  readonly points: {
    readonly x: Input[];
    readonly truth: number[];
    readonly mean: number[];
    readonly bias2: number[];
    readonly variance: number[];
  };
  readonly rounds: number;
  /** Whether all rounds had the same training inputs. */
  readonly isFixedDesign: boolean;
}

/**
 * Splits the expected squared error of a learning method into bias², variance and noise, by training on many training
 * sets drawn from a known truth.
 *
 * `E_D,ε[(y − f̂_D(x))²] = (f̄(x) − f(x))² + E_D[(f̂_D(x) − f̄(x))²] + σ²`, with f̄ the mean prediction over training sets D.
 *
 * Exact for squared error; 0–1 loss has no such sum. Variance is taken over training sets of the same size at a fixed x, not
 * over nearby x. `total` is measured separately on fresh noisy targets, so that the identity is a check and not a definition.
 * Sum and mean square use the same rounds (variance divided by the number of rounds), so bias² is too large by variance/rounds.
 *
 * @param options.fit a model, or `(x, y, random) => predictor`
 * @param options.truth the true function of a number (or a row, when the design has rows)
 * @param options.noise σ; default 0
 * @param options.sample n uniform inputs anew each round, a list (fixed design), or `(random) => inputs`
 * @param options.test inputs at which to measure
 * @param options.rounds training sets; default 200
 * @param options.random default the shared generator; same seed, same numbers for any number of workers
 * @throws {TypeError | RangeError} for missing or impossible options, or predictions that are not finite numbers
 * @see Geman, Bienenstock and Doursat 1992, "Neural networks and the bias/variance dilemma", Neural Computation 4
 * @example
 * const fit = new generalization.PolynomialRegression({ degree: 0 });
 * const fixed = { fit, truth: (x) => x, sample: [0, 1], test: [0.5, 1], rounds: 10, random: createRandom(1) };
 * const { bias2, variance } = generalization.biasVariance(fixed);
 * [bias2, variance] // [0.125, 0]: the mean 0.5 misses 1 by 0.5, and without noise a fixed design never varies
 */
export function biasVariance(options: BiasVarianceOptions): BiasVariance {
  const progress = fitProgress("biasVariance");
  const result = biasVarianceAs("biasVariance", options, progress);
  progress.end();
  return result;
}

/** `biasVariance` under the name of the function that uses it, as a part of its progress. */
export function biasVarianceAs(
  where: string,
  options: BiasVarianceOptions,
  progress: FitProgress,
): BiasVariance {
  checkOptions(where, options);
  const { fit, truth, noise = 0, sample, test, rounds = 200, random, workers, ...rest } = options;
  const known = ["fit", "truth", "noise", "sample", "test", "rounds", "random", "workers"];
  rejectUnknownOptions(where, rest, known);
  if (typeof truth !== "function")
    throw new TypeError(errorText(where, `truth must be a function, got ${showValue(truth)}`));
  checkNumber(where, "noise", noise, { min: 0, help: "noise is the standard deviation σ, not the variance" });
  checkNumber(where, "rounds", rounds, { integer: true, min: 2 });
  const { draw, isFixed } = readSample(where, sample);
  const inputs = checkInputs(where, "test", test);
  const generator = randomOption(where, random);

  // One generator a purpose and round: what a fit draws never moves the data of the next round.
  const seed = generator.bits();
  const sets = Array.from({ length: rounds }, (_, round) => {
    const own = generator.split(`${seed} training set ${round}`);
    const x = draw(own);
    return {
      x,
      y: trueValues(where, truth, x).map((value) => value + (noise > 0 ? own.normal(0, noise) : 0)),
    };
  });
  const fitted = runFits(where, fit, sets, inputs, generator.split(`${seed} fits`), workers, progress);
  const truthAtTest = trueValues(where, truth, inputs);
  const fresh = generator.split(`${seed} test noise`);
  return summarize(inputs, truthAtTest, noise, fitted, isFixed, () =>
    noise > 0 ? fresh.normal(0, noise) : 0,
  );
}

interface TrainingSet {
  readonly x: Input[];
  readonly y: number[];
}

interface Fitted {
  readonly predictions: number[][];
  readonly trainError: number;
}

/** Predictions of each round at the test inputs, and the mean squared error on the training sets. */
function runFits(
  where: string,
  fit: Model | FitFunction,
  sets: readonly TrainingSet[],
  test: readonly Input[],
  random: Random,
  workers: number | undefined,
  progress: FitProgress,
): Fitted {
  const model = typeof fit === "function" ? fromFunction(where, fit, random) : fit;
  if (typeof model?.fit !== "function" || typeof model.predict !== "function") {
    const text = `fit must be a model or a function (x, y, random) => predictor, got ${showValue(fit)}`;
    throw new TypeError(errorText(where, text));
  }
  const rows = [...toRows(test)];
  const targets = new Array<number>(rows.length).fill(0);
  const query = rows.map((_, i) => i);
  const tasks = sets.map(({ x, y }) => {
    const train = x.map((_, i) => rows.length + i);
    rows.push(...toRows(x));
    targets.push(...y);
    return { train, query: [...query, ...train] };
  });
  const all = fitMany(where, model, rows, targets, tasks, { workers, onProgress: progress.update });
  progress.endPart();
  let squares = 0;
  let count = 0;
  all.forEach((values, round) => {
    const { y } = sets[round]!;
    for (let i = 0; i < y.length; i++) squares += (values[test.length + i]! - y[i]!) ** 2;
    count += y.length;
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad < 0) return;
    const text = `every prediction must be a finite number, got ${values[bad]} in round ${round}`;
    throw new RangeError(
      errorText(where, text, "", "the fit diverged: lower its learning rate or its degree"),
    );
  });
  return {
    predictions: all.map((values) => Array.from(values.slice(0, test.length))),
    trainError: squares / count,
  };
}

/** A user's function as a model: fitted here, round by round, each with a generator of its own. */
function fromFunction(where: string, fit: FitFunction, random: Random): Model {
  let round = 0;
  let predict: (x: number[][]) => ArrayLike<number>;
  return {
    fit(x: number[][], y: number[]) {
      const result = fit(x, y, random.split(round++));
      predict = typeof result === "function" ? result : (rows) => result.predict(rows);
      return this;
    },
    predict(x: number[][]) {
      const values = predict(x);
      if (values?.length === x.length) return Array.from(values);
      const text = `fit must return a predictor of one number a row, got ${showValue(values)} for ${x.length} rows`;
      throw new TypeError(errorText(where, text));
    },
  };
}

function summarize(
  x: Input[],
  truth: number[],
  sigma: number,
  { predictions, trainError }: Fitted,
  isFixedDesign: boolean,
  drawNoise: () => number,
): BiasVariance {
  const rounds = predictions.length;
  const average = (values: readonly number[]): number =>
    values.reduce((sum, v) => sum + v, 0) / values.length;
  // Deviations from the first round: equal predictions then have variance exactly 0.
  const shifts = truth.map((_, j) => average(predictions.map((row) => row[j]! - predictions[0]![j]!)));
  const mean = shifts.map((shift, j) => predictions[0]![j]! + shift);
  const bias2 = mean.map((value, j) => (value - truth[j]!) ** 2);
  const variance = mean.map((_, j) =>
    average(predictions.map((row) => (row[j]! - predictions[0]![j]! - shifts[j]!) ** 2)),
  );
  const errors = predictions.map((row) =>
    average(row.map((value, j) => (truth[j]! + drawNoise() - value) ** 2)),
  );
  const total = average(errors);
  const spread = Math.sqrt(average(errors.map((error) => (error - total) ** 2)));
  return {
    bias2: average(bias2),
    variance: average(variance),
    noise: sigma ** 2,
    total,
    standardError: spread / Math.sqrt(rounds - 1),
    trainError,
    predictions,
    points: { x, truth, mean, bias2, variance },
    rounds,
    isFixedDesign,
  };
}
