import { expect, test } from "vitest";
import { DecisionTreeClassifier } from "../../../../src/generalization/model/decisionTree.js";
import { KNearestNeighbors } from "../../../../src/generalization/model/kNearestNeighbors.js";
import { isBetter, isClassifier, resolveScore } from "../../../../src/generalization/validate/score.js";

const regressor = new KNearestNeighbors();
const measure = (name: "accuracy" | "r2" | "meanSquaredError" | "meanAbsoluteError") =>
  resolveScore("f", name, regressor).measure([1, 2, 3, 4], [1, 2, 4, 6]);

test("the measures by hand", () => {
  expect(measure("accuracy")).toBe(0.5);
  expect(measure("meanSquaredError")).toBe(1.25); // (0 + 0 + 1 + 4)/4
  expect(measure("meanAbsoluteError")).toBe(0.75);
  expect(measure("r2")).toBe(0); // 1 − 5/5
});

test("constant targets: 1 when met, else 0", () => {
  const { measure: r2 } = resolveScore("f", "r2", regressor);
  expect([r2([2, 2], [2, 2]), r2([2, 2], [2, 3])]).toEqual([1, 0]);
});

test("the default follows the model", () => {
  expect(isClassifier(new DecisionTreeClassifier())).toBe(true);
  expect(resolveScore("f", undefined, new KNearestNeighbors({ task: "classification" })).name).toBe(
    "accuracy",
  );
  expect(resolveScore("f", undefined, regressor).name).toBe("r2");
});

test("better is smaller for errors, and never NaN", () => {
  const error = resolveScore("f", "meanSquaredError", regressor);
  expect(isBetter(error, 1, 2)).toBe(true);
  expect(isBetter(error, Number.NaN, 2)).toBe(false);
  expect(isBetter(resolveScore("f", "r2", regressor), 1, 2)).toBe(false);
});

test("unknown measures are refused", () => {
  expect(() => resolveScore("f", "acuracy" as never, regressor)).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: f: score must be accuracy, r2, meanSquaredError, meanAbsoluteError or a function (truth, prediction) => number, got "acuracy"
      help: did you mean "accuracy"?]
  `);
  expect(() => resolveScore("f", 5 as never, regressor)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: f: score must be accuracy, r2, meanSquaredError, meanAbsoluteError or a function (truth, prediction) => number, got 5]`,
  );
});
