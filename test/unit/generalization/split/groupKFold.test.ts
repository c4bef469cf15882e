import { expect, test } from "vitest";
import { groupKFold } from "../../../../src/generalization/split/groupKFold.js";

test("the largest group goes first, each to the lightest fold", () => {
  // sizes 0:3 1:2 2:4 3:1 -> 2 to fold 0 (4), 0 to fold 1 (3), 1 to fold 1 (5), 3 to fold 0 (5)
  const tests = groupKFold([0, 0, 0, 1, 1, 2, 2, 2, 2, 3], { nSplits: 2 }).map((split) => split.test);
  expect(tests).toEqual([
    [5, 6, 7, 8, 9],
    [0, 1, 2, 3, 4],
  ]);
});

test("no group is on both sides", () => {
  const groups = Array.from({ length: 60 }, (_, i) => `patient ${(i * 7) % 11}`);
  for (const { train, test: tested } of groupKFold(groups)) {
    const trained = new Set(train.map((i) => groups[i]));
    expect(tested.filter((i) => trained.has(groups[i]))).toEqual([]);
  }
});

test("fewer groups than folds are refused with both numbers", () => {
  expect(() => groupKFold(["a", "a", "b"], { nSplits: 3 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: groupKFold: nSplits must be at most the number of groups, got nSplits 3 for 2 groups]`,
  );
});
