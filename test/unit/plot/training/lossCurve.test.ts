import { expect, test } from "vitest";
import { lossCurve } from "../../../../src/plot/training/lossCurve.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("has the expected defaults: labels loss and step, 640 pixels", () => {
  const figure = lossCurve([3, 2, 1]);
  expect(figure.size).toEqual({ width: 640, height: 340 });
  expect(svgTexts(figure.svg)).toEqual(expect.arrayContaining(["loss", "step", "train  1"]));
});

test("smoothing is said below the title", () => {
  const figure = lossCurve(Array.from({ length: 500 }, () => 1));
  expect(svgTexts(figure.svg)[0]).toBe("Thin: every step. Thick: moving average over about 5.");
});

test("update draws the new losses", () => {
  const figure = lossCurve([3, 2]);
  figure.update([3, 2, 0.5]);
  expect(svgTexts(figure.svg)).toContain("train  0.5");
});

test("the gap is shaded for one run with validation, unless turned off", () => {
  const data = { train: [3, 2, 1], validation: [3, 2.5, 2] };
  expect(lossCurve(data).svg).toContain('aria-label="area"');
  expect(lossCurve(data, { gap: false }).svg).not.toContain('aria-label="area"');
});

test("an unknown option", () =>
  expect(() => lossCurve([1], { smooth: 3 } as never)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: lossCurve: unknown option "smooth"
      help: did you mean "smoothing"?]
  `));
test("an unknown scale", () =>
  expect(() => lossCurve([1], { scale: "log10" as never })).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: lossCurve: scale must be "auto" or "log" or "linear", got "log10"
      help: did you mean "log"?]
  `));
test("smoothing below one step", () =>
  expect(() => lossCurve([1], { smoothing: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: lossCurve: smoothing must be a finite number at least 1, got 0]`,
  ));
test("no losses", () =>
  expect(() => lossCurve([])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: lossCurve: train must have at least one value, got none]`,
  ));
