import { checkNumber, checkOptions, errorText, rejectUnknownOptions } from "../../errors.js";
import { type Random, randomOption } from "../../random.js";
import { DecisionTreeRegressor } from "./decisionTree.js";
import { presort } from "./presort.js";
import { checkQuery, checkSamples, type DescribedModel, type ModelDescription } from "./samples.js";

export interface GradientBoostingOptions {
  /** Number of trees; default 100. */
  readonly nEstimators?: number;
  /** Shrinkage η of each tree's contribution; default 0.1. */
  readonly learningRate?: number;
  /** Levels of each tree; default 3. */
  readonly maxDepth?: number;
  /** Share of the samples each tree sees, drawn without replacement; default 1 (all). */
  readonly subsample?: number;
  /** Generator for `subsample`; default the shared one. */
  readonly random?: Random;
}

/**
 * Gradient boosting for squared error: small trees, each fitted to the residuals of the sum so far.
 *
 * 1. F₀ = mean of y
 * 2. for m = 1 … M: rᵢ = yᵢ − F_{m−1}(xᵢ) (the negative gradient of ½(y − F)²); fit a tree h_m to r
 * 3. F_m = F_{m−1} + η·h_m
 *
 * The models are added, not chained output to input. Equal to scikit-learn's `GradientBoostingRegressor` where no random
 * draw is involved (subsample 1, no ties between features).
 *
 * @param options.nEstimators default 100
 * @param options.learningRate default 0.1
 * @param options.maxDepth default 3
 * @param options.subsample below 1: stochastic gradient boosting (Friedman 2002); default 1
 * @param options.random generator for `subsample`
 * @throws {RangeError} for impossible options, ragged rows, NaN, or y of another length
 * @see Friedman 2001, "Greedy function approximation: a gradient boosting machine", Annals of Statistics 29
 * @example
 * const model = new generalization.GradientBoostingRegressor({ nEstimators: 2, learningRate: 0.5, maxDepth: 1 });
 * model.fit([[0], [1]], [0, 8]).predict([[0], [1]]) // [1, 7]
 */
export class GradientBoostingRegressor implements DescribedModel {
  readonly options: Required<Omit<GradientBoostingOptions, "random">>;
  /** Draws the subsamples; undefined when all samples are used. */
  readonly generator: Random | undefined;
  private trees: DecisionTreeRegressor[] = [];
  private start = 0;
  private features = 0;

  constructor(options: GradientBoostingOptions = {}) {
    const where = "GradientBoostingRegressor";
    checkOptions(where, options);
    const { nEstimators = 100, learningRate = 0.1, maxDepth = 3, subsample = 1, random, ...rest } = options;
    rejectUnknownOptions(where, rest, ["nEstimators", "learningRate", "maxDepth", "subsample", "random"]);
    checkNumber(where, "nEstimators", nEstimators, { integer: true, min: 1 });
    checkNumber(where, "learningRate", learningRate, { above: 0 });
    checkNumber(where, "maxDepth", maxDepth, { integer: true, min: 1 });
    checkNumber(where, "subsample", subsample, { above: 0, max: 1 });
    if (subsample === 1 && random !== undefined) {
      const text = "random has no effect without subsample, got subsample 1";
      throw new TypeError(errorText(where, text, "", "pass {subsample: 0.5} or drop random"));
    }
    this.options = { nEstimators, learningRate, maxDepth, subsample };
    this.generator = subsample < 1 ? randomOption(where, random) : undefined;
  }

  describe(): ModelDescription {
    return { name: "GradientBoostingRegressor", options: { ...this.options } };
  }

  fit(x: number[][], y: number[]): this {
    this.features = checkSamples("GradientBoostingRegressor.fit", x, y);
    const { nEstimators, learningRate, maxDepth, subsample } = this.options;
    const n = y.length;
    const data = presort(x);
    this.start = y.reduce((sum, value) => sum + value, 0) / n;
    const fitted = new Float64Array(n).fill(this.start);
    const residual = new Float64Array(n);
    const weight = new Float64Array(n).fill(1);
    this.trees = [];
    for (let round = 0; round < nEstimators; round++) {
      for (let i = 0; i < n; i++) residual[i] = y[i]! - fitted[i]!;
      if (this.generator) {
        weight.fill(0);
        for (const i of this.generator.permutation(n).slice(0, Math.max(1, Math.floor(subsample * n))))
          weight[i] = 1;
      }
      const tree = new DecisionTreeRegressor({ maxDepth }).fitPresorted(data, residual, weight);
      this.trees.push(tree);
      for (let i = 0; i < n; i++) fitted[i]! += learningRate * tree.predictRow(x[i]!);
    }
    return this;
  }

  /** Predictions after 1, 2, … trees: how the error develops, and where to stop early. */
  *stagedPredict(x: number[][]): Generator<number[]> {
    checkQuery("GradientBoostingRegressor.stagedPredict", x, this.features);
    const sum = new Array<number>(x.length).fill(this.start);
    for (const tree of this.trees) {
      for (let i = 0; i < sum.length; i++) sum[i]! += this.options.learningRate * tree.predictRow(x[i]!);
      yield sum.slice();
    }
  }

  predict(x: number[][]): number[] {
    checkQuery("GradientBoostingRegressor.predict", x, this.features);
    let last: number[] = [];
    for (const stage of this.stagedPredict(x)) last = stage;
    return last;
  }
}
