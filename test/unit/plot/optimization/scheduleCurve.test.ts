import { expect, test } from "vitest";
import { scheduleCurve } from "../../../../src/plot/optimization/scheduleCurve.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("schedules are named; momentum gets axes of its own when there is one", () => {
  const without = svgTexts(scheduleCurve({ step: [0.1, 0.01] }).svg);
  expect(without).toEqual(expect.arrayContaining(["step", "learning rate"]));
  expect(without).not.toContain("momentum");
  expect(
    svgTexts(scheduleCurve({ oneCycle: { learningRate: [0.1, 0.2], momentum: [0.9, 0.8] } }).svg),
  ).toContain("momentum");
});

test("no schedule", () =>
  expect(() => scheduleCurve({})).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: scheduleCurve: data must have at least one entry, got {}]`,
  ));
test("a rate that is not finite", () =>
  expect(() => scheduleCurve({ step: [0.1, Number.NaN] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: scheduleCurve: step must be finite, got NaN at index 1]`,
  ));
