import { expect, test } from "vitest";
import { forwardChaining, timeSeriesSplit } from "../../../../src/generalization/split/timeSeriesSplit.js";

test("the window expands and tests the block that follows", () => {
  expect(timeSeriesSplit(12, { nSplits: 3 })).toEqual([
    { train: [0, 1, 2], test: [3, 4, 5] },
    { train: [0, 1, 2, 3, 4, 5], test: [6, 7, 8] },
    { train: [0, 1, 2, 3, 4, 5, 6, 7, 8], test: [9, 10, 11] },
  ]);
});

test("gap, test size and a rolling window", () => {
  expect(timeSeriesSplit(12, { nSplits: 3, testSize: 2, gap: 1, maxTrainSize: 4 })).toEqual([
    { train: [1, 2, 3, 4], test: [6, 7] },
    { train: [3, 4, 5, 6], test: [8, 9] },
    { train: [5, 6, 7, 8], test: [10, 11] },
  ]);
});

test("training never touches the future", () => {
  for (const { train, test: tested } of timeSeriesSplit(50, { gap: 3 }))
    expect(Math.max(...train)).toBeLessThan(Math.min(...tested) - 3);
});

test("what leaves nothing to train on is refused", () => {
  expect(() => timeSeriesSplit(5, { nSplits: 5 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: timeSeriesSplit: needs at least nSplits + 1 samples, got 5 samples for nSplits 5]`,
  );
  expect(() => timeSeriesSplit(12, { nSplits: 3, gap: 3 })).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: timeSeriesSplit: nothing is left to train on before the first test block: 3 test blocks of 3 and a gap of 3 need at least 13 samples, got 12
      help: use fewer splits, a smaller testSize or a smaller gap]
  `);
  expect(() => timeSeriesSplit(12, { gap: -1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: timeSeriesSplit: gap must be a whole number at least 0, got -1]`,
  );
  expect(() => forwardChaining("f", "groups", 3, { nSplits: 3 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: f: needs at least nSplits + 1 groups, got 3 groups for nSplits 3]`,
  );
});
