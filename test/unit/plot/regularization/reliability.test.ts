import { expect, test } from "vitest";
import { reliability } from "../../../../src/plot/regularization/reliability.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("ECE is the gap of each bin weighted by its size", () => {
  // bin (0.8, 0.9]: 2 predictions, confidence 0.9, accuracy 0.5, gap 0.4; bin (0.5, 0.6]: 2, confidence 0.6, accuracy 1, gap 0.4
  expect(
    svgTexts(reliability({ confidence: [0.9, 0.9, 0.6, 0.6], correct: [true, false, true, true] }).svg),
  ).toContain("ECE 0.400, accuracy 0.75");
  // one bin: mean confidence 0.75, accuracy 0.75
  expect(
    svgTexts(reliability({ confidence: [0.9, 0.9, 0.6, 0.6], correct: [1, 0, 1, 1] }, { bins: 1 }).svg),
  ).toContain("ECE 0.000, accuracy 0.75");
});

test("confidence 0 and 1 have bins", () =>
  expect(svgTexts(reliability({ confidence: [0, 1], correct: [0, 1] }).svg)).toContain(
    "ECE 0.000, accuracy 0.5",
  ));
test("models stand side by side", () =>
  expect(
    svgTexts(reliability({ a: { confidence: [1], correct: [1] }, b: { confidence: [1], correct: [0] } }).svg),
  ).toEqual(expect.arrayContaining(["a", "b", "ECE 1.000, accuracy 0"])));
test("a confidence above 1", () =>
  expect(() => reliability({ confidence: [1.2], correct: [1] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: reliability: confidence must be from 0 to 1, got 1.2]`,
  ));
test("lists of different lengths", () =>
  expect(() => reliability({ confidence: [1], correct: [] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: reliability: correct must have one value for each prediction (1), got 0]`,
  ));
test("no bins", () =>
  expect(() =>
    reliability({ confidence: [1], correct: [1] }, { bins: 0 }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: reliability: bins must be a whole number from 1 to 100, got 0]`,
  ));
