import { expect, test } from "vitest";
import { BaggingClassifier, BaggingRegressor } from "../../../../src/generalization/model/bagging.js";
import { DecisionTreeRegressor } from "../../../../src/generalization/model/decisionTree.js";
import { createRandom } from "../../../../src/random.js";

const random = createRandom(3);
const noisy = (n: number) => {
  const x = Array.from({ length: n }, () => [random.uniform(-3, 3)]);
  return { x, y: x.map(([v]) => Math.sin(v!) + random.normal(0, 0.5)) };
};
const train = noisy(120);
const fresh = noisy(400);
const error = (predicted: number[]) =>
  predicted.reduce((sum, value, i) => sum + (value - fresh.y[i]!) ** 2, 0) / predicted.length;

test("averaging bootstrapped trees beats one tree on noisy data", () => {
  const single = error(new DecisionTreeRegressor().fit(train.x, train.y).predict(fresh.x));
  const bagged = error(
    new BaggingRegressor({ nEstimators: 50, random: createRandom(1) }).fit(train.x, train.y).predict(fresh.x),
  );
  expect(bagged).toBeLessThan(0.85 * single);
});

test("the same seed gives the same trees; the first trees do not depend on how many follow", () => {
  const staged = (nEstimators: number) => [
    ...new BaggingRegressor({ nEstimators, random: createRandom(1) })
      .fit(train.x, train.y)
      .stagedPredict([[0.5]]),
  ];
  expect(staged(3)).toEqual(staged(3));
  expect(staged(6).slice(0, 3)).toEqual(staged(3));
});

test("out-of-bag predictions come from the trees that did not see the sample", () => {
  const model = new BaggingRegressor({ nEstimators: 30, random: createRandom(1) }).fit(train.x, train.y);
  const honest = model.outOfBagPredictions.filter((value) => value !== null);
  expect(honest.length).toBeGreaterThan(115); // a sample is in all 30 bags with probability 0.632^30
  const residual = (predicted: readonly (number | null)[]) =>
    predicted.reduce((sum: number, value, i) => sum + (value === null ? 0 : (value - train.y[i]!) ** 2), 0);
  expect(residual(model.outOfBagPredictions)).toBeGreaterThan(2 * residual(model.predict(train.x)));
});

test("class shares are averaged and sum to one", () => {
  const labels = train.y.map((value) => (value > 0 ? 4 : 2));
  const model = new BaggingClassifier({ random: createRandom(2) }).fit(train.x, labels);
  for (const shares of model.predictProbabilities(fresh.x.slice(0, 20)))
    expect(shares[0]! + shares[1]!).toBeCloseTo(1, 12);
  const right = model.predict(train.x).filter((label, i) => label === labels[i]).length;
  expect(right / labels.length).toBeGreaterThan(0.9);
});

test("options are checked", () => {
  expect(() => new BaggingRegressor({ nEstimators: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: BaggingRegressor: nEstimators must be a whole number at least 1, got 0]`,
  );
  expect(() => new BaggingClassifier({ trees: 5 } as object)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: BaggingClassifier: unknown option "trees"
      help: did you mean "tree"?]
  `);
});
