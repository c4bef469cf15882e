import { expect, test } from "vitest";
import {
  checkParts,
  proportionalCounts,
  trainTestSplit,
} from "../../../../src/generalization/split/trainTestSplit.js";
import { createRandom } from "../../../../src/random.js";

test("a quarter, rounded up, is tested by default", () => {
  const { train, test: tested } = trainTestSplit(10, { random: createRandom(1) });
  expect([train.length, tested.length]).toEqual([7, 3]);
  expect([...train, ...tested].sort((a, b) => a - b)).toEqual([...Array(10).keys()]);
});

test("without shuffling the last samples are the test set", () => {
  expect(trainTestSplit(5, { testSize: 2, shuffle: false })).toEqual({ train: [0, 1, 2], test: [3, 4] });
});

test("the same seed gives the same split, another seed another one", () => {
  const split = (seed: number) => trainTestSplit(50, { random: createRandom(seed) });
  expect(split(1)).toEqual(split(1));
  expect(split(1)).not.toEqual(split(2));
});

test("stratified parts keep the proportions", () => {
  const labels = [...new Array(30).fill("a"), ...new Array(10).fill("b")];
  const { test: tested } = trainTestSplit(40, { testSize: 0.2, stratify: labels, random: createRandom(1) });
  expect(tested.filter((i) => labels[i] === "b")).toHaveLength(2); // 8 tested · 10/40
});

test("largest remainders fill up a total", () => {
  expect(proportionalCounts([5, 3, 2], 5)).toEqual([3, 1, 1]); // 2.5, 1.5, 1: one is missing, first of the equal remainders
});

test("what cannot be done is refused", () => {
  expect(() => checkParts("f", 3, 3)).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: f: both parts need at least one sample, got 3 of 3 samples for the test set
      help: choose another testSize or collect more data]
  `);
  expect(() => trainTestSplit(1)).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: trainTestSplit: both parts need at least one sample, got 1 of 1 samples for the test set
      help: choose another testSize or collect more data]
  `);
  expect(() =>
    trainTestSplit(9, { shuffle: false, random: createRandom(1) }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: trainTestSplit: random has no effect without shuffle, got shuffle false
      help: drop random or pass {shuffle: true}]
  `);
  expect(() => trainTestSplit(4, { stratify: [0, 1] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: trainTestSplit: stratify needs one label for each sample, got 2 labels for 4 samples]`,
  );
  expect(() =>
    trainTestSplit(4, { stratify: [0, 0, 0, 1], testSize: 1 }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: trainTestSplit: every class must be in both parts, got 0 of 1 samples of class 1 in the test set
      help: choose another testSize or drop stratify]
  `);
});
