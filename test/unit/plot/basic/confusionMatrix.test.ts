import { expect, test } from "vitest";
import { confusionMatrix } from "../../../../src/plot/basic/confusionMatrix.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("counts, shares of each class and the total are written; zeros are left empty", () => {
  // 9 of 10 and 8 of 12 right
  const texts = svgTexts(
    confusionMatrix(
      [
        [9, 1],
        [4, 8],
      ],
      { classes: ["cat", "dog"] },
    ).svg,
  );
  expect(texts).toEqual(expect.arrayContaining(["17 of 22 right", "90 %", "67 %", "cat", "dog"]));
  expect(
    svgTexts(
      confusionMatrix([
        [1, 0],
        [0, 0],
      ]).svg,
    ),
  ).toContain("none");
});

test("a matrix that is not square", () =>
  expect(() => confusionMatrix([[1, 2]])).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: confusionMatrix: counts must be square, got [1, 2]]`,
  ));
test("names of another number", () =>
  expect(() => confusionMatrix([[1]], { classes: ["a", "b"] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: confusionMatrix: classes must have one name for each of the 1 classes, got 2]`,
  ));
