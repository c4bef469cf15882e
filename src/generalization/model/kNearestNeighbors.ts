import { checkChoice, checkNumber, checkOptions, errorText, rejectUnknownOptions } from "../../errors.js";
import {
  argMax,
  checkQuery,
  checkSamples,
  codeClasses,
  type DescribedModel,
  type ModelDescription,
} from "./samples.js";

export interface KNearestNeighborsOptions {
  /** Number of neighbours; default 5. */
  readonly k?: number;
  /** Mean of the neighbours' targets, or the most frequent class; default "regression". */
  readonly task?: "regression" | "classification";
}

/**
 * k nearest neighbours by Euclidean distance: predicts the mean of the k nearest training targets, or with
 * `task: "classification"` the most frequent class among them (the smallest label wins ties).
 *
 * The model is its training set; k controls the complexity: k = 1 follows every sample, k = n predicts one constant. Of
 * equally distant samples the earlier one is nearer. Scale the features first, or the one with the largest unit decides.
 *
 * @param options.k default 5
 * @param options.task default "regression"
 * @throws {RangeError} when k exceeds the number of samples, for ragged rows, NaN, or y of another length
 * @see Fix and Hodges 1951; Cover and Hart 1967, IEEE Transactions on Information Theory 13
 * @example
 * new generalization.KNearestNeighbors({ k: 2 }).fit([[0], [1], [5]], [0, 2, 9]).predict([[0.4], [4]]) // [1, 5.5]
 */
export class KNearestNeighbors implements DescribedModel {
  readonly options: Required<KNearestNeighborsOptions>;
  private x: number[][] = [];
  private y: number[] = [];
  private features = 0;
  private labels: number[] = [];

  constructor(options: KNearestNeighborsOptions = {}) {
    checkOptions("KNearestNeighbors", options);
    const { k = 5, task = "regression", ...rest } = options;
    rejectUnknownOptions("KNearestNeighbors", rest, ["k", "task"]);
    checkNumber("KNearestNeighbors", "k", k, { integer: true, min: 1 });
    checkChoice("KNearestNeighbors", "task", task, ["regression", "classification"]);
    this.options = { k, task };
  }

  describe(): ModelDescription {
    return { name: "KNearestNeighbors", options: this.options };
  }

  fit(x: number[][], y: number[]): this {
    const features = checkSamples("KNearestNeighbors.fit", x, y);
    if (this.options.k > y.length) {
      const text = `k must be at most the number of samples, got k ${this.options.k} for ${y.length} samples`;
      throw new RangeError(errorText("KNearestNeighbors.fit", text));
    }
    this.features = features;
    this.x = x.map((row) => Array.from(row));
    this.y = Array.from(y);
    this.labels = this.options.task === "classification" ? codeClasses(y).labels : [];
    return this;
  }

  /** Class labels, ascending; undefined for regression. */
  get classes(): readonly number[] | undefined {
    return this.options.task === "classification" ? this.labels : undefined;
  }

  /**
   * Shares of the classes among the k neighbours, in the order of `classes`; shape [rows, classes].
   *
   * @throws {Error} for regression
   */
  predictProbabilities(x: number[][]): number[][] {
    const where = "KNearestNeighbors.predictProbabilities";
    if (this.options.task === "regression") {
      const text = 'the task must be "classification", got "regression"';
      throw new Error(errorText(where, text, "", 'make the model with {task: "classification"}'));
    }
    checkQuery(where, x, this.features);
    return x.map((row) => {
      const nearest = this.neighbors(row).map((index) => this.y[index]!);
      return this.labels.map((label) => nearest.filter((y) => y === label).length / nearest.length);
    });
  }

  predict(x: number[][]): number[] {
    checkQuery("KNearestNeighbors.predict", x, this.features);
    return x.map((row) => this.answer(this.neighbors(row).map((index) => this.y[index]!)));
  }

  private answer(targets: number[]): number {
    if (this.options.task === "regression") return targets.reduce((sum, y) => sum + y, 0) / targets.length;
    const { labels, classOf } = codeClasses(targets);
    const counts = new Int32Array(labels.length);
    for (const number of classOf) counts[number]!++;
    return labels[argMax(counts)]!;
  }

  /** Indices of the k nearest training samples, nearest first: one insertion into a short sorted list for each sample. */
  private neighbors(row: ArrayLike<number>): number[] {
    const { k } = this.options;
    const nearest: number[] = [];
    const distances: number[] = [];
    for (let i = 0; i < this.x.length; i++) {
      const sample = this.x[i]!;
      let distance = 0;
      for (let j = 0; j < sample.length; j++) distance += (sample[j]! - row[j]!) ** 2;
      if (nearest.length === k && distance >= distances[k - 1]!) continue;
      let place = nearest.length === k ? k - 1 : nearest.length;
      while (place > 0 && distances[place - 1]! > distance) {
        nearest[place] = nearest[place - 1]!;
        distances[place] = distances[place - 1]!;
        place--;
      }
      nearest[place] = i;
      distances[place] = distance;
    }
    return nearest;
  }
}
