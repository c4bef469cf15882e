import { expect, test } from "vitest";
import { sampleImage } from "../../../../src/regularization/augment/interpolate.js";

const sample = (values: number[], x: number, y: number, interpolation: "bilinear" | "nearest", fill = 0) => {
  const target = new Float64Array(4);
  const at = new Float64Array(4);
  const place = { start: 0, channels: 1, height: 2, width: 2 };
  const [fromX, fromY] = [at.fill(x), new Float64Array(4).fill(y)];
  sampleImage(target, Float64Array.from(values), place, fromX, fromY, interpolation, fill);
  return target[0];
};

test("the middle of four pixels is their mean", () => {
  expect(sample([1, 2, 3, 6], 0.5, 0.5, "bilinear")).toBe(3);
});

test("a share of 0 does not read its neighbour", () => {
  expect(sample([1, Number.NaN, 3, 4], 0, 1, "bilinear")).toBe(3);
  expect(sample([1, 2, 3, 4], 1, 1, "bilinear", Number.NaN)).toBe(4);
});

test("outside is the fill", () => {
  expect(sample([1, 2, 3, 4], -5, 0, "bilinear", 7)).toBe(7);
  expect(sample([1, 2, 3, 4], 2, 0, "nearest", 7)).toBe(7);
});

test("nearest takes one pixel", () => {
  expect(sample([1, 2, 3, 4], 0.6, 0.4, "nearest")).toBe(2);
});

test("every channel of one image of a batch, the others untouched", () => {
  const source = Float64Array.from({ length: 24 }, (_, i) => i);
  const target = new Float64Array(24).fill(-1);
  // three images of 2 channels and 2 × 2 pixels; the second, read half a pixel to the right: half of the border is fill
  const [fromX, fromY] = [Float64Array.of(0.5, 1.5, 0.5, 1.5), Float64Array.of(0, 0, 1, 1)];
  const place = { start: 8, channels: 2, height: 2, width: 2 };
  sampleImage(target, source, place, fromX, fromY, "bilinear", 100);
  expect([...target.slice(8, 16)]).toEqual([8.5, 54.5, 10.5, 55.5, 12.5, 56.5, 14.5, 57.5]);
  expect(new Set([...target.slice(0, 8), ...target.slice(16)])).toEqual(new Set([-1]));
});

test("a corner outside is a quarter of the pixel and three quarters of the fill", () => {
  expect(sample([8, 2, 3, 4], -0.5, -0.5, "bilinear", 4)).toBe(5);
  expect(sample([1, 2, 3, 8], 1.5, 1.5, "bilinear", 4)).toBe(5);
  expect(sample([1, 2, 3, 8], 2.5, 1.5, "bilinear", 4)).toBe(4);
});
