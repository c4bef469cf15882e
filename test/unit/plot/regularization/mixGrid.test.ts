import { expect, test } from "vitest";
import { mixGrid } from "../../../../src/plot/regularization/mixGrid.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

const image = [
  [0, 1],
  [1, 0],
];

test("labels are bars with their shares, the largest first; classes without a share are left out", () => {
  expect(
    svgTexts(
      mixGrid(
        { images: image, labels: [[0.3, 0, 0.7]], captions: ["λ = 0.3"] },
        { classes: ["cat", "dog", "owl"] },
      ).svg,
    ),
  ).toEqual(["λ = 0.3", "owl 0.70", "cat 0.30"]);
});

test("λ and its clipped form are compared by their means", () => {
  const texts = svgTexts(
    mixGrid({ images: image, labels: [[1, 0]], lambda: [0.2, 0.4], adjustedLambda: [0.4, 0.6] }).svg,
  );
  expect(texts.join(" ")).toContain("λ drawn: mean 0.300; λ after clipping: mean 0.500");
});

test("labels of another number", () =>
  expect(() =>
    mixGrid({
      images: image,
      labels: [
        [1, 0],
        [0, 1],
      ],
    }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: mixGrid: labels must have one row for each image (1), got 2]`,
  ));
test("captions of another number", () =>
  expect(() => mixGrid({ images: image, labels: [[1, 0]], captions: [] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: mixGrid: captions must have one line for each image (1), got 0]`,
  ));
