import { expect, test } from "vitest";
import { correlations, SelectBest } from "../../../../src/generalization/validate/selectBest.js";

test("correlations by hand: exact, opposite, constant", () => {
  const x = [
    [1, 6, 3],
    [2, 4, 3],
    [3, 2, 3],
  ];
  expect(correlations(x, [10, 20, 30]).map((value) => Math.round(value * 1e12) / 1e12)).toEqual([1, 1, 0]);
});

test("the k strongest features are kept in their order", () => {
  const x = [
    [0, 5, 1],
    [1, 5, 0],
    [0, 5, 3],
  ];
  const best = new SelectBest({ k: 2 }).fit(x, [1, 0, 3]);
  expect(best.selected).toEqual([0, 2]);
  expect(best.transform([[7, 8, 9]])).toEqual([[7, 9]]);
});

test("more than there are is refused", () => {
  expect(() => new SelectBest({ k: 4 }).fit([[1, 2]], [0])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: SelectBest.fit: k must be at most the number of features, got k 4 for 2 features]`,
  );
  expect(() => new SelectBest({ k: 1 }).transform([[1]])).toThrowErrorMatchingInlineSnapshot(`
    [Error: SelectBest.transform: fit must come first
      help: call fit(x, y) before]
  `);
});
