import { expect, test } from "vitest";
import { fits } from "../../../../src/plot/training/fits.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

const data = { x: [0, 1, 2], y: [0, 1, 4] };

test("up to three curves lie over each other and are named at their ends", () => {
  const svg = fits({ ...data, truth: (x) => x * x, curves: { a: [0, 1, 2], b: [0, 2, 4] } }).svg;
  expect(svgTexts(svg)).toEqual(expect.arrayContaining(["data (3 points)", "truth", "a", "b"]));
  expect(svg.match(/3 sample points/g)).toHaveLength(1);
});

test("four curves get panels of their own, with notes", () => {
  const svg = fits(
    { ...data, curves: { a: [0, 0, 0], b: [0, 0, 0], c: [0, 0, 0], d: [0, 0, 0] } },
    { notes: { c: "error 0.1" } },
  ).svg;
  expect(svg.match(/3 sample points/g)).toHaveLength(4);
  expect(svgTexts(svg)).toContain("error 0.1");
});

test("several fits are drawn with their mean", () => {
  const svg = fits({
    ...data,
    curves: {
      a: [
        [0, 0, 0],
        [0, 2, 4],
      ],
    },
  }).svg;
  expect(svg).toContain('aria-label="2 fits"');
  expect(svgTexts(svg)).toContain("2 fits");
});

test("no curve", () =>
  expect(() => fits({ ...data, curves: {} })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: fits: curves must have at least one entry, got {}]`,
  ));
test("an unknown layout", () =>
  expect(() =>
    fits({ ...data, curves: { a: [1, 2, 3] } }, { layout: "grid" as never }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: fits: layout must be "overlay" or "panels", got "grid"]`,
  ));
