import { checkChoice, checkOptions, errorText, rejectUnknownOptions, showValue } from "../../errors.js";
import { argMax, checkQuery, checkSamples, type Model } from "../model/samples.js";
import { isClassifier } from "./score.js";

export interface VotingEnsembleOptions {
  /**
   * "mean" averages predictions (regression), "hard" counts votes for labels, "soft" averages class probabilities; default "hard"
   * for classifiers, else "mean".
   */
  readonly voting?: "mean" | "hard" | "soft";
  /** One weight a member, none negative, not all 0; default all equal. */
  readonly weights?: readonly number[];
}

/** A classifier that also says how sure it is. */
interface Probabilistic extends Model {
  /** Labels, ascending. */
  readonly classes: readonly number[];
  /** Shape [rows, classes]. */
  predictProbabilities(x: number[][]): number[][];
}

/**
 * An ensemble of models of any kinds, all trained on the same samples: their predictions are averaged or voted on.
 *
 * With weights wₘ, members m and labels c:
 * - "mean": `Σ wₘ·ŷₘ / Σ wₘ`
 * - "hard": the label with the largest `Σ wₘ·[ŷₘ = c]`, the smallest one of equals
 * - "soft": the label with the largest `Σ wₘ·pₘ(c)`: a member that is sure counts more than one that hesitates
 *
 * For squared error an average is never worse than the mean of its members' errors, and better by their spread (Krogh and
 * Vedelsby 1995); so members should be good **and different**. Voting has no such guarantee.
 *
 * `fit` fits the members themselves (scikit-learn's `VotingClassifier` and `VotingRegressor` fit copies), so a member must not stand
 * in the list twice.
 *
 * @param models at least one; all classifiers or none
 * @param options.voting default "hard" for classifiers, else "mean"; "soft" needs members with `predictProbabilities`
 * @param options.weights default all equal
 * @throws {TypeError | RangeError} for members without fit and predict, the same member twice, classifiers mixed with others, a
 *   voting that does not fit the members, or weights of another length
 * @see Krogh and Vedelsby 1995, "Neural network ensembles, cross validation, and active learning", NIPS 7
 * @example
 * const line = new generalization.PolynomialRegression({ degree: 1 }), nearest = new generalization.KNearestNeighbors({ k: 1 });
 * const both = new generalization.VotingEnsemble([line, nearest]).fit([[0], [1], [2]], [0, 1, 2]);
 * both.predict([[3]])[0].toFixed(2) // 2.50: the mean of 3 and 2
 */
export class VotingEnsemble implements Model {
  readonly models: readonly Model[];
  readonly voting: "mean" | "hard" | "soft";
  readonly weights: readonly number[];
  /** True unless predictions are averaged: decides the default score. */
  readonly isClassifier: boolean;
  private features = 0;

  constructor(models: readonly Model[], options: VotingEnsembleOptions = {}) {
    const where = "VotingEnsemble";
    checkModels(models);
    checkOptions(where, options);
    const classifiers = models.filter(isClassifier).length;
    if (classifiers !== 0 && classifiers !== models.length) {
      const text = `members must be all classifiers or none, got ${classifiers} of ${models.length}`;
      throw new TypeError(errorText(where, text));
    }
    const { voting = classifiers > 0 ? "hard" : "mean", weights = models.map(() => 1), ...rest } = options;
    rejectUnknownOptions(where, rest, ["voting", "weights"]);
    checkChoice(where, "voting", voting, ["mean", "hard", "soft"]);
    if ((voting === "mean") === classifiers > 0) {
      const kind = classifiers > 0 ? "classifiers" : "members that predict numbers";
      const help = classifiers > 0 ? 'use "hard" or "soft"' : 'use "mean"';
      throw new RangeError(
        errorText(where, `voting must fit the members, got "${voting}" for ${kind}`, "", help),
      );
    }
    const silent = voting === "soft" ? models.findIndex((model) => !isProbabilistic(model)) : -1;
    if (silent >= 0) {
      const text = `"soft" voting needs members with predictProbabilities, got member ${silent} without`;
      throw new TypeError(errorText(where, text, "", 'use {voting: "hard"}'));
    }
    checkWeights(weights, models.length);
    this.models = [...models];
    this.voting = voting;
    this.weights = [...weights];
    this.isClassifier = classifiers > 0;
  }

