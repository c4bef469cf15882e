import { expect, test } from "vitest";
import { AdaBoostClassifier } from "../../../../src/generalization/model/adaBoost.js";
import { BaggingRegressor } from "../../../../src/generalization/model/bagging.js";
import { PolynomialRegression } from "../../../../src/generalization/model/polynomialRegression.js";
import { RandomForestClassifier } from "../../../../src/generalization/model/randomForest.js";
import { buildModel, describeModel } from "../../../../src/generalization/parallel/buildModel.js";
import { createRandom } from "../../../../src/random.js";

test.each([
  new PolynomialRegression({ degree: 4, ridge: 0.5 }),
  new AdaBoostClassifier({ nEstimators: 7 }),
  new BaggingRegressor({ nEstimators: 3, tree: { maxDepth: 2 }, random: createRandom(1) }),
  new RandomForestClassifier({ nEstimators: 4, random: createRandom(1) }),
])("$constructor.name is built again from its description", (model) => {
  const { description } = describeModel(model)!;
  const copy = JSON.parse(JSON.stringify(description));
  const built = buildModel(copy, describeModel(model)!.generator ? 5 : null);
  expect(built.constructor).toBe(model.constructor);
  expect(built.describe()).toEqual(description);
});

test("somebody else's model, and a subclass, have no description", () => {
  class Mine extends PolynomialRegression {}
  expect(describeModel(new Mine())).toBeNull();
  expect(describeModel({ fit: () => ({}) as never, predict: () => [] })).toBeNull();
});

test("the seed alone decides what a fit draws", () => {
  const { description } = describeModel(new BaggingRegressor({ random: createRandom(9) }))!;
  const x = Array.from({ length: 20 }, (_, i) => [i]);
  const y = x.map(([v]) => Math.sin(v!));
  const at = (seed: number) =>
    buildModel(description, seed)
      .fit(x, y)
      .predict([[4.2]]);
  expect(at(1)).toEqual(at(1));
  expect(at(1)).not.toEqual(at(2));
});
