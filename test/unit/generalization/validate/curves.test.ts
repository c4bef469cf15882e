import { expect, test } from "vitest";
import { PolynomialRegression } from "../../../../src/generalization/model/polynomialRegression.js";
import { kFold } from "../../../../src/generalization/split/kFold.js";
import { timeSeriesSplit } from "../../../../src/generalization/split/timeSeriesSplit.js";
import { learningCurve, validationCurve } from "../../../../src/generalization/validate/curves.js";
import { createRandom } from "../../../../src/random.js";

const random = createRandom(2);
const x = Array.from({ length: 60 }, () => [random.uniform()]);
const y = x.map(([v]) => Math.sin(6 * v!) + random.normal(0, 0.3));
const splits = kFold(60, { nSplits: 5 });

test("more data: the training error rises and the test error falls toward it", () => {
  const curve = learningCurve(new PolynomialRegression({ degree: 4 }), { x, y }, splits, {
    sizes: [6, 48],
    score: "meanSquaredError",
    random: createRandom(1),
  });
  expect(curve.x).toEqual([6, 48]);
  expect(curve.trainMean[1]).toBeGreaterThan(curve.trainMean[0]!);
  expect(curve.testMean[1]).toBeLessThan(curve.testMean[0]!);
  expect(curve.testScores[0]).toHaveLength(5);
});

test("fractions count from the smallest training part", () => {
  const curve = learningCurve(new PolynomialRegression(), { x, y }, splits, { sizes: [0.25, 1] });
  expect(curve.x).toEqual([12, 48]);
});

test("complexity: the training score rises, the test score has its best inside", () => {
  const make = (degree: number) => new PolynomialRegression({ degree });
  const curve = validationCurve(make, [0, 3, 14], { x, y }, splits, { score: "meanSquaredError" });
  expect(curve.trainMean).toEqual(curve.trainMean.slice().sort((a, b) => b - a));
  expect(Math.min(...curve.testMean)).toBe(curve.testMean[1]);
  expect(curve.greaterIsBetter).toBe(false);
});

test("a growing window is refused, as are impossible sizes", () => {
  const line = new PolynomialRegression();
  expect(() => learningCurve(line, { x, y }, timeSeriesSplit(60))).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: learningCurve: training parts must have equal sizes (one more is fine), got 10 to 50
      help: a growing window has its learning curve in its splits: plot the scores of crossValidate against the split]
  `);
  expect(() => learningCurve(line, { x, y }, splits, { sizes: [49] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: learningCurve: a size must give 1 to 48 training samples, got 49]`,
  );
  expect(() => validationCurve(() => line, [], { x, y }, splits)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: validationCurve: values must be a list of at least one value, got []]`,
  );
});
