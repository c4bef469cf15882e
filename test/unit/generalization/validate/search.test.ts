import { expect, test } from "vitest";
import { KNearestNeighbors } from "../../../../src/generalization/model/kNearestNeighbors.js";
import { PolynomialRegression } from "../../../../src/generalization/model/polynomialRegression.js";
import { kFold } from "../../../../src/generalization/split/kFold.js";
import { gridSearch, parameterGrid, randomSearch } from "../../../../src/generalization/validate/search.js";
import { createRandom } from "../../../../src/random.js";

const x = Array.from({ length: 18 }, (_, i) => [i / 3 - 3]);
const y = x.map(([v]) => v! ** 2);
const splits = kFold(18, { nSplits: 3 });
const make = ({ degree, ridge }: { degree: number; ridge: number }) =>
  new PolynomialRegression({ degree, ridge });

test("the grid has every combination, the last name fastest", () => {
  expect(parameterGrid({ a: [1, 2], b: ["x", "y"] })).toEqual([
    { a: 1, b: "x" },
    { a: 1, b: "y" },
    { a: 2, b: "x" },
    { a: 2, b: "y" },
  ]);
});

test("the best choice is refitted on all samples", () => {
  const found = gridSearch(make, { degree: [0, 1, 2], ridge: [0, 10] }, { x, y }, splits);
  expect(found.best.parameters).toEqual({ degree: 2, ridge: 0 });
  expect(found.candidates).toHaveLength(6);
  expect(found.model!.predict([[10]])[0]).toBeCloseTo(100, 6);
  expect(
    gridSearch(make, { degree: [1], ridge: [0] }, { x, y }, splits, { refit: false }).model,
  ).toBeUndefined();
});

test("with an error as score the smallest wins", () => {
  const found = gridSearch(make, { degree: [0, 2], ridge: [0] }, { x, y }, splits, {
    score: "meanSquaredError",
  });
  expect(found.best.parameters.degree).toBe(2);
});

test("on pure noise the winner's score is better than the average one: optimism", () => {
  const random = createRandom(3);
  const noise = Array.from({ length: 40 }, () => [random.normal()]);
  const labels = noise.map(() => (random.uniform() < 0.5 ? 0 : 1));
  const neighbours = ({ k }: { k: number }) => new KNearestNeighbors({ k, task: "classification" });
  const found = gridSearch(neighbours, { k: [1, 3, 5, 7, 9, 11] }, { x: noise, y: labels }, kFold(40));
  const average = found.candidates.reduce((sum, { mean }) => sum + mean, 0) / found.candidates.length;
  expect(found.best.mean).toBeGreaterThan(average);
  expect(found.caveat).toContain("optimistic");
});

test("random choices repeat with the seed", () => {
  const draw = {
    degree: [1, 2],
    ridge: (random: { uniform(a: number, b: number): number }) => 10 ** random.uniform(-3, 1),
  };
  const run = (seed: number) =>
    randomSearch(make, draw, { x, y }, splits, { rounds: 4, random: createRandom(seed) }).candidates.map(
      ({ parameters }) => parameters,
    );
  expect(run(1)).toEqual(run(1));
  expect(run(1)).not.toEqual(run(2));
});

test("bad grids are refused", () => {
  expect(() => parameterGrid({ k: [] })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: parameterGrid: k must be a list of at least one value, got []]`,
  );
  expect(() =>
    randomSearch(make, { degree: 3, ridge: [0] } as never, { x, y }, splits),
  ).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: randomSearch: degree must be a list of values or a function (random) => value, got 3]`,
  );
  expect(() =>
    gridSearch({} as never, { degree: [1], ridge: [0] }, { x, y }, splits),
  ).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: gridSearch: makeModel must be a function of the hyperparameters, got {}]`,
  );
});
