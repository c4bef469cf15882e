// Votes and averages equal scikit-learn's to 1e-12. Made by scripts/references/generalization_voting.py.
import { expect, test } from "vitest";
import {
  DecisionTreeClassifier,
  DecisionTreeRegressor,
} from "../../src/generalization/model/decisionTree.js";
import { KNearestNeighbors } from "../../src/generalization/model/kNearestNeighbors.js";
import { PolynomialRegression } from "../../src/generalization/model/polynomialRegression.js";
import type { Model } from "../../src/generalization/model/samples.js";
import { VotingEnsemble } from "../../src/generalization/validate/votingEnsemble.js";
import reference from "./generalization_voting/voting.json" with { type: "json" };

const { x, query, y, labels, cases } = reference;
const classifiers = (): Model[] => [
  new DecisionTreeClassifier({ maxDepth: 2 }),
  new KNearestNeighbors({ k: 1, task: "classification" }),
  new KNearestNeighbors({ k: 15, task: "classification" }),
];
const regressors = (): Model[] => [
  new DecisionTreeRegressor({ maxDepth: 2 }),
  new KNearestNeighbors({ k: 3 }),
  new PolynomialRegression({ degree: 1 }),
];

test.each(cases)("$voting, weights $weights", ({ voting, weights, predictions, probabilities }) => {
  const options = {
    voting: voting as "mean" | "hard" | "soft",
    ...(weights === null ? {} : { weights }),
  };
  const ensemble =
    voting === "mean"
      ? new VotingEnsemble(regressors(), options).fit(x, y)
      : new VotingEnsemble(classifiers(), options).fit(x, labels);
  const got = ensemble.predict(query);
  const off = got.map((value, i) => Math.abs(value - predictions[i]!));
  expect(off).toHaveLength(predictions.length);
  expect(Math.max(...off)).toBeLessThan(1e-12);
  if (probabilities === undefined) return;
  const shares = ensemble.predictProbabilities(query);
  const apart = shares.flatMap((row, i) => row.map((share, k) => Math.abs(share - probabilities[i]![k]!)));
  expect(apart).toHaveLength(3 * query.length);
  expect(Math.max(...apart)).toBeLessThan(1e-12);
});