  fit(x: number[][], y: number[]): this {
    const features = checkSamples("VotingEnsemble.fit", x, y);
    for (const model of this.models) model.fit(x, y);
    this.features = features;
    return this;
  }

  predict(x: number[][]): number[] {
    checkQuery("VotingEnsemble.predict", x, this.features);
    if (this.voting === "soft") {
      const { classes } = this.models[0] as Probabilistic;
      return this.predictProbabilities(x).map((shares) => classes[argMax(shares)]!);
    }
    const opinions = this.models.map((model) => model.predict(x)); // [members, rows]
    const combine = this.voting === "mean" ? weightedMean : majority;
    return x.map((_, i) =>
      combine(
        opinions.map((labels) => labels[i]!),
        this.weights,
      ),
    );
  }

  /**
   * Weighted mean of the members' class probabilities, in the order of the members' `classes`; shape [rows, classes].
   *
   * @throws {Error} unless voting is "soft"
   */
  predictProbabilities(x: number[][]): number[][] {
    if (this.voting !== "soft") {
      const text = `probabilities need "soft" voting, got "${this.voting}"`;
      throw new Error(errorText("VotingEnsemble.predictProbabilities", text));
    }
    checkQuery("VotingEnsemble.predictProbabilities", x, this.features);
    const all = this.models.map((model) => (model as Probabilistic).predictProbabilities(x)); // [members, rows, classes]
    return x.map((_, i) =>
      all[0]![i]!.map((_, k) =>
        weightedMean(
          all.map((rows) => rows[i]![k]!),
          this.weights,
        ),
      ),
    );
  }
}

function weightedMean(values: readonly number[], weights: readonly number[]): number {
  let sum = 0;
  let total = 0;
  for (let m = 0; m < values.length; m++) {
    sum += weights[m]! * values[m]!;
    total += weights[m]!;
  }
  return sum / total;
}

/** The label with the largest weight, the smallest one of equals. */
function majority(labels: readonly number[], weights: readonly number[]): number {
  const votes = new Map<number, number>();
  for (const [m, label] of labels.entries()) votes.set(label, (votes.get(label) ?? 0) + weights[m]!);
  const ascending = [...votes].sort(([a], [b]) => a - b);
  return ascending[argMax(ascending.map(([, weight]) => weight))]![0];
}

function isProbabilistic(model: Model): boolean {
  return typeof (model as Partial<Probabilistic>).predictProbabilities === "function";
}

function checkModels(models: unknown): asserts models is readonly Model[] {
  if (!Array.isArray(models) || models.length === 0)
    throw new TypeError(
      errorText("VotingEnsemble", `models must be a list of at least one model, got ${showValue(models)}`),
    );
  for (const [m, model] of models.entries()) {
    const { fit, predict } = (model ?? {}) as Partial<Model>;
    if (typeof fit !== "function" || typeof predict !== "function") {
      const text = `every member must have fit and predict, got ${showValue(model)} at index ${m}`;
      throw new TypeError(errorText("VotingEnsemble", text));
    }
    const earlier = models.indexOf(model);
    if (earlier !== m) {
      const text = `every member must be an object of its own, got the same one at index ${earlier} and ${m}`;
      throw new RangeError(errorText("VotingEnsemble", text, "", "pass weights to count one twice"));
    }
  }
}

function checkWeights(weights: unknown, members: number): void {
  const list = Array.isArray(weights) ? (weights as unknown[]) : [];
  const right =
    list.length === members &&
    list.every((weight) => typeof weight === "number" && Number.isFinite(weight) && weight >= 0) &&
    list.some((weight) => weight !== 0);
  if (right) return;
  const text = `weights must be ${members} numbers at least 0, not all 0, got ${showValue(weights)}`;
  throw new RangeError(errorText("VotingEnsemble", text));
}
