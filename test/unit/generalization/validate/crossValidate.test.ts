import { expect, test } from "vitest";
import { KNearestNeighbors } from "../../../../src/generalization/model/kNearestNeighbors.js";
import { PolynomialRegression } from "../../../../src/generalization/model/polynomialRegression.js";
import { fitProgress } from "../../../../src/generalization/parallel/fitProgress.js";
import { kFold } from "../../../../src/generalization/split/kFold.js";
import {
  crossValidate,
  crossValidateAs,
  meanAndStd,
} from "../../../../src/generalization/validate/crossValidate.js";

const x = [[0], [1], [2], [3]];
const y = [0, 1, 4, 9];
const mean = new PolynomialRegression({ degree: 0 });

test("two folds by hand: the mean of one half predicts the other", () => {
  // train on 4, 9 (mean 6.5): errors 6.5², 5.5² -> 36.25; train on 0, 1 (0.5): 3.5², 8.5² -> 42.25
  const result = crossValidate(mean, { x, y }, kFold(4, { nSplits: 2 }), { score: "meanSquaredError" });
  expect(result.scores).toEqual([36.25, 42.25]);
  expect([result.mean, result.std]).toEqual([39.25, 3]);
  expect(result.predictions).toEqual([
    [6.5, 6.5],
    [0.5, 0.5],
  ]);
});

test("train scores on request", () => {
  const model = new KNearestNeighbors({ k: 1 });
  const splits = kFold(4, { nSplits: 2 });
  expect(crossValidate(model, { x, y }, splits).trainScores).toBeUndefined();
  expect(crossValidate(model, { x, y }, splits, { trainScores: true }).trainScores).toEqual([1, 1]);
});

test("meanAndStd divides by k", () => {
  expect(meanAndStd([1, 3])).toEqual({ mean: 2, std: 1 });
});

test("data and splits that do not fit are refused", () => {
  const splits = kFold(4, { nSplits: 2 });
  expect(() => crossValidate(mean, { x, y: [1] }, splits)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: crossValidate: y needs one value for each row of x, got 1 values for 4 rows]`,
  );
  expect(() => crossValidate(mean, { x, y }, kFold(9))).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: crossValidate: split 0 must hold indices from 0 to 3, got 4 in train
      help: make the splits for 4 samples]
  `);
  expect(() =>
    crossValidateAs("f", mean, { x, y }, splits, { scoring: "r2" } as never, fitProgress("f")),
  ).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: f: unknown option "scoring"
      help: did you mean "score"?]
  `);
});
