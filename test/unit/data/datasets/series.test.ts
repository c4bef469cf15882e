import { expect, test } from "vitest";
import { autoregressive, randomWalk } from "../../../../src/data/datasets/series.js";
import { createRandom } from "../../../../src/random.js";

test("randomWalk: steps are independent, N(drift, step²)", () => {
  const { x, y } = randomWalk({ n: 4001, step: 2, drift: 0.5, random: createRandom(1), dtype: "float64" });
  expect([x.data[0], x.data[4000], y.data[0]]).toEqual([0, 4000, 0]);
  const steps = Array.from({ length: 4000 }, (_, t) => y.data[t + 1]! - y.data[t]!);
  const mean = steps.reduce((sum, step) => sum + step, 0) / 4000;
  const variance = steps.reduce((sum, step) => sum + (step - mean) ** 2, 0) / 4000;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.2); // σ = 2/√4000 = 0.032
  expect(Math.abs(variance / 4 - 1)).toBeLessThan(0.15); // σ = √(2/4000) = 0.022
  expect(randomWalk().y.shape).toEqual([500, 1]);
});

test("autoregressive: the variance is noise² / (1 − φ²)", () => {
  const { y } = autoregressive({ n: 20_000, coefficients: [0.5], random: createRandom(1), dtype: "float64" });
  const variance = [...y.data].reduce((sum, value) => sum + value * value, 0) / 20_000;
  expect(Math.abs(variance - 4 / 3)).toBeLessThan(0.1);
});

test("autoregressive without noise but a growing start is refused", () => {
  expect(() => autoregressive({ coefficients: [2], n: 2000, random: createRandom(1) })).toThrow(
    /^autoregressive: coefficients must give a series that stays finite, got \[2\]/,
  );
  expect(() => autoregressive({ coefficients: [Number.NaN] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: autoregressive: coefficients must be a list of finite numbers, got [NaN]]`,
  );
  expect(() => randomWalk({ step: -1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: randomWalk: step must be a finite number at least 0, got -1]`,
  );
});
