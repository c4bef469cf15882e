import { expect, test } from "vitest";
import { shuffleSplit } from "../../../../src/generalization/split/shuffleSplit.js";
import { createRandom } from "../../../../src/random.js";

test("ten divisions with a tenth tested, by default", () => {
  const splits = shuffleSplit(20, { random: createRandom(1) });
  expect(splits.map((split) => split.test.length)).toEqual(new Array(10).fill(2));
});

test("divisions are independent: they differ and may overlap", () => {
  const splits = shuffleSplit(6, { nSplits: 8, testSize: 3, random: createRandom(2) });
  expect(new Set(splits.map((split) => String(split.test))).size).toBeGreaterThan(3);
  for (const { train, test: tested } of splits)
    expect([...train, ...tested].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
});

test("nSplits must be at least 1", () => {
  expect(() => shuffleSplit(6, { nSplits: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: shuffleSplit: nSplits must be a whole number at least 1, got 0]`,
  );
});
