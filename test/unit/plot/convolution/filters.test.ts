import { expect, test } from "vitest";
import { featureMaps, filters } from "../../../../src/plot/convolution/filters.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

const grid = (...shape: number[]): { shape: number[]; data: number[] } => ({
  shape,
  data: Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i - 3),
});

test("a plane for each pair of channels, all in one range", () => {
  const { svg } = filters(grid(2, 3, 2, 2));
  expect(svg.match(/aria-label="filter \d, channel \d"/g)).toHaveLength(6);
  expect(svgTexts(svg)).toEqual(
    expect.arrayContaining(["2 filters over 3 channels, 2 × 2", "c 2", "weight"]),
  );
});

test("featureMaps draws one sample of a batch", () => {
  const { svg } = featureMaps(grid(2, 3, 2, 2), { sample: 1 });
  expect(svgTexts(svg).filter((text) => text.startsWith("map"))).toEqual(["map 0", "map 1", "map 2"]);
});

test("a sample that is not there", () =>
  expect(() => featureMaps(grid(2, 3, 2, 2), { sample: 2 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: featureMaps: sample must be a whole number from 0 to 1, got 2]`,
  ));
test("filters of another rank", () =>
  expect(() => filters([1, 2])).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: filters: weight must have shape [outC, C, kH, kW], got [2]]`,
  ));
test("maps of another rank", () =>
  expect(() => featureMaps([[1, 2]])).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: featureMaps: activations must have shape [C, H, W] or [N, C, H, W], got [1, 2]]`,
  ));
