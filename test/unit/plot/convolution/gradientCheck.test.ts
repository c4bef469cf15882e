import { expect, test } from "vitest";
import { gradientCheck } from "../../../../src/plot/convolution/gradientCheck.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("elements above the tolerance are counted, kinks are named", () => {
  const texts = svgTexts(gradientCheck({ errors: { w: [1e-9, 1e-3], b: [1e-8] }, kinks: { w: [1] } }).svg);
  expect(texts).toEqual(
    expect.arrayContaining([
      "1 of 3 elements differ; largest relative error 0.001; 1 near a kink (ringed)",
      "wrong above 0.0001",
      "w",
      "b",
    ]),
  );
  expect(svgTexts(gradientCheck({ errors: { w: [1e-3] } }, { tolerance: 0.01 }).svg)[0]).toBe(
    "All 1 elements agree; largest relative error 0.001",
  );
});

test("the best step size of a sweep is named", () => {
  const texts = svgTexts(
    gradientCheck({ errors: { w: [0] }, sweep: { h: [1e-3, 1e-5, 1e-7], error: [1e-6, 1e-10, 1e-8] } }).svg,
  );
  expect(texts).toContain("smallest error at h = 10⁻⁵");
});

test("a negative error", () =>
  expect(() => gradientCheck({ errors: { w: [-1] } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: gradientCheck: errors must not be negative, got -1]`,
  ));
test("no parameters", () =>
  expect(() => gradientCheck({ errors: {} })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: gradientCheck: errors must have at least one entry, got {}]`,
  ));
test("a step size of 0", () =>
  expect(() =>
    gradientCheck({ errors: { w: [0] }, sweep: { h: [0], error: [1] } }),
  ).toThrowErrorMatchingInlineSnapshot(`[ShapeError: gradientCheck: sweep.h must be positive, got 0]`));
