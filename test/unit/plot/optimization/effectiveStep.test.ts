import { expect, test } from "vitest";
import { effectiveStep } from "../../../../src/plot/optimization/effectiveStep.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("a band for each optimizer, a row for each parameter, decades on the scale", () => {
  const texts = svgTexts(
    effectiveStep(
      {
        Adagrad: [
          [1, 0.1],
          [0.01, 0.001],
        ],
        Adam: [
          [1, 1],
          [1, 1],
        ],
      },
      { parameters: ["w", "b"] },
    ).svg,
  );
  expect(texts).toEqual(
    expect.arrayContaining([
      "Adagrad",
      "Adam",
      "w",
      "b",
      "effective step",
      "0.001",
      "0.01",
      "0.1",
      "1",
      "step",
    ]),
  );
});

test("a step of 0", () =>
  expect(() => effectiveStep({ Adam: [[1, 0]] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: effectiveStep: steps must be positive, got 0]`,
  ));
test("no optimizer", () =>
  expect(() => effectiveStep({})).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: effectiveStep: data must have at least one entry, got {}]`,
  ));
