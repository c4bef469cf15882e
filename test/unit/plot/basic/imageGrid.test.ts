import { expect, test } from "vitest";
import { imageGrid } from "../../../../src/plot/basic/imageGrid.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

const images = { shape: [5, 1, 2, 2], data: Array.from({ length: 20 }, (_, i) => i) };

test("an image for each sample, its label below", () => {
  const svg = imageGrid(images, { labels: ["a", "b", "c", "d", "e"] }).svg;
  expect(svg.match(/<image/g)).toHaveLength(5);
  expect(svgTexts(svg)).toEqual(["a", "b", "c", "d", "e"]);
});

test("a limit is said", () =>
  expect(svgTexts(imageGrid(images, { limit: 2 }).svg)).toContain("The first 2 of 5 images."));
test("range each: every image uses the full range", () => {
  const pair = { shape: [2, 1, 1, 2], data: [0, 1, 0, 100] };
  const pngs = (range: "shared" | "each"): string[] => imageGrid(pair, { range }).svg.match(/base64,[^"]+/g)!;
  expect(new Set(pngs("each")).size).toBe(1);
  expect(new Set(pngs("shared")).size).toBe(2);
});
test("labels of another number", () =>
  expect(() => imageGrid(images, { labels: ["a"] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: imageGrid: labels must have one entry for each of the 5 images, got 1]`,
  ));
test("columns must be whole", () =>
  expect(() => imageGrid(images, { columns: 1.5 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: imageGrid: columns must be a whole number from 1 to 40, got 1.5]`,
  ));
