import { expect, test } from "vitest";
import { minimumNorm } from "../../../../src/generalization/model/minimumNorm.js";

const rounded = (values: Float64Array) => Array.from(values, (value) => Math.round(value * 1e10) / 1e10);

test("one equation, two unknowns: the solution of smallest norm", () => {
  // x + 2y = 5: the multiple of (1, 2) that solves it
  expect(rounded(minimumNorm([Float64Array.of(1, 2)], Float64Array.of(5), 0))).toEqual([1, 2]);
});

test("a repeated equation changes nothing", () => {
  const rows = [Float64Array.of(1, 2, 0), Float64Array.of(1, 2, 0)];
  expect(rounded(minimumNorm(rows, Float64Array.of(5, 5), 0))).toEqual([1, 2, 0]);
});

test("more equations than unknowns: least squares", () => {
  const rows = [Float64Array.of(1), Float64Array.of(1)];
  expect(rounded(minimumNorm(rows, Float64Array.of(2, 4), 0))).toEqual([3]);
});

test("a penalty by hand: c = Σay/(Σa² + λ)", () => {
  expect(rounded(minimumNorm([Float64Array.of(2)], Float64Array.of(6), 4))).toEqual([1.5]);
});
