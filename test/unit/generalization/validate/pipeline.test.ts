import { expect, test } from "vitest";
import { Standardizer } from "../../../../src/data/standardizer.js";
import { DecisionTreeClassifier } from "../../../../src/generalization/model/decisionTree.js";
import { KNearestNeighbors } from "../../../../src/generalization/model/kNearestNeighbors.js";
import { Pipeline } from "../../../../src/generalization/validate/pipeline.js";

test("scaling decides which neighbour is near", () => {
  const x = [
    [0, 1000],
    [1, 0],
  ];
  const raw = new KNearestNeighbors({ k: 1 }).fit(x, [5, 7]);
  const scaled = new Pipeline([new Standardizer(), new KNearestNeighbors({ k: 1 })]).fit(x, [5, 7]);
  expect(raw.predict([[1, 600]])).toEqual([5]);
  // scaled to ±1: (1, 0.2) is √((1+1)² + 0.8²) from the first, 1.2 from the second
  expect(scaled.predict([[1, 600]])).toEqual([7]);
  expect(scaled.transform([[1, 500]])).toEqual([[1, 0]]);
});

test("steps see only what fit is given", () => {
  const seen: number[] = [];
  const spy = {
    fit: (x: number[][]) => seen.push(x.length),
    transform: (x: number[][]) => x,
  };
  const model = new Pipeline([spy, new KNearestNeighbors({ k: 1 })]).fit([[1], [2]], [1, 2]);
  model.predict([[1], [2], [3]]);
  expect(seen).toEqual([2]);
});

test("it is a classifier when its model is one", () => {
  expect(new Pipeline([new DecisionTreeClassifier()]).isClassifier).toBe(true);
  expect(new Pipeline([new KNearestNeighbors()]).isClassifier).toBe(false);
});

test("wrong steps are refused", () => {
  expect(() => new Pipeline([])).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: Pipeline: steps must be a list that ends with a model, got []]`,
  );
  expect(() => new Pipeline([new Standardizer()])).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: Pipeline: the last step must have fit and predict, got Standardizer at index 0]`,
  );
  expect(() => new Pipeline([5 as never, new KNearestNeighbors()])).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: Pipeline: every step before the last must have fit and transform, got 5 at index 0]`,
  );
});
