import { expect, test } from "vitest";
import { samplePlane } from "../../../../src/regularization/augment/interpolate.js";

const sample = (values: number[], x: number, y: number, interpolation: "bilinear" | "nearest", fill = 0) => {
  const target = new Float64Array(4);
  const at = new Float64Array(4);
  samplePlane(
    target,
    Float64Array.from(values),
    0,
    2,
    2,
    at.fill(x),
    new Float64Array(4).fill(y),
    interpolation,
    fill,
  );
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
