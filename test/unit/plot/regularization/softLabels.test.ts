import { expect, test } from "vitest";
import { softLabels } from "../../../../src/plot/regularization/softLabels.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("names, classes and the values of each label", () => {
  const texts = svgTexts(
    softLabels({ hard: [0, 1], smoothed: [0.05, 0.95] }, { classes: ["cat", "dog"] }).svg,
  );
  expect(texts).toEqual(expect.arrayContaining(["hard", "smoothed", "cat", "dog", "1.00", "0.05", "0.95"]));
});

test("bars are as high as their probabilities", () => {
  const { svg } = softLabels({ half: [0.5, 0.25, 0.25] });
  const heights = [...svg.matchAll(/<rect [^>]*height="([\d.]+)"[^>]*fill="#(?:D55E00|0072B2)"/g)].map((m) =>
    Number(m[1]),
  );
  expect(heights).toHaveLength(3);
  expect(heights[0]! / heights[1]!).toBeCloseTo(2, 1);
  expect(heights[1]).toBe(heights[2]);
});

test("with many narrow bars only the largest is written", () => {
  const texts = svgTexts(softLabels({ a: [0.4, ...new Array<number>(20).fill(0.03)] }, { columns: 4 }).svg);
  expect(texts).toContain("0.40");
  expect(texts).not.toContain("0.03");
});

test("labels of different numbers of classes", () =>
  expect(() => softLabels({ a: [1, 0], b: [1, 0, 0] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: softLabels: all labels must have the same number of classes (2), got 3 for "b"]`,
  ));
test("a probability above 1", () =>
  expect(() => softLabels({ a: [1.5, 0] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: softLabels: probabilities must be from 0 to 1, got 1.5 for "a"]`,
  ));
test("names for another number of classes", () =>
  expect(() => softLabels({ a: [1, 0] }, { classes: ["cat"] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: softLabels: classes must have one name for each class (2), got 1]`,
  ));
test("no columns", () =>
  expect(() => softLabels({ a: [1, 0] }, { columns: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: softLabels: columns must be a whole number from 1 to 10, got 0]`,
  ));
