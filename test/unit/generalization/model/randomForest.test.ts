import { expect, test } from "vitest";
import { BaggingClassifier } from "../../../../src/generalization/model/bagging.js";
import {
  RandomForestClassifier,
  RandomForestRegressor,
} from "../../../../src/generalization/model/randomForest.js";
import { createRandom } from "../../../../src/random.js";

const random = createRandom(8);
const x = Array.from({ length: 150 }, () => Array.from({ length: 9 }, () => random.normal()));
const y = x.map((row) => (row[0]! + row[1]! > 0 ? 1 : 0));

test("looking at √features features a node makes other trees than looking at all", () => {
  const query = x.slice(0, 30).map((row) => row.map((value) => value + 0.3));
  const forest = new RandomForestClassifier({ nEstimators: 20, random: createRandom(1) }).fit(x, y);
  const bagged = new BaggingClassifier({ nEstimators: 20, random: createRandom(1) }).fit(x, y);
  expect(forest.predictProbabilities(query)).not.toEqual(bagged.predictProbabilities(query));
  const right = forest.predict(x).filter((label, i) => label === y[i]).length;
  expect(right / y.length).toBeGreaterThan(0.95);
});

test("a regression forest predicts within the range of its targets", () => {
  const forest = new RandomForestRegressor({
    nEstimators: 10,
    tree: { maxFeatures: 3 },
    random: createRandom(1),
  });
  const predicted = forest
    .fit(
      x,
      x.map((row) => row[0]!),
    )
    .predict([new Array(9).fill(100)]);
  expect(predicted[0]!).toBeLessThanOrEqual(Math.max(...x.map((row) => row[0]!)));
});

test("errors name the forest", () => {
  expect(() => new RandomForestRegressor({ nEstimators: 1.5 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: RandomForestRegressor: nEstimators must be a whole number at least 1, got 1.5]`,
  );
});
