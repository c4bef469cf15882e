import { describe, expect, test } from "vitest";
import { polynomial, sineRegression, wigglyRegression } from "../../../../src/data/datasets/regression.js";
import { createRandom } from "../../../../src/random.js";

const random = () => createRandom(1);

describe("wigglyRegression", () => {
  test("has the expected defaults", () => {
    const { x, y, noise, range } = wigglyRegression({ random: random() });
    expect([x.shape, y.shape, noise, range]).toEqual([[2000, 1], [2000, 1], 0.05, [-3, 3]]);
    expect(Math.min(...x.data)).toBeGreaterThanOrEqual(-3);
    expect(Math.max(...x.data)).toBeLessThan(3);
    expect(Math.min(...x.data)).toBeLessThan(-2.9);
  });

  test("truth is exp(−x²/2)·cos 6x, and the noise has σ 0.05", () => {
    const { x, y, truth } = wigglyRegression({ random: random(), dtype: "float64" });
    expect(truth(0.5)).toBeCloseTo(Math.exp(-0.125) * Math.cos(3), 14);
    const squares = y.data.map((value, i) => (value - truth(x.data[i]!)) ** 2);
    // σ² = 0.0025; its estimate from 2000 numbers has relative error √(2/2000) = 3 %
    expect(Math.abs([...squares].reduce((sum, s) => sum + s, 0) / 2000 / 0.0025 - 1)).toBeLessThan(0.15);
  });

  test("{width, frequency}", () => {
    expect(wigglyRegression({ n: 1, width: 2, frequency: 1 }).truth(2)).toBeCloseTo(
      Math.exp(-0.5) * Math.cos(2),
      14,
    );
    expect(() => wigglyRegression({ width: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: wigglyRegression: width must be a finite number greater than 0, got 0]`,
    );
  });

  test("the first samples do not depend on n", () => {
    const few = wigglyRegression({ n: 3, random: random() });
    const many = wigglyRegression({ n: 30, random: random() });
    expect([...few.y.data]).toEqual([...many.y.data.slice(0, 3)]);
  });
});

test("sineRegression on a grid without noise is the sine", () => {
  const { x, y } = sineRegression({ n: 5, noise: 0, design: "grid", dtype: "float64" });
  expect([...x.data]).toEqual([0, 0.25, 0.5, 0.75, 1]);
  for (const [i, value] of [0, 1, 0, -1, 0].entries()) expect(y.data[i]).toBeCloseTo(value, 14);
  expect(sineRegression().x.shape).toEqual([20, 1]);
  expect(sineRegression().noise).toBe(0.3);
});

test("polynomial evaluates its coefficients from the constant up", () => {
  expect(polynomial({ coefficients: [1, 2, 3] }).truth(2)).toBe(1 + 4 + 12);
  expect(polynomial().truth(2)).toBe(8 - 2);
});

test("errors", () => {
  expect(() => sineRegression({ range: [1, 0] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: sineRegression: range must be [low, high] with low <= high, got [1, 0]]`,
  );
  expect(() => sineRegression({ noise: -1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: sineRegression: noise must be a finite number at least 0, got -1]`,
  );
  expect(() => sineRegression({ design: "even" as "grid" })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: sineRegression: design must be "random" or "grid", got "even"]`,
  );
  expect(() => polynomial({ coefficients: [] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: polynomial: coefficients must be a list of finite numbers, got []]`,
  );
});
