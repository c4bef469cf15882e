import type { Random } from "../../random.js";
import { createRandom } from "../../random.js";
import { AdaBoostClassifier } from "../model/adaBoost.js";
import { BaggingClassifier, BaggingRegressor } from "../model/bagging.js";
import { DecisionTreeClassifier, DecisionTreeRegressor } from "../model/decisionTree.js";
import { GradientBoostingRegressor } from "../model/gradientBoosting.js";
import { KNearestNeighbors } from "../model/kNearestNeighbors.js";
import { PolynomialRegression } from "../model/polynomialRegression.js";
import { RandomFeaturesRegression } from "../model/randomFeatures.js";
import { RandomForestClassifier, RandomForestRegressor } from "../model/randomForest.js";
import type { DescribedModel, Model, ModelDescription } from "../model/samples.js";

/** Every class that can be built from its description; only these can be fitted in worker threads. */
const classes: Readonly<Record<string, new (options: never) => DescribedModel>> = {
  AdaBoostClassifier,
  BaggingClassifier,
  BaggingRegressor,
  DecisionTreeClassifier,
  DecisionTreeRegressor,
  GradientBoostingRegressor,
  KNearestNeighbors,
  PolynomialRegression,
  RandomFeaturesRegression,
  RandomForestClassifier,
  RandomForestRegressor,
};

/** The description of a model of ours, or null for any other object with fit and predict. */
export function describeModel(
  model: Model,
): { description: ModelDescription; generator: Random | undefined } | null {
  const { describe, generator } = model as Partial<DescribedModel>;
  if (typeof describe !== "function") return null;
  const description = describe.call(model);
  const isOurs = classes[description.name] === model.constructor;
  return isOurs ? { description, generator } : null;
}

/**
 * A fresh model. `seed` null: its fits draw nothing. With a seed the fit depends on the seed only, so that a task gives
 * the same numbers in whatever thread and order it runs.
 */
export function buildModel(description: ModelDescription, seed: number | null): DescribedModel {
  const build = classes[description.name] as (new (options: object) => DescribedModel) | undefined;
  if (build === undefined) throw new Error(`bug: no model class ${description.name}`);
  return new build(
    seed === null ? description.options : { ...description.options, random: createRandom(seed) },
  );
}
