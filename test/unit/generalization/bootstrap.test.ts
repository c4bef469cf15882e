import { describe, expect, test } from "vitest";
import { bootstrap, bootstrapIndices, point632, quantile } from "../../../src/generalization/bootstrap.js";
import { createRandom } from "../../../src/random.js";

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("bootstrapIndices", () => {
  test("n draws; in bag and out of bag together are all samples", () => {
    const { inBag, outOfBag } = bootstrapIndices(50, { random: createRandom(1) });
    expect(inBag).toHaveLength(50);
    expect(new Set([...inBag, ...outOfBag]).size).toBe(50);
    expect(outOfBag.filter((index) => inBag.includes(index))).toEqual([]);
  });

  test("the share of distinct samples is 1 − (1 − 1/n)ⁿ", () => {
    const random = createRandom(2);
    const shares = Array.from(
      { length: 400 },
      () => 1 - bootstrapIndices(100, { random }).outOfBag.length / 100,
    );
    // 0.63397 for n = 100; one share has standard deviation 0.031, so their mean 0.0016: five of them
    expect(Math.abs(mean(shares) - 0.63397)).toBeLessThan(0.008);
  });
});

test("quantile interpolates linearly, as numpy.quantile", () => {
  expect(quantile([1, 2, 4], 0.25)).toBe(1.5);
  expect(quantile([1, 2, 4], 1)).toBe(4);
});

describe("bootstrap", () => {
  const random = createRandom(3);
  const values = Array.from({ length: 80 }, () => random.normal(5, 2));

  test("the standard error of a mean is σ/√n", () => {
    const result = bootstrap(values, mean, { rounds: 2000, random: createRandom(4) });
    const m = mean(values);
    const sigma = Math.sqrt(mean(values.map((v) => (v - m) ** 2)));
    expect(result.estimate).toBe(m);
    expect(result.standardError / (sigma / Math.sqrt(80))).toBeCloseTo(1, 1);
    // a normal interval: ±1.96 standard errors
    expect((result.high - result.low) / (2 * 1.96 * result.standardError)).toBeCloseTo(1, 1);
  });

  test("same seed, same replicates", () => {
    const run = (seed: number) =>
      bootstrap(values, mean, { rounds: 5, random: createRandom(seed) }).replicates;
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  test("bad input is refused", () => {
    expect(() => bootstrap([], mean)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: bootstrap: values must be a list with at least one item, got []]`,
    );
    expect(() => bootstrap([1], () => Number.NaN)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: bootstrap: statistic must return a finite number, got NaN for the data]`,
    );
    expect(() => bootstrap([1], mean, { confidence: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: bootstrap: confidence must be a finite number greater than 0 and less than 1, got 1]`,
    );
  });
});

test("point632 weighs training and out-of-bag error", () => {
  expect(point632(1, 2)).toBeCloseTo(0.368 + 1.264, 12);
  expect(() => point632(Number.NaN, 1)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: point632: trainError must be a finite number, got NaN]`,
  );
});
