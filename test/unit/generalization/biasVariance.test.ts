import { describe, expect, test } from "vitest";
import {
  type BiasVarianceOptions,
  biasVariance,
  biasVarianceAs,
} from "../../../src/generalization/biasVariance.js";
import { KNearestNeighbors } from "../../../src/generalization/model/kNearestNeighbors.js";
import { PolynomialRegression } from "../../../src/generalization/model/polynomialRegression.js";
import { fitProgress } from "../../../src/generalization/parallel/fitProgress.js";
import { createRandom } from "../../../src/random.js";

const sine = (x: number) => Math.sin(2 * Math.PI * x);
const grid = Array.from({ length: 25 }, (_, i) => 0.02 + (0.96 * i) / 24);
const base = { truth: sine, noise: 0.3, test: grid, rounds: 300 };
const run = (options: Partial<BiasVarianceOptions> & Pick<BiasVarianceOptions, "fit" | "sample">, seed = 1) =>
  biasVariance({ ...base, ...options, random: createRandom(seed) });

describe("the identity", () => {
  test.each([0, 1, 3, 5])(
    "total = bias² + variance + noise at degree %i, within five standard errors",
    (degree) => {
      const result = run({ fit: new PolynomialRegression({ degree }), sample: 20 });
      const sum = result.bias2 + result.variance + result.noise;
      expect(Math.abs(result.total - sum)).toBeLessThan(5 * result.standardError);
      expect(result.noise).toBeCloseTo(0.09, 12);
    },
  );

  test("a mean of n noisy constants has variance σ²/n and no bias", () => {
    const fit = new PolynomialRegression({ degree: 0 });
    const result = run({ fit, truth: () => 7, sample: 16, rounds: 4000 });
    expect(result.variance).toBeCloseTo(0.09 / 16, 3);
    expect(result.bias2).toBeLessThan(0.09 / 16 / 4000 + 1e-4);
  });
});

describe("no noise, no trade-off?", () => {
  const fit = new PolynomialRegression({ degree: 3 });
  test("a fixed design without noise never varies: exactly 0", () => {
    expect(run({ fit, noise: 0, sample: grid }).variance).toBe(0);
  });
  test("a random design varies without any noise", () => {
    expect(run({ fit, noise: 0, sample: 20 }).variance).toBeGreaterThan(1e-4);
  });
});

test("one neighbour has the variance of the noise, all neighbours have bias", () => {
  const near = run({ fit: new KNearestNeighbors({ k: 1 }), sample: grid });
  const all = run({ fit: new KNearestNeighbors({ k: 25 }), sample: grid });
  expect(near.variance).toBeGreaterThan(0.06);
  expect(near.bias2).toBeLessThan(0.01);
  expect(near.trainError).toBe(0);
  expect(all.bias2).toBeGreaterThan(0.4); // the mean of sin² over a period is 1/2
});

test("a function that fits is given rows, targets and its own generator", () => {
  const seen: number[] = [];
  const constant = (_x: number[][], y: number[], random: { uniform(): number }) => {
    seen.push(random.uniform());
    const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
    return (rows: number[][]) => rows.map(() => mean);
  };
  const byFunction = run({ fit: constant, sample: 20, rounds: 50 });
  const byModel = run({ fit: new PolynomialRegression({ degree: 0 }), sample: 20, rounds: 50 });
  expect(byFunction.variance).toBeCloseTo(byModel.variance, 12);
  expect(new Set(seen).size).toBe(50);
});

test("the same seed gives the same numbers, another seed others", () => {
  const fit = new PolynomialRegression({ degree: 2 });
  expect(run({ fit, sample: 10 }).total).toBe(run({ fit, sample: 10 }).total);
  expect(run({ fit, sample: 10 }).total).not.toBe(run({ fit, sample: 10 }, 2).total);
});

test("bad input is refused", () => {
  const fit = new PolynomialRegression();
  expect(() => run({ fit, sample: 10, noise: -1 })).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: biasVariance: noise must be a finite number at least 0, got -1
      help: noise is the standard deviation σ, not the variance]
  `);
  expect(() => run({ fit: 3 as never, sample: 10 })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: biasVariance: fit must be a model or a function (x, y, random) => predictor, got 3]`,
  );
  expect(() => run({ fit: () => () => [1], sample: 10 })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: biasVariance: fit must return a predictor of one number a row, got [1] for 35 rows]`,
  );
  expect(() =>
    run({ fit: () => (x) => x.map(() => Number.NaN), sample: 10 }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: biasVariance: every prediction must be a finite number, got NaN in round 0
      help: the fit diverged: lower its learning rate or its degree]
  `);
  expect(() =>
    biasVarianceAs("f", { ...base, fit, sample: 10, sigma: 1 } as never, fitProgress("f")),
  ).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: f: unknown option "sigma"
      help: the options are fit, truth, noise, sample, test, rounds, random, workers]
  `);
});
