import { expect, test } from "vitest";
import {
  checkLabels,
  checkSampleCount,
  checkSplitCount,
  complement,
  range,
  sizeOf,
  sortedUnique,
  splitsFromFolds,
} from "../../../../src/generalization/split/split.js";

test("range is half open and empty when it ends before it starts", () => {
  expect(range(2, 5)).toEqual([2, 3, 4]);
  expect(range(5, 2)).toEqual([]);
});

test("complement holds what test does not", () => {
  expect(complement(5, [1, 3])).toEqual([0, 2, 4]);
});

test("splitsFromFolds tests each sample in its fold", () => {
  expect(splitsFromFolds([1, 0, 1], 2)).toEqual([
    { train: [0, 2], test: [1] },
    { train: [1], test: [0, 2] },
  ]);
});

test("sortedUnique sorts numbers by size and words by text", () => {
  expect(sortedUnique([10, 9, 10, 1])).toEqual([1, 9, 10]);
  expect(sortedUnique(["b", "a", "b"])).toEqual(["a", "b"]);
});

test("sizeOf reads a fraction of n or a count", () => {
  expect(sizeOf("f", "testSize", 0.25, 10, Math.ceil)).toBe(3);
  expect(sizeOf("f", "testSize", 4, 10, Math.ceil)).toBe(4);
  expect(() => sizeOf("f", "testSize", 2.5, 10, Math.ceil)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: f: testSize must be a fraction below 1 or a whole number of samples, got 2.5]`,
  );
  expect(() => sizeOf("f", "testSize", 0, 10, Math.ceil)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: f: testSize must be a finite number greater than 0, got 0]`,
  );
});

test("counts and labels are checked", () => {
  expect(checkSampleCount("f", 3)).toBe(3);
  expect(() => checkSampleCount("f", 2.5)).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: f: n must be a whole number at least 1, got 2.5
      help: pass how many samples there are, for example x.length]
  `);
  expect(() => checkSplitCount("f", 4, 3, "groups")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: f: nSplits must be at most the number of groups, got nSplits 4 for 3 groups]`,
  );
  expect(checkLabels("f", "labels", Int32Array.of(1, 2))).toEqual([1, 2]);
  expect(() => checkLabels("f", "labels", 5)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: f: labels must be a list with one entry for each sample, got 5]`,
  );
  expect(() => checkLabels("f", "labels", [])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: f: labels must not be empty, got []]`,
  );
  expect(() => checkLabels("f", "labels", [1, Number.NaN])).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: f: labels must be numbers, strings or booleans, got NaN at index 1
      help: remove the sample or give it a label]
  `);
  expect(() => checkLabels("f", "labels", ["a", undefined])).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: f: labels must be numbers, strings or booleans, got undefined at index 1
      help: remove the sample or give it a label]
  `);
});
