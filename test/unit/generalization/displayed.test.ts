import assert from "node:assert";
import { expect, test } from "vitest";
import { displayed, pictures } from "../../../src/generalization/displayed.js";
import { createRandom, generalization } from "../../../src/index.js";

const show = (value: object) =>
  (value as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]!();

test("a displayed list is still a plain list to whoever compares, copies or prints it", () => {
  const folds = generalization.kFold(3, { nSplits: 3 });
  assert.deepStrictEqual(folds, [
    { train: [1, 2], test: [0] },
    { train: [0, 2], test: [1] },
    { train: [0, 1], test: [2] },
  ]);
  expect(Object.keys(folds)).toEqual(["0", "1", "2"]);
  expect(JSON.parse(JSON.stringify(folds))).toEqual(folds);
});

const x = Array.from({ length: 20 }, (_, i) => [i / 20]);
const y = x.map(([v]) => v! ** 2);
const line = new generalization.PolynomialRegression();
const folds = generalization.kFold(20);
test.each([
  ["splits", folds],
  ["one split", generalization.trainTestSplit(10, { random: createRandom(1) })],
  ["a time series", generalization.timeSeriesSplit(20, { gap: 1 })],
  ["a learning curve", generalization.learningCurve(line, { x, y }, folds)],
  [
    "a validation curve",
    generalization.validationCurve(
      (degree: number) => new generalization.PolynomialRegression({ degree }),
      [1, 2, 3],
      { x, y },
      folds,
    ),
  ],
  [
    "a bias-variance sweep",
    generalization.biasVarianceSweep(
      [0, 1],
      (degree) => ({
        fit: new generalization.PolynomialRegression({ degree }),
        truth: (v: number) => v,
        noise: 0.1,
        sample: 9,
        test: [0.5],
        rounds: 9,
      }),
      { random: createRandom(1) },
    ),
  ],
  [
    "a bootstrap",
    generalization.bootstrap([1, 2, 4], (values) => Math.max(...values), {
      rounds: 50,
      random: createRandom(1),
    }),
  ],
])("%s shows itself as a picture", (_, value) => {
  expect(show(value)["image/svg+xml"]).toMatch(/^<svg /);
});

test("without a picture for its kind a value shows as any other", () => {
  const kept = pictures.splits!;
  delete pictures.splits;
  expect(show(displayed([], "splits"))).toEqual({});
  pictures.splits = kept;
});
