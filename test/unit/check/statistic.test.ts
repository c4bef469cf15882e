import { expect, test } from "vitest";
import { NotFilledIn } from "../../../src/check/notFilledIn.js";
import { statistic } from "../../../src/check/statistic.js";
import { createRandom } from "../../../src/random.js";

test("has the expected default of 4000 draws from a fixed seed", () => {
  const seen: number[] = [];
  const sample = (random: { uniform(): number }): number => {
    const value = random.uniform();
    seen.push(value);
    return value;
  };
  statistic("s", sample, { mean: 0.5 });
  expect(seen).toHaveLength(4000);
  const first = seen.splice(0);
  statistic("s", sample, { mean: 0.5 });
  expect(seen).toEqual(first);
});

test("accepts right moments for many seeds: false alarms are rarer than one in a million", () => {
  for (let seed = 0; seed < 200; seed++)
    expect(
      statistic("normal", (random) => random.normal(2, 3), { mean: 2, std: 3, draws: 500, seed }).passed,
      String(seed),
    ).toBe(true);
});

test("finds a mean and a spread that are off", () => {
  const coin = statistic("coin", (random) => (random.bernoulli(0.6) ? 1 : 0), { mean: 0.5 });
  expect(coin.passed).toBe(false);
  expect(coin.message).toMatch(/^the mean of 4000 draws must be 0\.5 ± 0\.0\d+, got 0\.[56]\d*$/);
  const wide = statistic("wide", (random) => random.normal(0, 1.2), { mean: 0, std: 1 });
  expect(wide.message).toMatch(/^the variance of 4000 draws must be 1 ± /);
});

test("the margin is z·σ/√n with P(|Z| > z) = 1e-6: z is 4.89 (4.90 by the bound)", () => {
  // one test: z = 4.8916 in tables of the normal distribution; margin = z·1/√10000
  const report = statistic("m", (random) => random.normal(), { mean: 0, std: 1, draws: 10000 });
  const margin = Number(/mean 0 ± ([\d.]+)/.exec(report.expected)![1]);
  // two moments share the alarm: P = 5e-7 gives z = 5.03
  expect(margin).toBeCloseTo(0.05, 2);
});

test("a quantity without spread must be exact", () => {
  expect(statistic("constant", () => 0.1, { mean: 0.1 }).passed).toBe(true);
  expect(statistic("constant", () => 0.1, { mean: 0.2 }).passed).toBe(false);
  expect(statistic("constant", () => 0.1, { std: 1 }).passed).toBe(false);
});

test("draws that are no finite numbers are wrong; a blank is thrown on", () => {
  expect(statistic("s", () => Number.NaN, { mean: 0 }).message).toBe(
    "every draw must be a finite number, got NaN in draw 1",
  );
  expect(
    statistic(
      "s",
      () => {
        throw new Error("no");
      },
      { mean: 0 },
    ).message,
  ).toBe("the answer stopped with Error: no");
  expect(() =>
    statistic(
      "s",
      () => {
        throw new NotFilledIn("N07-a");
      },
      { mean: 0 },
    ),
  ).toThrow(NotFilledIn);
});

test("rejects checks of nothing, and too few draws", () => {
  expect(() => statistic("s", () => 1, {})).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: check.statistic: needs mean or std, got neither
      help: pass {mean: 0.5}]
  `);
  expect(() => statistic("s", () => 1, { mean: 1, draws: 10 })).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: check.statistic: draws must be a whole number at least 100, got 10
      help: with fewer draws the normal approximation of the mean is not good enough]
  `);
  expect(() => statistic("s", createRandom(1) as never, { mean: 1 })).toThrow(TypeError);
});
