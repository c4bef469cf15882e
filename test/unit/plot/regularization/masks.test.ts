import { expect, test } from "vitest";
import { masks } from "../../../../src/plot/regularization/masks.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("the measured share stands beside p", () =>
  expect(
    svgTexts(
      masks(
        {
          masks: [
            [0, 2],
            [2, 2],
          ],
        },
        { p: 0.5 },
      ).svg,
    ),
  ).toContain("dropped 25 %, p = 0.5"));

test("means in training are drawn against means in evaluation", () => {
  const { svg } = masks({ masks: [[0, 2]], trainMean: [1, 2], evalMean: [1, 2] });
  expect(svgTexts(svg)).toContain("Mean activations");
  expect(svg.match(/<circle/g)).toHaveLength(2);
});

test("only one of the means", () =>
  expect(() => masks({ masks: [[1]], trainMean: [1] })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: masks: trainMean and evalMean must be given together, got only one]`,
  ));
test("means of another number", () =>
  expect(() => masks({ masks: [[1, 0]], trainMean: [1], evalMean: [1] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: masks: trainMean must have one value for each unit (2), got 1]`,
  ));
test("p of 1", () =>
  expect(() => masks({ masks: [[1]] }, { p: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: masks: p must be a finite number at least 0 and less than 1, got 1]`,
  ));
