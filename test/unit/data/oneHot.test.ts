import { expect, test } from "vitest";
import { oneHot } from "../../../src/data/oneHot.js";
import { tensor } from "../../../src/tensor/create.js";

test("oneHot puts a 1 at each label", () => {
  expect(oneHot([2, 0]).toArray()).toEqual([
    [0, 0, 1],
    [1, 0, 0],
  ]);
  expect(oneHot(tensor([1]), 2).toArray()).toEqual([[0, 1]]);
  expect(oneHot([0], 1, { dtype: "float64" }).dtype).toBe("float64");
});

test("errors", () => {
  expect(() => oneHot([0, 3], 3)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: oneHot: labels must be whole numbers from 0 to 2, got 3 at index 1]`,
  );
  expect(() => oneHot([0.5], 3)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: oneHot: labels must be whole numbers from 0 to 2, got 0.5 at index 0]`,
  );
  expect(() => oneHot([])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: oneHot: numClasses must be a whole number at least 1, got 0]`,
  );
});
