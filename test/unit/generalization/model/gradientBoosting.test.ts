import { expect, test } from "vitest";
import { GradientBoostingRegressor } from "../../../../src/generalization/model/gradientBoosting.js";
import { createRandom } from "../../../../src/random.js";

test("has the expected defaults", () => {
  expect(new GradientBoostingRegressor().options).toEqual({
    nEstimators: 100,
    learningRate: 0.1,
    maxDepth: 3,
    subsample: 1,
  });
});

test("two rounds by hand: mean, then half of the residuals, twice", () => {
  const model = new GradientBoostingRegressor({ nEstimators: 2, learningRate: 0.5, maxDepth: 1 }).fit(
    [[0], [1]],
    [0, 8],
  );
  // F0 = 4; residuals ∓4: F1 = 4 ∓ 2; residuals ∓2: F2 = 4 ∓ 3
  expect([...model.stagedPredict([[0], [1]])]).toEqual([
    [2, 6],
    [1, 7],
  ]);
  expect(model.predict([[0], [1]])).toEqual([1, 7]);
});

test("subsampling draws other samples each round, the same for the same seed", () => {
  const random = createRandom(1);
  const x = Array.from({ length: 40 }, () => [random.normal()]);
  const y = x.map(([v]) => v! ** 2);
  const predictions = (seed: number) =>
    new GradientBoostingRegressor({ nEstimators: 5, subsample: 0.5, random: createRandom(seed) })
      .fit(x, y)
      .predict(x);
  expect(predictions(1)).toEqual(predictions(1));
  expect(predictions(1)).not.toEqual(predictions(2));
});

test("settings that would be ignored or cannot work are refused", () => {
  expect(
    () => new GradientBoostingRegressor({ random: createRandom(1) }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: GradientBoostingRegressor: random has no effect without subsample, got subsample 1
      help: pass {subsample: 0.5} or drop random]
  `);
  expect(() => new GradientBoostingRegressor({ subsample: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: GradientBoostingRegressor: subsample must be a finite number at most 1 and greater than 0, got 0]`,
  );
  expect(() => new GradientBoostingRegressor().fit([[1], [2]], [1])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: GradientBoostingRegressor.fit: y needs one value for each row of x, got 1 values for 2 rows]`,
  );
});
