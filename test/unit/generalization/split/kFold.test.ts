import { expect, test } from "vitest";
import { foldSizes, kFold } from "../../../../src/generalization/split/kFold.js";
import { createRandom } from "../../../../src/random.js";

test("kFold(n) has the expected defaults: five contiguous folds in data order", () => {
  expect(kFold(5).map((split) => split.test)).toEqual([[0], [1], [2], [3], [4]]);
});

test("the first n % k folds get one sample more", () => {
  expect(foldSizes(10, 3)).toEqual([4, 3, 3]); // 10 = 3·3 + 1
  expect(foldSizes(11, 4)).toEqual([3, 3, 3, 2]); // 11 = 4·2 + 3
});

test("shuffled folds are a partition, differ from data order and repeat with the seed", () => {
  const folds = kFold(20, { nSplits: 4, shuffle: true, random: createRandom(3) });
  const tested = folds.flatMap((split) => split.test);
  expect(tested.slice().sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  expect(tested).not.toEqual(tested.slice().sort((a, b) => a - b));
  expect(kFold(20, { nSplits: 4, shuffle: true, random: createRandom(3) })).toEqual(folds);
  expect(kFold(20, { nSplits: 4, shuffle: true, random: createRandom(4) })).not.toEqual(folds);
});

test("impossible settings are refused with both numbers", () => {
  expect(() => kFold(3, { nSplits: 5 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: kFold: nSplits must be at most the number of samples, got nSplits 5 for 3 samples]`,
  );
  expect(() => kFold(3, { nSplits: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: kFold: nSplits must be a whole number at least 2, got 1]`,
  );
  expect(() => kFold(0)).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: kFold: n must be a whole number at least 1, got 0
      help: pass how many samples there are, for example x.length]
  `);
  expect(() => kFold(Number.NaN)).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: kFold: n must be a whole number at least 1, got NaN
      help: pass how many samples there are, for example x.length]
  `);
  expect(() => kFold(9, { random: createRandom(1) })).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: kFold: random has no effect without shuffle, got shuffle false
      help: pass {shuffle: true} or drop random]
  `);
  expect(() => kFold(9, { n_splits: 3 } as object)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: kFold: unknown option "n_splits"
      help: did you mean "nSplits"?]
  `);
});
