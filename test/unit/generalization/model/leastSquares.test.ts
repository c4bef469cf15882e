import { expect, test } from "vitest";
import { leastSquares } from "../../../../src/generalization/model/leastSquares.js";

test("a line through three points that are not on one", () => {
  // y = a + b·t for (0, 1), (1, 2), (2, 4): b = 3/2, a = 5/6 (normal equations by hand)
  const fitted = leastSquares([Float64Array.of(1, 1, 1), Float64Array.of(0, 1, 2)], Float64Array.of(1, 2, 4));
  expect(fitted[0]).toBeCloseTo(5 / 6, 14);
  expect(fitted[1]).toBeCloseTo(3 / 2, 14);
});

test("a column that repeats another gets coefficient 0", () => {
  const fitted = leastSquares([Float64Array.of(1, 2, 3), Float64Array.of(1, 2, 3)], Float64Array.of(2, 4, 6));
  expect([...fitted].map((value) => Math.round(value * 1e12) / 1e12)).toEqual([2, 0]);
});

test("the squared condition number does not enter: columns that differ by 1e-7", () => {
  const a = Float64Array.of(1, 1, 1);
  const b = Float64Array.of(1, 1 + 1e-7, 1 - 1e-7);
  const y = Float64Array.of(3, 3 + 2e-7, 3 - 2e-7); // 1·a + 2·b
  const fitted = leastSquares([a, b], y);
  expect(fitted[0]).toBeCloseTo(1, 6);
  expect(fitted[1]).toBeCloseTo(2, 6);
});

test("more columns than rows", () => {
  const fitted = leastSquares([Float64Array.of(2), Float64Array.of(1)], Float64Array.of(6));
  expect([...fitted]).toEqual([3, 0]);
});
