import { expect, test } from "vitest";
import { repeatedKFold } from "../../../../src/generalization/split/repeatedKFold.js";
import { createRandom } from "../../../../src/random.js";

test("each repetition is another partition", () => {
  const splits = repeatedKFold(12, { nSplits: 3, repeats: 2, random: createRandom(5) });
  const tested = [splits.slice(0, 3), splits.slice(3)].map((folds) => folds.map((split) => split.test));
  for (const folds of tested) expect(folds.flat().sort((a, b) => a - b)).toEqual([...Array(12).keys()]);
  expect(tested[0]).not.toEqual(tested[1]);
});

test("the defaults are five folds, ten times", () => {
  expect(repeatedKFold(10, { random: createRandom(1) })).toHaveLength(50);
});

test("repeats must be a whole number", () => {
  expect(() => repeatedKFold(10, { repeats: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: repeatedKFold: repeats must be a whole number at least 1, got 0]`,
  );
});
