import { expect, test } from "vitest";
import { countBins, histogram } from "../../../../src/plot/basic/histogram.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("countBins: round edges, every value counted once, the last edge included", () => {
  expect(countBins([0, 0.9, 1, 2, 3, 4], 0, 4, 4)).toEqual({ edges: [0, 1, 2, 3, 4], counts: [2, 1, 1, 2] });
});

test("countBins survives equal values", () => expect(countBins([2, 2], 2, 2, 5).counts).toEqual([2]));

test("interval and lines are written with their numbers", () => {
  const texts = svgTexts(
    histogram([1, 2, 3], { interval: { low: 1.5, high: 2.5, label: "95 %" }, lines: { mean: 2 } }).svg,
  );
  expect(texts).toEqual(expect.arrayContaining(["95 % 1.5 to 2.5", "mean 2"]));
});

test("several samples get a legend", () =>
  expect(svgTexts(histogram({ a: [1, 2], b: [2, 3] }).svg)).toEqual(expect.arrayContaining(["a", "b"])));
test("nothing to count", () =>
  expect(() => histogram([])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: histogram: data must have at least one value, got none]`,
  ));
test("NaN", () =>
  expect(() => histogram([1, Number.NaN])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: histogram: data must be finite, got NaN at index 1]`,
  ));
