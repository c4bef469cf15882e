import { expect, test } from "vitest";
import { searchScatter } from "../../../../src/plot/validation/searchScatter.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

const data = { x: [0.1, 1, 10], score: [0.7, 0.9, 0.8] };

test("the best trial is named, high or low", () => {
  expect(svgTexts(searchScatter(data).svg)).toContain("Ringed: the best score, 0.9 at hyperparameter 1.");
  expect(svgTexts(searchScatter(data, { better: "low" }).svg)).toContain(
    "Ringed: the best score, 0.7 at hyperparameter 0.1.",
  );
});

test("a second hyperparameter turns the score into color", () => {
  const texts = svgTexts(searchScatter({ ...data, y: [1, 2, 3] }, { scoreLabel: "R²" }).svg);
  expect(texts).toEqual(
    expect.arrayContaining([
      "Ringed: the best R², 0.9 at hyperparameter 1 and second hyperparameter 2.",
      "R²",
      "second hyperparameter",
    ]),
  );
});

test("scores of another number", () =>
  expect(() => searchScatter({ x: [1, 2], score: [1] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: searchScatter: score must have one value for each of the trials (2), got 1]`,
  ));
test("an unknown scale", () =>
  expect(() => searchScatter(data, { xScale: "ln" as never })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: searchScatter: xScale must be "linear" or "log", got "ln"]`,
  ));
