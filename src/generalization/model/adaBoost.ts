import { checkNumber, checkOptions, errorText, rejectUnknownOptions } from "../../errors.js";
import { DecisionTreeClassifier } from "./decisionTree.js";
import { presort } from "./presort.js";
import {
  argMax,
  checkQuery,
  checkSamples,
  codeClasses,
  type DescribedModel,
  type ModelDescription,
} from "./samples.js";

export interface AdaBoostOptions {
  /** Most trees; fewer when one is perfect or no better than chance. Default 50. */
  readonly nEstimators?: number;
  /** Shrinkage of each tree's weight; default 1. */
  readonly learningRate?: number;
  /** Levels of each tree; default 1, a stump. */
  readonly maxDepth?: number;
}

/**
 * AdaBoost for two or more classes (discrete SAMME): trees trained in sequence on reweighted data, added with weights.
 *
 * With sample weights wᵢ = 1/n at first, K classes and learning rate η, for m = 1 … M:
 * 1. fit a tree to the weighted samples
 * 2. error e = Σ wᵢ·[wrong] / Σ wᵢ; stop when e ≥ 1 − 1/K (no better than chance)
 * 3. α = η·(ln((1 − e)/e) + ln(K − 1))
 * 4. wᵢ ← wᵢ·e^α for the wrong ones, then divide by the sum
 *
 * The prediction is the class with the largest Σ α over the trees that vote for it. A perfect tree gets weight 1 and ends
 * the sequence, as in scikit-learn (`algorithm="SAMME"`), whose numbers this reproduces.
 *
 * @param options.nEstimators default 50
 * @param options.learningRate default 1
 * @param options.maxDepth default 1
 * @throws {RangeError} for impossible options, fewer than two classes, ragged rows, NaN, y of another length, or when the
 *   very first tree is no better than chance
 * @see Freund and Schapire 1997, JCSS 55; Zhu, Zou, Rosset and Hastie 2009, "Multi-class AdaBoost"
 * @example
 * const model = new generalization.AdaBoostClassifier({ nEstimators: 3 });
 * model.fit([[0], [1], [2], [3]], [0, 0, 1, 1]).predict([[0], [3]]) // [0, 1]
 * model.estimatorWeights // [1]: the first stump is perfect
 */
export class AdaBoostClassifier implements DescribedModel {
  readonly options: Required<AdaBoostOptions>;
  private trees: DecisionTreeClassifier[] = [];
  private features = 0;
  /** Class labels, ascending. */
  classes: number[] = [];
  /** α of each tree. */
  estimatorWeights: number[] = [];
  /** Weighted error e of each tree. */
  estimatorErrors: number[] = [];
  /** Sample weights each tree was trained with: shape [trees, n]. */
  sampleWeights: number[][] = [];

  constructor(options: AdaBoostOptions = {}) {
    checkOptions("AdaBoostClassifier", options);
    const { nEstimators = 50, learningRate = 1, maxDepth = 1, ...rest } = options;
    rejectUnknownOptions("AdaBoostClassifier", rest, ["nEstimators", "learningRate", "maxDepth"]);
    checkNumber("AdaBoostClassifier", "nEstimators", nEstimators, { integer: true, min: 1 });
    checkNumber("AdaBoostClassifier", "learningRate", learningRate, { above: 0 });
    checkNumber("AdaBoostClassifier", "maxDepth", maxDepth, { integer: true, min: 1 });
    this.options = { nEstimators, learningRate, maxDepth };
  }

  describe(): ModelDescription {
    return { name: "AdaBoostClassifier", options: { ...this.options } };
  }

  fit(x: number[][], y: number[]): this {
    this.features = checkSamples("AdaBoostClassifier.fit", x, y);
    const { labels, classOf } = codeClasses(y);
    if (labels.length < 2) {
      const text = `y must hold at least two classes, got only ${labels[0]}`;
      throw new RangeError(errorText("AdaBoostClassifier.fit", text));
    }
    this.classes = labels;
    this.trees = [];
    this.estimatorWeights = [];
    this.estimatorErrors = [];
    this.sampleWeights = [];
    const data = presort(x);
    const weight = new Float64Array(y.length).fill(1 / y.length);
    for (let round = 0; round < this.options.nEstimators; round++) {
      const tree = new DecisionTreeClassifier({ maxDepth: this.options.maxDepth });
      tree.fitPresorted(data, classOf, labels, weight);
      const wrong = x.map((row, i) => argMax(tree.sharesOf(row)) !== classOf[i]);
      if (!this.addTree(tree, wrong, weight)) break;
    }
    return this;
  }

  /** Steps 2 to 4; false when the sequence ends here. */
  private addTree(tree: DecisionTreeClassifier, wrong: readonly boolean[], weight: Float64Array): boolean {
    const numClasses = this.classes.length;
    let missed = 0;
    let total = 0;
    for (let i = 0; i < weight.length; i++) {
      total += weight[i]!;
      if (wrong[i]) missed += weight[i]!;
    }
    const error = missed / total;
    if (error >= 1 - 1 / numClasses) {
      if (this.trees.length > 0) return false;
      const text = `the first tree must be better than chance, got error ${error} for ${numClasses} classes`;
      throw new RangeError(errorText("AdaBoostClassifier.fit", text, "", "use a larger maxDepth"));
    }
    const alpha =
      error <= 0 ? 1 : this.options.learningRate * (Math.log((1 - error) / error) + Math.log(numClasses - 1));
    this.trees.push(tree);
    this.estimatorErrors.push(error);
    this.estimatorWeights.push(alpha);
    this.sampleWeights.push(Array.from(weight));
    if (error <= 0) return false;
    let sum = 0;
    for (let i = 0; i < weight.length; i++) {
      if (wrong[i]) weight[i]! *= Math.exp(alpha);
      sum += weight[i]!;
    }
    for (let i = 0; i < weight.length; i++) weight[i]! /= sum;
    return true;
  }

  /** Predictions after 1, 2, … trees. */
  *stagedPredict(x: number[][]): Generator<number[]> {
    checkQuery("AdaBoostClassifier.stagedPredict", x, this.features);
    const votes = x.map(() => new Float64Array(this.classes.length));
    for (let m = 0; m < this.trees.length; m++) {
      for (let i = 0; i < x.length; i++)
        votes[i]![argMax(this.trees[m]!.sharesOf(x[i]!))]! += this.estimatorWeights[m]!;
      yield votes.map((vote) => this.classes[argMax(vote)]!);
    }
  }

  predict(x: number[][]): number[] {
    checkQuery("AdaBoostClassifier.predict", x, this.features);
    let last: number[] = [];
    for (const stage of this.stagedPredict(x)) last = stage;
    return last;
  }
}
