import { expect, test } from "vitest";
import { learningRateRange } from "../../../../src/plot/optimization/learningRateRange.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("the suggestion is where the loss falls fastest, unless one is given", () => {
  const data = { learningRate: [0.001, 0.01, 0.1, 1], loss: [1, 0.9, 0.2, 0.1] };
  expect(svgTexts(learningRateRange(data).svg)).toContain("take 0.1");
  expect(svgTexts(learningRateRange({ ...data, suggestion: 0.02 }).svg)).toContain("take 0.02");
});

test("a loss that is not finite, or far above its start, is called divergence", () => {
  expect(
    svgTexts(learningRateRange({ learningRate: [0.01, 0.1, 1], loss: [1, 0.5, Number.NaN] }).svg),
  ).toContain("diverges");
  expect(svgTexts(learningRateRange({ learningRate: [0.01, 0.1, 1], loss: [1, 0.5, 9] }).svg)).toContain(
    "diverges",
  );
  expect(
    svgTexts(learningRateRange({ learningRate: [0.01, 0.1, 1], loss: [1, 0.5, 0.4] }).svg),
  ).not.toContain("diverges");
});

test("a rate of 0", () =>
  expect(() => learningRateRange({ learningRate: [0, 1], loss: [1, 1] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: learningRateRange: learning rates must be positive, got 0]`,
  ));
test("lengths that differ", () =>
  expect(() => learningRateRange({ learningRate: [0.1, 1], loss: [1] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: learningRateRange: loss must have one value for each of the learning rates (2), got 1]`,
  ));
