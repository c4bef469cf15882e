import { checkNumber, checkOptions, rejectUnknownOptions } from "../../errors.js";
import { type Random, randomOption } from "../../random.js";
import {
  checkTreeOptions,
  DecisionTreeClassifier,
  type DecisionTreeOptions,
  DecisionTreeRegressor,
} from "./decisionTree.js";
import { presort } from "./presort.js";
import {
  argMax,
  checkQuery,
  checkSamples,
  codeClasses,
  type DescribedModel,
  type ModelDescription,
} from "./samples.js";

export interface BaggingOptions {
  /** Number of trees; default 10 (a forest: 100). */
  readonly nEstimators?: number;
  /** Options of each tree. */
  readonly tree?: Omit<DecisionTreeOptions, "random">;
  /** Draws the bootstrap samples (and a forest's features); default the shared generator. */
  readonly random?: Random;
}

/** Options as checked; each tree has an own generator, so that tree b does not depend on how many follow. */
interface Settings {
  readonly nEstimators: number;
  readonly tree: Omit<DecisionTreeOptions, "random">;
  readonly random: Random;
}

function checkBagging(
  where: string,
  options: BaggingOptions,
  nDefault: number,
  tree: DecisionTreeOptions,
): Settings {
  checkOptions(where, options);
  const { nEstimators = nDefault, tree: own = {}, random, ...rest } = options;
  rejectUnknownOptions(where, rest, ["nEstimators", "tree", "random"]);
  checkNumber(where, "nEstimators", nEstimators, { integer: true, min: 1 });
  const merged = { ...tree, ...own };
  checkTreeOptions(where, merged);
  return { nEstimators, tree: merged, random: randomOption(where, random) };
}

function describeBagging(name: string, settings: Settings): ModelDescription {
  return { name, options: { nEstimators: settings.nEstimators, tree: settings.tree } };
}

/** How often each sample is in a bootstrap sample of n draws with replacement. */
function drawCounts(n: number, random: Random): Float64Array {
  const counts = new Float64Array(n);
  for (let i = 0; i < n; i++) counts[random.integer(n)]!++;
  return counts;
}

/** The options of tree number b: features are drawn by a generator of its own. */
function treeOptions(settings: Settings, base: Random): DecisionTreeOptions {
  return settings.tree.maxFeatures === undefined
    ? settings.tree
    : { ...settings.tree, random: base.split("features") };
}

/**
 * Bagging of regression trees: each tree is fitted to a bootstrap sample, predictions are averaged. Lowers the variance of
 * an unstable model at almost equal bias.
 *
 * @param options.nEstimators default 10
 * @param options.tree options of `DecisionTreeRegressor`; default none (deep trees)
 * @param options.random default the shared generator
 * @see Breiman 1996, "Bagging predictors", Machine Learning 24
 * @example
 * const model = new generalization.BaggingRegressor({ random: createRandom(1) }).fit([[0], [1], [2]], [5, 5, 5]);
 * model.predict([[1.5]]) // [5]
 */
export class BaggingRegressor implements DescribedModel {
  protected readonly settings: Settings;
  protected readonly name: string;
  private trees: DecisionTreeRegressor[] = [];
  private features = 0;
  private outOfBag: (number | null)[] = [];

  constructor(
    options: BaggingOptions = {},
    name = "BaggingRegressor",
    nDefault = 10,
    tree: DecisionTreeOptions = {},
  ) {
    this.name = name;
    this.settings = checkBagging(name, options, nDefault, tree);
  }

  describe(): ModelDescription {
    return describeBagging(this.name, this.settings);
  }

  /** Draws the bootstrap samples. */
  get generator(): Random {
    return this.settings.random;
  }

