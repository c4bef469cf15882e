import { describe, expect, test } from "vitest";
import {
  extent,
  fixedNumber,
  linearTicks,
  logTicks,
  plainNumber,
  powerOfTen,
} from "../../../src/plot/numbers.js";

test.each([
  [0, "0"],
  [-0, "0"],
  [3, "3"],
  [-2.34567, "−2.35"],
  [0.000123456, "0.000123"],
  [1234.5, "1235"],
  [99999.4, "99999"],
  [1e6, "10⁶"],
  [-2.5e-7, "−2.5·10⁻⁷"],
  [Number.NaN, "NaN"],
  [Number.NEGATIVE_INFINITY, "−∞"],
])("plainNumber(%d) is %s", (value, written) => expect(plainNumber(value)).toBe(written));

test("powerOfTen writes exponents as superscripts", () =>
  expect([0, 12, -5].map(powerOfTen)).toEqual(["10⁰", "10¹²", "10⁻⁵"]));

test("fixedNumber keeps zeros and has no negative zero", () =>
  expect([0.5, -0.001, -1.25].map((value) => fixedNumber(value, 2))).toEqual(["0.50", "0.00", "−1.25"]));

describe("logTicks", () => {
  test("few decades get 1, 2, 5", () => expect(logTicks(0.1, 10, 7)).toEqual([0.1, 0.2, 0.5, 1, 2, 5, 10]));
  test("three decades get 1, 3", () =>
    expect(logTicks(0.001, 1, 7)).toEqual([0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1]));
  test("many decades are thinned evenly", () =>
    expect(logTicks(1e-8, 1, 5)).toEqual([1e-8, 1e-6, 1e-4, 1e-2, 1]));
  test("less than a decade gets single steps", () => expect(logTicks(2, 5, 7)).toEqual([2, 3, 4, 5]));
});

describe("linearTicks", () => {
  test("steps are 1, 2 or 5 times a power of ten", () => {
    expect(linearTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(linearTicks(-3, 3, 6)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
    expect(linearTicks(0, 1000, 4)).toEqual([0, 500, 1000]);
  });
  test("has no rounding dust and survives an empty range", () => {
    expect(linearTicks(0.1, 0.7, 6)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
    expect(linearTicks(2, 2)).toEqual([2]);
  });
});

test("extent ignores what is not finite and is undefined when nothing is left", () => {
  expect(extent([3, Number.NaN, -1, Number.POSITIVE_INFINITY])).toEqual([-1, 3]);
  expect(extent([Number.NaN])).toBeUndefined();
});
