import { checkNumber, checkOptions, errorText, rejectUnknownOptions } from "../../errors.js";
import { type Random, randomOption } from "../../random.js";
import { depthOf, growTree, leafOf, type Tree, type TreeLimits } from "./growTree.js";
import { Gini, SquaredError } from "./impurity.js";
import { type Presorted, presort } from "./presort.js";
import {
  argMax,
  checkQuery,
  checkSamples,
  codeClasses,
  type DescribedModel,
  type ModelDescription,
} from "./samples.js";

export interface DecisionTreeOptions {
  /** Levels below the root; default unlimited. */
  readonly maxDepth?: number;
  /** A node with fewer samples is not divided; default 2. */
  readonly minSamplesSplit?: number;
  /** Each side of a cut keeps at least so many samples; default 1. */
  readonly minSamplesLeaf?: number;
  /** Features a node looks at, drawn anew at each node: a count, or "sqrt" of all; default all. */
  readonly maxFeatures?: number | "sqrt";
  /** Generator for `maxFeatures`; default the shared one. */
  readonly random?: Random;
}

export const treeOptionNames: readonly string[] = [
  "maxDepth",
  "minSamplesSplit",
  "minSamplesLeaf",
  "maxFeatures",
  "random",
];

/** Reads and checks the options; `maxFeatures` is resolved when the number of features is known. */
export function checkTreeOptions(
  where: string,
  options: DecisionTreeOptions,
): (features: number) => TreeLimits {
  checkOptions(where, options);
  const {
    maxDepth = Number.MAX_SAFE_INTEGER,
    minSamplesSplit = 2,
    minSamplesLeaf = 1,
    maxFeatures,
    random,
    ...rest
  } = options;
  rejectUnknownOptions(where, rest, treeOptionNames);
  checkNumber(where, "maxDepth", maxDepth, { integer: true, min: 1 });
  checkNumber(where, "minSamplesSplit", minSamplesSplit, { integer: true, min: 2 });
  checkNumber(where, "minSamplesLeaf", minSamplesLeaf, { integer: true, min: 1 });
  if (maxFeatures !== undefined && maxFeatures !== "sqrt")
    checkNumber(where, "maxFeatures", maxFeatures, { integer: true, min: 1 });
  const generator = maxFeatures === undefined ? undefined : randomOption(where, random);
  if (maxFeatures === undefined && random !== undefined) {
    const text = "random has no effect when every node looks at all features, got maxFeatures undefined";
    throw new TypeError(errorText(where, text, "", "pass maxFeatures or drop random"));
  }
  return (features) => ({
    maxDepth,
    minSamplesSplit,
    minSamplesLeaf,
    maxFeatures: resolveMaxFeatures(where, maxFeatures, features),
    ...(generator ? { random: generator } : {}),
  });
}

function describeTree(name: string, options: DecisionTreeOptions): ModelDescription {
  const { random: _, ...plain } = options;
  return { name, options: plain };
}

function resolveMaxFeatures(
  where: string,
  maxFeatures: number | "sqrt" | undefined,
  features: number,
): number {
  if (maxFeatures === undefined) return features;
  if (maxFeatures === "sqrt") return Math.max(1, Math.floor(Math.sqrt(features)));
  if (maxFeatures <= features) return maxFeatures;
  const text = `maxFeatures must be at most the number of features, got ${maxFeatures} for ${features} features`;
  throw new RangeError(errorText(where, text));
}

/**
 * A regression tree (CART, squared error): predicts the mean of the training targets in the leaf a sample falls into.
 *
 * Every node is divided at the feature and threshold that lower the squared error most; ties go to the first feature
 * and the lowest threshold, so no seed is involved. A threshold is the midpoint of two neighbouring values. Features are
 * compared in single precision and values within 1e-7 count as equal, as in scikit-learn.
 *
 * @param options.maxDepth levels below the root; default unlimited
 * @param options.minSamplesSplit default 2
 * @param options.minSamplesLeaf default 1
 * @param options.maxFeatures features a node looks at, a count or "sqrt"; default all
 * @param options.random generator for `maxFeatures`
 * @throws {RangeError} for impossible limits, ragged rows, NaN, or y of another length
 * @see Breiman, Friedman, Olshen and Stone 1984, "Classification and Regression Trees"
 * @example
 * const tree = new generalization.DecisionTreeRegressor({ maxDepth: 1 }).fit([[0], [1], [2], [3]], [0, 0, 6, 8]);
 * tree.predict([[0.5], [9]]) // [0, 7]
 */
