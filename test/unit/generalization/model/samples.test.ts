import { expect, test } from "vitest";
import {
  argMax,
  checkQuery,
  checkRows,
  checkSamples,
  checkTargets,
  codeClasses,
} from "../../../../src/generalization/model/samples.js";

test("rows may be lists or typed arrays; the number of features is returned", () => {
  expect(checkRows("f", [[1, 2], Float64Array.of(3, 4)])).toBe(2);
  expect(checkSamples("f", [[1], [2]], [3, 4])).toBe(1);
});

test.each([
  ["not a list", 5],
  ["no rows", []],
  ["a plain list of numbers", [1, 2]],
  ["ragged rows", [[1, 2], [3]]],
  [
    "NaN",
    [
      [1, 2],
      [3, Number.NaN],
    ],
  ],
  ["an empty row", [[]]],
])("%s is refused with the place", (_, x) => {
  expect(() => checkRows("fit", x)).toThrowErrorMatchingSnapshot();
});

test("targets must match the rows", () => {
  expect(() => checkTargets("fit", [1, 2], 3)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: fit: y needs one value for each row of x, got 2 values for 3 rows]`,
  );
  expect(() => checkTargets("fit", [1, Number.POSITIVE_INFINITY], 2)).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: fit: y must hold finite numbers only, got Infinity at index 1
      help: remove the sample or fill the value in]
  `);
  expect(() => checkTargets("fit", "ab", 2)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: fit: y must be a list of numbers, got "ab"]`,
  );
});

test("a query needs a fitted model and the same width", () => {
  expect(() => checkQuery("predict", [[1]], 0)).toThrowErrorMatchingInlineSnapshot(`
    [Error: predict: the model is not fitted
      help: call fit(x, y) first]
  `);
  expect(() => checkQuery("predict", [[1, 2]], 3)).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: predict: rows must have as many features as in fit, got 2 for 3
      x [1, 2]]
  `);
  expect(checkQuery("predict", [], 3)).toBeUndefined();
});

test("classes are coded in ascending order of their labels", () => {
  const { labels, classOf } = codeClasses([7, -1, 7]);
  expect(labels).toEqual([-1, 7]);
  expect([...classOf]).toEqual([1, 0, 1]);
});

test("argMax takes the first of equals", () => {
  expect(argMax([1, 3, 3])).toBe(1);
});
