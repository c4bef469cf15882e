import { expect, test } from "vitest";
import { convBackward } from "../../../../src/plot/convolution/convBackward.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

const data = { input: [1, 2, 3, 5, 7], kernel: [11, 13, 17], gradient: [100, 10, 1] };

test("forward, input gradient and weight gradient of the worked example", () => {
  const texts = svgTexts(convBackward(data).svg);
  // x⋆w; δ ∗ w full; x⋆δ: 1·100 + 2·10 + 3·1 = 123, 2·100 + 3·10 + 5 = 235, 3·100 + 5·10 + 7 = 357
  for (const value of ["88", "146", "217", "1100", "1410", "1841", "183", "17", "123", "235", "357"])
    expect(texts).toContain(value);
  expect(texts).toContain("position 3: 100·17 + 10·13 + 1·11 = 1841");
});

test("the difference to autograd is written", () => {
  const texts = svgTexts(convBackward({ ...data, inputGradient: [1100, 1410, 1841, 183, 17.5] }).svg);
  expect(texts).toContain("∂L/∂x, a full convolution δ ∗ w, largest difference to autograd: 0.5");
});

test("a gradient of another length", () =>
  expect(() => convBackward({ ...data, gradient: [1] })).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: convBackward: gradient must have n − k + 1 = 3 values, got 1
      input [5], kernel [3]]
  `));
test("a weight gradient of another length", () =>
  expect(() => convBackward({ ...data, weightGradient: [1] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: convBackward: weightGradient must have one value for each of the result (3), got 1]`,
  ));
