import { expect, test } from "vitest";
import { stratifiedKFold } from "../../../../src/generalization/split/stratifiedKFold.js";
import { createRandom } from "../../../../src/random.js";

test("six of one class and four of another in three folds", () => {
  const labels = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1];
  const tests = stratifiedKFold(labels, { nSplits: 3 }).map((split) => split.test);
  expect(tests).toEqual([
    [0, 1, 6, 7],
    [2, 3, 8],
    [4, 5, 9],
  ]);
});

test("shuffling changes which samples, never how many of a class", () => {
  const labels = Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? "cat" : "dog"));
  const cats = (folds: { test: number[] }[]) =>
    folds.map((split) => split.test.filter((i) => labels[i] === "cat").length);
  const plain = stratifiedKFold(labels, { nSplits: 5 });
  const shuffled = stratifiedKFold(labels, { nSplits: 5, shuffle: true, random: createRandom(2) });
  expect(cats(plain)).toEqual([2, 2, 2, 2, 2]); // 10 cats in 5 folds
  expect(cats(shuffled)).toEqual([2, 2, 2, 2, 2]);
  expect(shuffled).not.toEqual(plain);
});

test("classes smaller than k are refused with both numbers", () => {
  expect(() => stratifiedKFold([0, 0, 0, 0, 1, 1], { nSplits: 3 })).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: stratifiedKFold: every class needs at least nSplits samples, got nSplits 3 and 2 of class 1
      help: use nSplits 2, or {allowSmallClasses: true} for folds that lack the class]
  `);
  expect(() => stratifiedKFold([0, 0, 1, 1, 2], { nSplits: 4 })).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: stratifiedKFold: nSplits must be at most the size of the largest class, got nSplits 4 for 2 samples
      help: use fewer folds, or kFold without classes]
  `);
  const lacking = stratifiedKFold([0, 0, 0, 0, 1, 1], { nSplits: 3, allowSmallClasses: true });
  expect(lacking.map((split) => split.test.length)).toEqual([2, 2, 2]);
});
