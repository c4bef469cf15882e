import { checkNumber, checkOptions, errorText, rejectUnknownOptions, showValue } from "../../errors.js";
import { type Random, randomOption } from "../../random.js";
import { displayed } from "../displayed.js";
import { checkSamples, type Model } from "../model/samples.js";
import { fitProgress } from "../parallel/fitProgress.js";
import type { Split } from "../split/split.js";
import { checkSplits } from "./checkSplits.js";
import { type CrossValidateOptions, crossValidateAs, type Samples } from "./crossValidate.js";
import { resolveScore, type ScoreOption } from "./score.js";
import type { MakeModel } from "./search.js";

/** Scores along one axis: training-set sizes, or values of one hyperparameter. All lists have one entry a point. */
export interface ScoreCurve<X> {
  readonly score: string;
  readonly greaterIsBetter: boolean;
  readonly x: X[];
  /** Shape [points, splits]. */
  readonly trainScores: number[][];
  readonly testScores: number[][];
  readonly trainMean: number[];
  readonly testMean: number[];
  readonly testStd: number[];
}

export interface LearningCurveOptions {
  readonly score?: ScoreOption;
  /** Training-set sizes: fractions of the smallest training part or counts; default 0.1, 0.325, 0.55, 0.775, 1. */
  readonly sizes?: readonly number[];
  /** Draws which training samples a smaller size keeps; without it the first ones. */
  readonly random?: Random;
  readonly workers?: number;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function curveOf<X>(
  x: X[],
  score: { name: string; greaterIsBetter: boolean },
  points: readonly { trainScores?: number[]; scores: number[]; std: number }[],
): ScoreCurve<X> {
  return {
    score: score.name,
    greaterIsBetter: score.greaterIsBetter,
    x,
    trainScores: points.map((point) => point.trainScores!),
    testScores: points.map((point) => point.scores),
    trainMean: points.map((point) => mean(point.trainScores!)),
    testMean: points.map((point) => mean(point.scores)),
    testStd: points.map((point) => point.std),
  };
}

/**
 * Learning curve: training and test score against the number of training samples. Do more data help? A gap that closes
 * says yes; two flat curves that meet at a bad score say the model is too simple.
 *
 * Splits of a growing window (`timeSeriesSplit`) are refused: shortening their training parts would keep the oldest data
 * of every split and call it a curve over sizes, as scikit-learn silently does.
 *
 * @param model anything with fit and predict
 * @param samples `{x, y}`
 * @param splits of a splitter whose training parts have about equal sizes
 * @param options.sizes fractions of the smallest training part, or counts; default five from 0.1 to 1
 * @param options.random shuffles each training part once before it is shortened; default: data order
 * @returns scores by size and split, means and standard deviations
 * @throws {RangeError} when training parts differ in size by more than one, or a size exceeds them
 * @example
 * const x = Array.from({ length: 20 }, (_, i) => [i]), y = x.map(([v]) => 3 * v);
 * const line = new generalization.PolynomialRegression();
 * generalization.learningCurve(line, { x, y }, generalization.kFold(20), { sizes: [4, 8, 16] }).x // [4, 8, 16]
 */
export function learningCurve(
  model: Model,
  samples: Samples,
  splits: readonly Split[],
  options: LearningCurveOptions = {},
): ScoreCurve<number> {
  checkOptions("learningCurve", options);
  const { score, sizes = [0.1, 0.325, 0.55, 0.775, 1], random, workers, ...rest } = options;
  rejectUnknownOptions("learningCurve", rest, ["score", "sizes", "random", "workers"]);
  checkSamples("learningCurve", samples.x, samples.y);
  const checked = checkSplits("learningCurve", splits, samples.y.length);
  const lengths = checked.map(({ train }) => train.length);
  const smallest = Math.min(...lengths);
  if (Math.max(...lengths) - smallest > 1) {
    const text = `training parts must have equal sizes (one more is fine), got ${smallest} to ${Math.max(...lengths)}`;
    const help =
      "a growing window has its learning curve in its splits: plot the scores of crossValidate against the split";
    throw new RangeError(errorText("learningCurve", text, "", help));
  }
  const counts = sizes.map((size) => trainCount(size, smallest));
  const generator = random === undefined ? undefined : randomOption("learningCurve", random);
  const ordered = checked.map(({ train, test }) => ({
    train: generator ? generator.shuffle(train) : train,
    test,
  }));
  const common: CrossValidateOptions = {
    trainScores: true,
    ...(score === undefined ? {} : { score }),
    ...(workers === undefined ? {} : { workers }),
  };
  const progress = fitProgress("learningCurve", counts.length);
  const points = counts.map((count) =>
    crossValidateAs(
      "learningCurve",
      model,
      samples,
      ordered.map(({ train, test }) => ({ train: train.slice(0, count), test })),
      common,
      progress,
    ),
  );
  progress.end();
  return displayed(curveOf(counts, resolveScore("learningCurve", score, model), points), "learningCurve");
}

function trainCount(size: number, smallest: number): number {
  checkNumber("learningCurve", "size", size, { above: 0 });
  const count = size <= 1 && !(size === 1 && smallest === 1) ? Math.floor(size * smallest) : size;
  if (Number.isInteger(count) && count >= 1 && count <= smallest) return count;
  const text = `a size must give 1 to ${smallest} training samples, got ${size}`;
  throw new RangeError(errorText("learningCurve", text));
}

/**
 * Validation curve: training and test score against one hyperparameter. Left of the best value the model is too simple,
 * right of it (training score still rising, test score falling) it overfits.
 *
 * @param makeModel from the value to a model
 * @param values values of the hyperparameter in the order of the axis
 * @param samples `{x, y}`
 * @param splits of any splitter
 * @param options.score default by the model
 * @returns scores by value and split, means and standard deviations
 * @throws {RangeError} for no values
 * @example
 * const x = [[0], [1], [2], [3], [4], [5]], y = [0, 1, 4, 9, 16, 25];
 * const make = (degree) => new generalization.PolynomialRegression({ degree });
 * generalization.validationCurve(make, [1, 2], { x, y }, generalization.kFold(6, { nSplits: 3 })).testMean[1].toFixed(3) // 1.000
 */
export function validationCurve<V>(
  makeModel: MakeModel<V>,
  values: readonly V[],
  samples: Samples,
  splits: readonly Split[],
  options: { readonly score?: ScoreOption; readonly workers?: number } = {},
): ScoreCurve<V> {
  checkOptions("validationCurve", options);
  const { score, workers, ...rest } = options;
  rejectUnknownOptions("validationCurve", rest, ["score", "workers"]);
  if (!Array.isArray(values) || values.length === 0) {
    const text = `values must be a list of at least one value, got ${showValue(values)}`;
    throw new RangeError(errorText("validationCurve", text));
  }
  const common: CrossValidateOptions = {
    trainScores: true,
    ...(score === undefined ? {} : { score }),
    ...(workers === undefined ? {} : { workers }),
  };
  const progress = fitProgress("validationCurve", values.length);
  const points = values.map((value) =>
    crossValidateAs("validationCurve", makeModel(value), samples, splits, common, progress),
  );
  progress.end();
  const measure = resolveScore("validationCurve", score, makeModel(values[0] as V));
  return displayed(curveOf(values.slice(), measure, points), "validationCurve");
}
