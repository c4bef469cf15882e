import { errorText, nearestName, showValue } from "../../errors.js";
import type { Model } from "../model/samples.js";

/** A measure of predictions against the truth. */
export type ScoreFunction = (truth: readonly number[], prediction: readonly number[]) => number;

/** Names of the measures that are built in. */
export type ScoreName = "accuracy" | "r2" | "meanSquaredError" | "meanAbsoluteError";

/** A measure and which end of it is good. */
export interface Score {
  readonly name: string;
  readonly measure: ScoreFunction;
  /** True when larger is better. */
  readonly greaterIsBetter: boolean;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const meanOf =
  (loss: (truth: number, prediction: number) => number): ScoreFunction =>
  (truth, prediction) =>
    mean(truth.map((value, i) => loss(value, prediction[i]!)));

/** 1 − Σ(y − ŷ)² / Σ(y − ȳ)²: 1 is perfect, 0 as good as the mean of these y, negative worse. One value of y: 1 if right, else 0. */
function r2(truth: readonly number[], prediction: readonly number[]): number {
  const center = mean(truth);
  const total = truth.reduce((sum, value) => sum + (value - center) ** 2, 0);
  const residual = truth.reduce((sum, value, i) => sum + (value - prediction[i]!) ** 2, 0);
  if (total === 0) return residual === 0 ? 1 : 0;
  return 1 - residual / total;
}

const scores: Readonly<Record<ScoreName, Score>> = {
  accuracy: {
    name: "accuracy",
    measure: meanOf((y, p) => (y === p ? 1 : 0)),
    greaterIsBetter: true,
  },
  r2: { name: "r2", measure: r2, greaterIsBetter: true },
  meanSquaredError: {
    name: "meanSquaredError",
    measure: meanOf((y, p) => (y - p) ** 2),
    greaterIsBetter: false,
  },
  meanAbsoluteError: {
    name: "meanAbsoluteError",
    measure: meanOf((y, p) => Math.abs(y - p)),
    greaterIsBetter: false,
  },
};

/** What a user may pass: a name, a function (larger is better), or a complete Score. */
export type ScoreOption = ScoreName | ScoreFunction | Score;

/**
 * Resolves the option. Without one: accuracy for a model that has `classes` (a classifier), r2 for any other, as in
 * scikit-learn.
 *
 * @throws {RangeError} for an unknown name, {TypeError} for anything else
 */
export function resolveScore(where: string, option: ScoreOption | undefined, model: Model): Score {
  if (option === undefined) return isClassifier(model) ? scores.accuracy : scores.r2;
  if (typeof option === "function")
    return { name: option.name || "score", measure: option, greaterIsBetter: true };
  if (typeof option === "object" && option !== null && typeof option.measure === "function") return option;
  const names = Object.keys(scores);
  const text = `score must be ${names.join(", ")} or a function (truth, prediction) => number, got ${showValue(option)}`;
  if (typeof option !== "string") throw new TypeError(errorText(where, text));
  if (Object.hasOwn(scores, option)) return scores[option as ScoreName];
  const near = nearestName(option, names);
  throw new RangeError(errorText(where, text, "", near === undefined ? "" : `did you mean "${near}"?`));
}

/** A classifier of ours has `classes`, or was made with `task: "classification"`. */
export function isClassifier(model: Model): boolean {
  const {
    classes,
    options,
    isClassifier: told,
  } = model as {
    classes?: unknown;
    options?: { task?: unknown };
    isClassifier?: unknown;
  };
  return told === true || Array.isArray(classes) || options?.task === "classification";
}

/** `a` is better than `b`; NaN is never better. */
export function isBetter(score: Score, a: number, b: number): boolean {
  if (Number.isNaN(a)) return false;
  return Number.isNaN(b) || (score.greaterIsBetter ? a > b : a < b);
}
