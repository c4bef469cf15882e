import { expect, test } from "vitest";
import { learningCurve, validationCurve } from "../../../../src/plot/validation/scoreCurve.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("the ends carry the last mean over folds", () => {
  const texts = svgTexts(
    learningCurve({
      sizes: [10, 20],
      train: [
        [1, 1],
        [0.9, 0.7],
      ],
      validation: [0.5, 0.6],
    }).svg,
  );
  expect(texts).toEqual(
    expect.arrayContaining([
      "train  0.8",
      "validation  0.6",
      "training samples",
      "Bands: ± 1 standard deviation over folds.",
    ]),
  );
});

test("the best validation score is high or low, as asked", () => {
  const data = { values: [1, 3, 9], train: [1, 2, 3], validation: [1, 3, 2] };
  expect(svgTexts(validationCurve(data).svg)).toContain("best at 3");
  expect(svgTexts(validationCurve(data, { better: "low" }).svg)).toContain("best at 1");
});

test("results of the library are taken as they are", () => {
  const result = {
    score: "meanSquaredError",
    greaterIsBetter: false,
    x: [1, 2],
    trainScores: [[3], [2]],
    testScores: [[4], [5]],
  };
  expect(svgTexts(validationCurve(result).svg)).toEqual(
    expect.arrayContaining(["best at 1", "meanSquaredError"]),
  );
  expect(svgTexts(learningCurve(result).svg)).toContain("validation  5");
});

test("scores of another number", () =>
  expect(() =>
    learningCurve({ sizes: [1, 2], train: [1], validation: [1, 2] }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: learningCurve: train must have one row for each x value (2), got 1]`,
  ));
test("an unknown direction", () =>
  expect(() =>
    validationCurve({ values: [1], train: [1], validation: [1] }, { better: "max" as never }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: validationCurve: better must be "high" or "low", got "max"]`,
  ));
