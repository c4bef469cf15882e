import { expect, test } from "vitest";
import { activations } from "../../../../src/plot/regularization/activations.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("each layer says its mean and standard deviation", () => {
  // 0, 1, 2: mean 1, variance 2/3
  expect(svgTexts(activations({ layer1: [0, 1, 2], layer2: [3, 3, 3] }).svg)).toEqual(
    expect.arrayContaining(["layer1", "mean 1, sd 0.816", "mean 3, sd 0"]),
  );
});

test("conditions stand side by side", () => {
  expect(svgTexts(activations({ plain: { a: [1, 2] }, normalized: { a: [0, 1] } }).svg)).toEqual(
    expect.arrayContaining(["plain", "normalized"]),
  );
});

test("values outside the axis are counted at its edges, and said", () => {
  expect(svgTexts(activations({ a: [0, 1, 2, 100] }, { domain: [0, 2] }).svg)).toContain(
    "25 % of the values lie outside and are counted at the edges.",
  );
});

test("conditions with different layers", () =>
  expect(() => activations({ plain: { a: [1] }, other: { b: [1] } })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: activations: all conditions must have the same layers (a), got b for "other"]`,
  ));
test("a layer without values", () =>
  expect(() => activations({ a: [] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: activations: a must have at least one value, got none]`,
  ));