export class DecisionTreeRegressor implements DescribedModel {
  readonly options: DecisionTreeOptions;
  private readonly limits: (features: number) => TreeLimits;
  private tree: Tree | null = null;
  private features = 0;

  constructor(options: DecisionTreeOptions = {}) {
    this.options = options;
    this.limits = checkTreeOptions("DecisionTreeRegressor", options);
  }

  describe(): ModelDescription {
    return describeTree("DecisionTreeRegressor", this.options);
  }

  /** Draws the features of each node; undefined when all are looked at. */
  get generator(): Random | undefined {
    return this.limits(Number.MAX_SAFE_INTEGER).random;
  }

  fit(x: number[][], y: number[]): this {
    checkSamples("DecisionTreeRegressor.fit", x, y);
    return this.fitPresorted(presort(x), Float64Array.from(y), new Float64Array(y.length).fill(1));
  }

  /** As `fit`, for samples that are sorted already, with a weight for each: how ensembles fit many trees to one data set. */
  fitPresorted(data: Presorted, y: Float64Array, weight: Float64Array): this {
    this.features = data.columns.length;
    const limits = this.limits(this.features);
    this.tree = growTree(data, weight, new SquaredError(y, weight, limits.minSamplesLeaf), limits);
    return this;
  }

  predict(x: number[][]): number[] {
    checkQuery("DecisionTreeRegressor.predict", x, this.features);
    return x.map((row) => this.predictRow(row));
  }

  /** As `predict` for one row, unchecked: for ensembles that checked the rows once. */
  predictRow(row: ArrayLike<number>): number {
    return this.tree!.value[leafOf(this.tree!, row)]![0]!;
  }

  /** Levels below the root; 0 before `fit`. */
  get depth(): number {
    return this.tree ? depthOf(this.tree) : 0;
  }
}

/**
 * A classification tree (CART, Gini impurity): predicts the most frequent class of the leaf; the smallest label wins ties.
 * Options and conventions as `DecisionTreeRegressor`. Labels are any numbers.
 *
 * @see Breiman, Friedman, Olshen and Stone 1984, "Classification and Regression Trees"
 * @example
 * const tree = new generalization.DecisionTreeClassifier().fit([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]);
 * tree.predict([[0, 1], [1, 1]]) // [1, 0]
 */
export class DecisionTreeClassifier implements DescribedModel {
  readonly options: DecisionTreeOptions;
  private readonly limits: (features: number) => TreeLimits;
  private tree: Tree | null = null;
  private features = 0;
  /** Class labels, ascending. */
  classes: number[] = [];

  constructor(options: DecisionTreeOptions = {}) {
    this.options = options;
    this.limits = checkTreeOptions("DecisionTreeClassifier", options);
  }

  describe(): ModelDescription {
    return describeTree("DecisionTreeClassifier", this.options);
  }

  /** Draws the features of each node; undefined when all are looked at. */
  get generator(): Random | undefined {
    return this.limits(Number.MAX_SAFE_INTEGER).random;
  }

  fit(x: number[][], y: number[]): this {
    checkSamples("DecisionTreeClassifier.fit", x, y);
    const { labels, classOf } = codeClasses(y);
    return this.fitPresorted(presort(x), classOf, labels, new Float64Array(y.length).fill(1));
  }

  /** As `fit`, for samples that are sorted already, with class numbers and a weight for each. */
  fitPresorted(data: Presorted, classOf: Int32Array, labels: number[], weight: Float64Array): this {
    this.features = data.columns.length;
    this.classes = labels;
    const limits = this.limits(this.features);
    this.tree = growTree(
      data,
      weight,
      new Gini(classOf, labels.length, weight, limits.minSamplesLeaf),
      limits,
    );
    return this;
  }

  /** Shares of the classes in the leaf, in the order of `classes`; shape [rows, classes]. */
  predictProbabilities(x: number[][]): number[][] {
    checkQuery("DecisionTreeClassifier.predict", x, this.features);
    return x.map((row) => this.sharesOf(row).slice());
  }

  /** As `predictProbabilities` for one row, unchecked: for ensembles that checked the rows once. Not a copy. */
  sharesOf(row: ArrayLike<number>): readonly number[] {
    return this.tree!.value[leafOf(this.tree!, row)]!;
  }

  predict(x: number[][]): number[] {
    return this.predictProbabilities(x).map((shares) => this.classes[argMax(shares)]!);
  }

  /** Levels below the root; 0 before `fit`. */
  get depth(): number {
    return this.tree ? depthOf(this.tree) : 0;
  }
}