  fit(x: number[][], y: number[]): this {
    this.features = checkSamples(`${this.name}.fit`, x, y);
    const data = presort(x);
    const target = Float64Array.from(y);
    const sum = new Float64Array(y.length);
    const votes = new Int32Array(y.length);
    const fitSeed = this.settings.random.bits();
    this.trees = Array.from({ length: this.settings.nEstimators }, (_, b) => {
      const random = this.settings.random.split(`${fitSeed} tree ${b}`);
      const counts = drawCounts(y.length, random);
      const tree = new DecisionTreeRegressor(treeOptions(this.settings, random)).fitPresorted(
        data,
        target,
        counts,
      );
      for (let i = 0; i < y.length; i++) {
        if (counts[i] !== 0) continue;
        sum[i]! += tree.predictRow(x[i]!);
        votes[i]!++;
      }
      return tree;
    });
    this.outOfBag = Array.from(sum, (total, i) => (votes[i] === 0 ? null : total / votes[i]!));
    return this;
  }

  /**
   * For each training sample the mean prediction of the trees that did not see it, null where all did: an honest estimate
   * without a test set.
   */
  get outOfBagPredictions(): readonly (number | null)[] {
    return this.outOfBag;
  }

  /** Predictions after averaging 1, 2, … trees. */
  *stagedPredict(x: number[][]): Generator<number[]> {
    checkQuery(`${this.name}.stagedPredict`, x, this.features);
    const sum = new Float64Array(x.length);
    for (let b = 0; b < this.trees.length; b++) {
      for (let i = 0; i < x.length; i++) sum[i]! += this.trees[b]!.predictRow(x[i]!);
      yield Array.from(sum, (total) => total / (b + 1));
    }
  }

  predict(x: number[][]): number[] {
    checkQuery(`${this.name}.predict`, x, this.features);
    return x.map((row) => {
      let sum = 0;
      for (const tree of this.trees) sum += tree.predictRow(row);
      return sum / this.trees.length;
    });
  }
}

/**
 * Bagging of classification trees: class shares of the trees are averaged and the largest wins (scikit-learn's rule for
 * trees that give probabilities; ties go to the smallest label).
 *
 * Options as `BaggingRegressor`.
 *
 * @see Breiman 1996, "Bagging predictors", Machine Learning 24
 * @example
 * const model = new generalization.BaggingClassifier({ random: createRandom(1) }).fit([[0], [1], [9]], [7, 7, 7]);
 * model.predict([[5]]) // [7]
 */
export class BaggingClassifier implements DescribedModel {
  protected readonly settings: Settings;
  protected readonly name: string;
  private trees: DecisionTreeClassifier[] = [];
  private features = 0;
  /** Class labels, ascending. */
  classes: number[] = [];

  constructor(
    options: BaggingOptions = {},
    name = "BaggingClassifier",
    nDefault = 10,
    tree: DecisionTreeOptions = {},
  ) {
    this.name = name;
    this.settings = checkBagging(name, options, nDefault, tree);
  }

  describe(): ModelDescription {
    return describeBagging(this.name, this.settings);
  }

  /** Draws the bootstrap samples. */
  get generator(): Random {
    return this.settings.random;
  }

  fit(x: number[][], y: number[]): this {
    this.features = checkSamples(`${this.name}.fit`, x, y);
    const data = presort(x);
    const { labels, classOf } = codeClasses(y);
    this.classes = labels;
    const fitSeed = this.settings.random.bits();
    this.trees = Array.from({ length: this.settings.nEstimators }, (_, b) => {
      const random = this.settings.random.split(`${fitSeed} tree ${b}`);
      const tree = new DecisionTreeClassifier(treeOptions(this.settings, random));
      return tree.fitPresorted(data, classOf, labels, drawCounts(y.length, random));
    });
    return this;
  }

  /** Mean class shares of the trees, in the order of `classes`; shape [rows, classes]. */
  predictProbabilities(x: number[][]): number[][] {
    checkQuery(`${this.name}.predict`, x, this.features);
    return x.map((row) => {
      const sum = new Array<number>(this.classes.length).fill(0);
      for (const tree of this.trees)
        tree.sharesOf(row).forEach((share, k) => {
          sum[k]! += share;
        });
      return sum.map((total) => total / this.trees.length);
    });
  }

  predict(x: number[][]): number[] {
    return this.predictProbabilities(x).map((shares) => this.classes[argMax(shares)]!);
  }
}
