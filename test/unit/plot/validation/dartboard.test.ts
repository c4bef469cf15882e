import { expect, test } from "vitest";
import { dartboard } from "../../../../src/plot/validation/dartboard.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("bias² and variance are means over the two test points", () => {
  // mean (1, 0): bias² (1 + 0)/2; deviations (0, ±1): variance (0 + 1)/2
  expect(
    svgTexts(
      dartboard({
        model: [
          [1, 1],
          [1, -1],
        ],
      }).svg,
    ),
  ).toEqual(expect.arrayContaining(["model", "bias² 0.5, variance 0.5"]));
});

test("errors at one point only", () =>
  expect(() => dartboard({ model: [[1], [2]] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: dartboard: model must have shape [models, 2], got [2, 1]]`,
  ));
test("no model", () =>
  expect(() => dartboard({})).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: dartboard: data must have at least one entry, got {}]`,
  ));
