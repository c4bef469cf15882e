import { checkBoolean, checkOptions, rejectUnknownOptions } from "../../errors.js";
import { checkSamples, type Model } from "../model/samples.js";
import { fitMany } from "../parallel/fitMany.js";
import { type FitProgress, fitProgress } from "../parallel/fitProgress.js";
import type { Split } from "../split/split.js";
import { checkSplits } from "./checkSplits.js";
import { resolveScore, type ScoreOption } from "./score.js";

/** Samples as rows and targets. */
export interface Samples {
  readonly x: number[][];
  readonly y: number[];
}

export interface CrossValidateOptions {
  /** "accuracy", "r2", "meanSquaredError", "meanAbsoluteError" or (truth, prediction) => number; default by the model. */
  readonly score?: ScoreOption;
  /** Also score each model on its own training part; default false. */
  readonly trainScores?: boolean;
  /** Worker threads for models of ours; default by the amount of work. */
  readonly workers?: number;
}

/** Scores of one model over several splits. */
export interface CrossValidation {
  /** Name of the measure. */
  readonly score: string;
  /** One score a split. */
  readonly scores: number[];
  readonly mean: number;
  /** Standard deviation over the splits (divided by k), as scikit-learn prints it; not a standard error: folds share data. */
  readonly std: number;
  /** Scores on the training parts, when asked for. */
  readonly trainScores?: number[];
  /** Predictions for each split's test part, in the order of its indices. */
  readonly predictions: number[][];
}

export const meanAndStd = (values: readonly number[]): { mean: number; std: number } => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, std: Math.sqrt(variance) };
};

/**
 * Fits the model on each split's training part and scores it on the test part. The model is fitted from scratch each
 * time, so a `Pipeline` learns its scaling and selection inside the fold.
 *
 * @param model anything with fit(x, y) and predict(x): classical models, a `Pipeline`, a `networkModel`
 * @param samples `{x: rows, y: targets}`
 * @param splits of any splitter, made for x.length samples
 * @param options.score default accuracy for classifiers, r2 otherwise
 * @param options.trainScores default false
 * @param options.workers default by the amount of work; the numbers do not depend on it
 * @returns scores, their mean and standard deviation, predictions
 * @throws {RangeError} for NaN, ragged rows, y of another length, or splits of other samples
 * @see Stone 1974; Arlot and Celisse 2010, "A survey of cross-validation procedures", Statistics Surveys 4
 * @example
 * const x = [[0], [1], [2], [3]], y = [0, 2, 4, 6];
 * const line = new generalization.PolynomialRegression({ degree: 1 });
 * generalization.crossValidate(line, { x, y }, generalization.kFold(4, { nSplits: 2 }), { score: "meanSquaredError" }).mean < 1e-20 // true
 */
export function crossValidate(
  model: Model,
  samples: Samples,
  splits: readonly Split[],
  options: CrossValidateOptions = {},
): CrossValidation {
  const progress = fitProgress("crossValidate");
  const result = crossValidateAs("crossValidate", model, samples, splits, options, progress);
  progress.end();
  return result;
}

/** `crossValidate` under the name of the function that uses it, as a part of its progress. */
export function crossValidateAs(
  where: string,
  model: Model,
  samples: Samples,
  splits: readonly Split[],
  options: CrossValidateOptions,
  progress: FitProgress,
): CrossValidation {
  checkOptions(where, options);
  const { score, trainScores = false, workers, ...rest } = options;
  rejectUnknownOptions(where, rest, ["score", "trainScores", "workers"]);
  checkBoolean(where, "trainScores", trainScores);
  const { x, y } = samples;
  checkSamples(where, x, y);
  const checked = checkSplits(where, splits, y.length);
  const measure = resolveScore(where, score, model);
  const tasks = checked.map(({ train, test }) => ({
    train,
    query: trainScores ? [...test, ...train] : test,
  }));
  const predictions = fitMany(where, model, x, y, tasks, { workers, onProgress: progress.update });
  progress.endPart();
  const scoreOf = (indices: readonly number[], predicted: Float64Array): number =>
    measure.measure(
      indices.map((index) => y[index]!),
      Array.from(predicted),
    );
  const tested = checked.map(({ test }, i) => predictions[i]!.slice(0, test.length));
  const scores = checked.map(({ test }, i) => scoreOf(test, tested[i]!));
  return {
    score: measure.name,
    scores,
    ...meanAndStd(scores),
    ...(trainScores
      ? {
          trainScores: checked.map(({ train, test }, i) =>
            scoreOf(train, predictions[i]!.slice(test.length)),
          ),
        }
      : {}),
    predictions: tested.map((list) => Array.from(list)),
  };
}
