import { BaggingClassifier, type BaggingOptions, BaggingRegressor } from "./bagging.js";

/**
 * A random forest for regression: bagged trees that look at a random part of the features at every node, so that the
 * trees differ more and their average varies less. As in scikit-learn every node looks at all features unless
 * `tree: { maxFeatures }` says otherwise; Breiman's choice for regression is a third of them.
 *
 * @param options.nEstimators default 100
 * @param options.tree options of each tree; `maxFeatures` a count or "sqrt", default all
 * @param options.random default the shared generator
 * @see Breiman 2001, "Random forests", Machine Learning 45
 * @example
 * const forest = new generalization.RandomForestRegressor({ nEstimators: 3, random: createRandom(1) });
 * forest.fit([[0, 1], [1, 0]], [4, 4]).predict([[0, 0]]) // [4]
 */
export class RandomForestRegressor extends BaggingRegressor {
  constructor(options: BaggingOptions = {}) {
    super(options, "RandomForestRegressor", 100);
  }
}

/**
 * A random forest for classification: as `RandomForestRegressor`, with √features features at every node by default and
 * class shares averaged.
 *
 * @see Breiman 2001, "Random forests", Machine Learning 45
 * @example
 * const forest = new generalization.RandomForestClassifier({ nEstimators: 3, random: createRandom(1) });
 * forest.fit([[0, 1], [1, 0]], [4, 4]).predict([[0, 0]]) // [4]
 */
export class RandomForestClassifier extends BaggingClassifier {
  constructor(options: BaggingOptions = {}) {
    super(options, "RandomForestClassifier", 100, { maxFeatures: "sqrt" });
  }
}
