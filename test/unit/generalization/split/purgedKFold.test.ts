import { expect, test } from "vitest";
import { blockedKFold, purgedKFold } from "../../../../src/generalization/split/purgedKFold.js";

test("the gap is removed on both sides of the test block, the embargo after it", () => {
  expect(purgedKFold(9, { nSplits: 3, gap: 1 })[1]).toEqual({ train: [0, 1, 7, 8], test: [3, 4, 5] });
  expect(purgedKFold(9, { nSplits: 3, gap: 1, embargo: 1 })[1]).toEqual({
    train: [0, 1, 8],
    test: [3, 4, 5],
  });
});

test("blocked folds are contiguous and purge nothing", () => {
  expect(blockedKFold(6, { nSplits: 2 })).toEqual([
    { train: [3, 4, 5], test: [0, 1, 2] },
    { train: [0, 1, 2], test: [3, 4, 5] },
  ]);
});

test("a gap that leaves nothing is refused", () => {
  expect(() => purgedKFold(6, { nSplits: 2, gap: 3 })).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: purgedKFold: nothing is left to train on around the test block 0 to 2: 6 samples, gap 3, embargo 0
      help: use a smaller gap or embargo, or more splits]
  `);
  expect(() => blockedKFold(6, { nSplits: 7 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: blockedKFold: nSplits must be at most the number of samples, got nSplits 7 for 6 samples]`,
  );
});
