// Predictions equal scikit-learn's to 1e-8. Made by scripts/references/generalization_models.py.
import { expect, test } from "vitest";
import { AdaBoostClassifier } from "../../src/generalization/model/adaBoost.js";
import {
  DecisionTreeClassifier,
  DecisionTreeRegressor,
} from "../../src/generalization/model/decisionTree.js";
import { GradientBoostingRegressor } from "../../src/generalization/model/gradientBoosting.js";
import { KNearestNeighbors } from "../../src/generalization/model/kNearestNeighbors.js";
import { PolynomialRegression } from "../../src/generalization/model/polynomialRegression.js";
import type { Model } from "../../src/generalization/model/samples.js";
import reference from "./generalization_models/models.json" with { type: "json" };

const make: Record<string, new (options: object) => Model> = {
  DecisionTreeRegressor,
  DecisionTreeClassifier,
  GradientBoostingRegressor,
  AdaBoostClassifier,
  PolynomialRegression,
  KNearestNeighbors,
};

function expectClose(got: ArrayLike<number>, wanted: readonly number[]): void {
  expect(got.length).toBe(wanted.length);
  let worst = 0;
  for (let i = 0; i < wanted.length; i++) worst = Math.max(worst, Math.abs(got[i]! - wanted[i]!));
  expect(worst).toBeLessThan(1e-8);
}

test.each(reference.cases.map((item, index) => ({ ...item, index })))(
  "$model, case $index: $options",
  (item) => {
    const model = new make[item.model]!(item.options).fit(reference.x, item.y);
    expectClose(model.predict(reference.query), item.predictions);
    if (item.probabilities) {
      const got = (model as DecisionTreeClassifier).predictProbabilities(reference.query);
      got.forEach((row, i) => {
        expectClose(row, item.probabilities![i]!);
      });
    }
    if (item.staged) {
      const stages = [...(model as GradientBoostingRegressor).stagedPredict(reference.query)];
      item.staged.forEach((stage, m) => {
        expectClose(stages[m]!, stage);
      });
    }
    if (item.estimatorWeights) {
      const { estimatorWeights, estimatorErrors } = model as AdaBoostClassifier;
      expectClose(estimatorWeights, item.estimatorWeights.slice(0, estimatorWeights.length));
      expectClose(estimatorErrors, item.estimatorErrors!.slice(0, estimatorErrors.length));
      expect(item.estimatorWeights.slice(estimatorWeights.length).filter((weight) => weight !== 0)).toEqual(
        [],
      );
    }
  },
);

test.each(reference.chebyshev)(
  "a polynomial of degree $degree through 30 noisy points",
  ({ degree, predictions }) => {
    const model = new PolynomialRegression({ degree }).fit(reference.line, reference.curve);
    expectClose(model.predict(reference.grid.map((x) => [x])), predictions);
  },
);
