import { expect, test } from "vitest";
import { groupTimeSeriesSplit } from "../../../../src/generalization/split/groupTimeSeriesSplit.js";

test("later groups are tested by models of earlier groups", () => {
  expect(groupTimeSeriesSplit(["a", "a", "b", "c", "c"], { nSplits: 2 })).toEqual([
    { train: [0, 1], test: [2] },
    { train: [0, 1, 2], test: [3, 4] },
  ]);
});

test("a gap leaves out whole groups", () => {
  expect(groupTimeSeriesSplit([1, 1, 2, 3, 3], { nSplits: 2, testSize: 1, gap: 0 })[1]!.test).toEqual([3, 4]);
  expect(groupTimeSeriesSplit([1, 1, 2, 3, 4, 4], { nSplits: 2, testSize: 1, gap: 1 })).toEqual([
    { train: [0, 1], test: [3] },
    { train: [0, 1, 2], test: [4, 5] },
  ]);
});

test("a group that comes back is refused, and errors count groups", () => {
  expect(() => groupTimeSeriesSplit([1, 2, 1])).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: groupTimeSeriesSplit: the samples of a group must stand together, got group 1 at 0 and again at 2
      help: sort the samples by time and group first]
  `);
  expect(() => groupTimeSeriesSplit([1, 1, 2], { nSplits: 2 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: groupTimeSeriesSplit: needs at least nSplits + 1 groups, got 2 groups for nSplits 2]`,
  );
});
