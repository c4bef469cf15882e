import { expect, test } from "vitest";
import { KNearestNeighbors } from "../../../../src/generalization/model/kNearestNeighbors.js";

test("the mean of the two nearest", () => {
  const model = new KNearestNeighbors({ k: 2 }).fit([[0], [1], [5]], [0, 2, 9]);
  expect(model.predict([[0.4], [4]])).toEqual([1, 5.5]);
});

test("of equally distant samples the earlier is nearer", () => {
  const model = new KNearestNeighbors({ k: 1 }).fit([[0], [2], [0]], [7, 8, 9]);
  expect(model.predict([[1], [0]])).toEqual([7, 7]);
});

test("classification takes the most frequent class, the smallest label of equals", () => {
  const model = new KNearestNeighbors({ k: 4, task: "classification" }).fit(
    [[0], [1], [2], [3]],
    [5, 3, 5, 3],
  );
  expect(model.predict([[1.5]])).toEqual([3]);
});

test("the training set is copied", () => {
  const x = [[0], [10]];
  const model = new KNearestNeighbors({ k: 1 }).fit(x, [1, 2]);
  x[0]![0] = 99;
  expect(model.predict([[0]])).toEqual([1]);
});

test("more neighbours than samples are refused with both numbers", () => {
  expect(() => new KNearestNeighbors().fit([[0], [1]], [0, 1])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: KNearestNeighbors.fit: k must be at most the number of samples, got k 5 for 2 samples]`,
  );
  expect(() => new KNearestNeighbors({ task: "both" as "regression" })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: KNearestNeighbors: task must be "regression" or "classification", got "both"]`,
  );
});

test("classes and their shares among the neighbours", () => {
  const model = new KNearestNeighbors({ k: 3, task: "classification" });
  model.fit([[0], [1], [2], [10]], [7, 4, 7, 9]);
  expect(model.classes).toEqual([4, 7, 9]);
  // the neighbours of 0.5 are 0, 1 and 2: 7, 4, 7
  expect(model.predictProbabilities([[0.5]])).toEqual([[1 / 3, 2 / 3, 0]]);
});

test("a regression has neither classes nor probabilities", () => {
  const model = new KNearestNeighbors({ k: 1 }).fit([[0]], [1]);
  expect(model.classes).toBeUndefined();
  expect(() => model.predictProbabilities([[0]])).toThrowErrorMatchingInlineSnapshot(`
    [Error: KNearestNeighbors.predictProbabilities: the task must be "classification", got "regression"
      help: make the model with {task: "classification"}]
  `);
});
