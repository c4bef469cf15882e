import { describe, expect, test } from "vitest";
import {
  checkTreeOptions,
  DecisionTreeClassifier,
  DecisionTreeRegressor,
} from "../../../../src/generalization/model/decisionTree.js";
import { createRandom } from "../../../../src/random.js";

describe("DecisionTreeRegressor", () => {
  test("without limits it reproduces distinct samples exactly", () => {
    const random = createRandom(1);
    const x = Array.from({ length: 50 }, () => [random.normal(), random.normal()]);
    const y = x.map(() => random.normal());
    const predicted = new DecisionTreeRegressor().fit(x, y).predict(x);
    predicted.forEach((value, i) => {
      expect(value).toBeCloseTo(y[i]!, 12);
    });
  });

  test("a second fit forgets the first", () => {
    const tree = new DecisionTreeRegressor().fit([[0], [1]], [0, 1]);
    expect(tree.fit([[5], [6]], [7, 7]).predict([[0]])).toEqual([7]);
    expect(tree.depth).toBe(0);
  });
});

describe("DecisionTreeClassifier", () => {
  test("labels may be any numbers, ties go to the smallest", () => {
    const tree = new DecisionTreeClassifier({ maxDepth: 1 }).fit([[0], [0], [3], [4]], [9, -2, 5, 5]);
    expect(tree.classes).toEqual([-2, 5, 9]);
    expect(tree.predict([[0], [4]])).toEqual([-2, 5]);
    expect(tree.predictProbabilities([[0]])).toEqual([[0.5, 0, 0.5]]);
  });

  test("a returned probability is the caller's own", () => {
    const tree = new DecisionTreeClassifier().fit([[0], [1]], [0, 1]);
    tree.predictProbabilities([[0]])[0]![0] = 99;
    expect(tree.predictProbabilities([[0]])).toEqual([[1, 0]]);
  });
});

test("maxFeatures resolves to a count", () => {
  const resolved = checkTreeOptions("f", { maxFeatures: "sqrt", random: createRandom(1) });
  expect(resolved(10).maxFeatures).toBe(3);
  expect(checkTreeOptions("f", {})(10).maxFeatures).toBe(10);
});

test("impossible options are refused", () => {
  expect(() => new DecisionTreeRegressor({ maxDepth: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: DecisionTreeRegressor: maxDepth must be a whole number at least 1, got 0]`,
  );
  expect(() => new DecisionTreeRegressor({ max_depth: 3 } as object)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: DecisionTreeRegressor: unknown option "max_depth"
      help: did you mean "maxDepth"?]
  `);
  expect(() => new DecisionTreeRegressor({ random: createRandom(1) })).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: DecisionTreeRegressor: random has no effect when every node looks at all features, got maxFeatures undefined
      help: pass maxFeatures or drop random]
  `);
  expect(() =>
    new DecisionTreeRegressor({ maxFeatures: 3 }).fit([[1], [2]], [1, 2]),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: DecisionTreeRegressor: maxFeatures must be at most the number of features, got 3 for 1 features]`,
  );
  expect(() => new DecisionTreeRegressor().predict([[1]])).toThrowErrorMatchingInlineSnapshot(`
    [Error: DecisionTreeRegressor.predict: the model is not fitted
      help: call fit(x, y) first]
  `);
});
