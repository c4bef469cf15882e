import { expect, test } from "vitest";
import { convBackprop1d, convPaths } from "../../../../src/plot/convolution/convPaths.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

// The worked example of the course: ∂L/∂x₃ = 100·17 + 10·13 + 1·11 = 1841, ∂L/∂w₂ = 100·2 + 10·3 + 1·5 = 235.
const data = { input: [1, 2, 3, 5, 7], kernel: [11, 13, 17], gradient: [100, 10, 1] };

test("by default the middle input and the middle weight are followed", () => {
  expect(svgTexts(convPaths(data).svg)).toEqual(
    expect.arrayContaining([
      "∂L/∂x₃ = δ₁·w₃ + δ₂·w₂ + δ₃·w₁",
      "= 100·17 + 10·13 + 1·11 = 1841",
      "∂L/∂w₂ = δ₁·x₂ + δ₂·x₃ + δ₃·x₄",
      "= 100·2 + 10·3 + 1·5 = 235",
    ]),
  );
});

test("a corner input has one path", () => {
  const texts = svgTexts(convPaths({ ...data, highlight: { input: 0 } }).svg);
  expect(texts).toContain("= 100·11 = 1100");
  expect(texts.join()).not.toContain("∂L/∂w");
});

test("tensors with leading ones are accepted", () => {
  const tensor = (shape: number[], values: number[]): { shape: number[]; data: Float32Array } => ({
    shape,
    data: Float32Array.from(values),
  });
  const svg = convPaths({
    input: tensor([1, 5], data.input),
    kernel: tensor([1, 1, 3], data.kernel),
    gradient: tensor([1, 3], data.gradient),
  }).svg;
  expect(svg).toBe(convPaths(data).svg);
});

test("convBackprop1d is another name", () => expect(convBackprop1d).toBe(convPaths));
test("a gradient of another length", () =>
  expect(() => convPaths({ ...data, gradient: [1, 2] })).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: convPaths: gradient must have n − k + 1 = 3 values, got 2
      input [5], kernel [3]]
  `));
test("an input that is not there", () =>
  expect(() => convPaths({ ...data, highlight: { input: 5 } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: convPaths: highlight.input must be a whole number from 0 to 4, got 5]`,
  ));
