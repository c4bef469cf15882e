import { expect, test } from "vitest";
import { RandomFeaturesRegression } from "../../../../src/generalization/model/randomFeatures.js";

const x = [[0], [0.3], [0.6], [1]];
const y = [1, -1, 2, 0];

test("with more features than samples the training data are met exactly", () => {
  const predicted = new RandomFeaturesRegression({ features: 40 }).fit(x, y).predict(x);
  predicted.forEach((value, i) => {
    expect(value).toBeCloseTo(y[i]!, 8);
  });
});

test("a penalty shrinks the coefficients", () => {
  const norm = (ridge: number) =>
    new RandomFeaturesRegression({ features: 40, ridge }).fit(x, y).coefficientNorm;
  expect(norm(1)).toBeLessThan(norm(0.01));
  expect(norm(0.01)).toBeLessThan(norm(0));
});

test("another seed draws other features", () => {
  const at = (seed: number) => new RandomFeaturesRegression({ features: 3, seed }).fit(x, y).predict([[0.5]]);
  expect(at(1)).toEqual(at(1));
  expect(at(1)).not.toEqual(at(2));
});

test("options are checked", () => {
  expect(() => new RandomFeaturesRegression({ features: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: RandomFeaturesRegression: features must be a whole number at least 1, got 0]`,
  );
});
