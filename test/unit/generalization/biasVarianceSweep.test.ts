import { expect, test } from "vitest";
import { biasVarianceSweep } from "../../../src/generalization/biasVarianceSweep.js";
import { PolynomialRegression } from "../../../src/generalization/model/polynomialRegression.js";
import { RandomFeaturesRegression } from "../../../src/generalization/model/randomFeatures.js";
import { createRandom } from "../../../src/random.js";

const truth = (x: number) => Math.sin(2 * Math.PI * x);
const grid = Array.from({ length: 200 }, (_, i) => 0.02 + (0.96 * i) / 199);

test("sin 2πx, n = 20, σ = 0.3: the best degree is 3, random inputs blow up from degree 6", () => {
  const sweep = biasVarianceSweep(
    [0, 1, 2, 3, 4, 5, 6, 7],
    (degree) => ({
      fit: new PolynomialRegression({ degree }),
      truth,
      noise: 0.3,
      sample: 20,
      test: grid,
      rounds: 500,
    }),
    { random: createRandom(5) },
  );
  // an independent computation: 500 resamples, numpy.polynomial.Chebyshev.fit: bias² .5181 .1727 .1718 .0033, best total .120
  expect(sweep.best).toBe(3);
  [0.5181, 0.1727, 0.1718, 0.0033].forEach((bias2, degree) => {
    expect(Math.abs(sweep.bias2[degree]! - bias2)).toBeLessThan(0.01);
  });
  expect(sweep.total[3]).toBeGreaterThan(0.105);
  expect(sweep.total[3]).toBeLessThan(0.135);
  expect(Math.max(sweep.total[6]!, sweep.total[7]!)).toBeGreaterThan(1);
  expect(sweep.trainError.slice(0, 4)).toEqual(sweep.trainError.slice(0, 4).sort((a, b) => b - a));
});

test("double descent: the error peaks where features equal samples and falls again", () => {
  const n = 15;
  const sweep = biasVarianceSweep(
    [5, 15, 300],
    (features) => ({
      fit: new RandomFeaturesRegression({ features, scale: 8 }),
      truth,
      noise: 0.1,
      sample: Array.from({ length: n }, (_, i) => (i + 0.5) / n),
      test: grid,
      rounds: 40,
    }),
    { random: createRandom(2) },
  );
  expect(sweep.total[1]).toBeGreaterThan(3 * sweep.total[0]!);
  expect(sweep.total[1]).toBeGreaterThan(10 * sweep.total[2]!);
});

test("every value sees the same training sets", () => {
  const seen: number[][] = [];
  biasVarianceSweep(
    [1, 2],
    () => ({
      fit: (_x, y) => {
        seen.push(y.slice());
        return (rows) => rows.map(() => 0);
      },
      truth,
      noise: 1,
      sample: 3,
      test: [0.5],
      rounds: 2,
    }),
    { random: createRandom(1) },
  );
  expect(seen[2]).toEqual(seen[0]);
  expect(seen[1]).not.toEqual(seen[0]);
});

test("no values, no sweep", () => {
  expect(() => biasVarianceSweep([], () => ({}) as never)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: biasVarianceSweep: values must be a list of at least one value, got []]`,
  );
  expect(() => biasVarianceSweep([1], 5 as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: biasVarianceSweep: optionsFor must be a function from a value to the options of biasVariance, got 5]`,
  );
});
