import { expect, test } from "vitest";
import { biasVariance } from "../../../../src/plot/validation/biasVariance.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

const rows = [
  { value: 1, bias2: 0.5, variance: 0.01, noise: 0.1, total: 0.6 },
  { value: 3, bias2: 0.01, variance: 0.05, noise: 0.1, total: 0.17 },
  { value: 9, bias2: 0, variance: 50, noise: 0.1, total: 49 },
];

test("the best complexity and the cut axis are said", () => {
  // 0.01 + 0.05 + 0.1 = 0.16
  expect(svgTexts(biasVariance(rows).svg)).toEqual(
    expect.arrayContaining([
      "best: 3 (0.16)",
      "The largest error, 50.1, is above the axis.",
      "noise",
      "bias²",
      "variance",
      "measured test error",
    ]),
  );
});

test("a sweep by columns draws the same", () => {
  const pick = (key: "bias2" | "variance" | "noise" | "total"): number[] => rows.map((row) => row[key]);
  const columns = {
    values: [1, 3, 9],
    bias2: pick("bias2"),
    variance: pick("variance"),
    noise: pick("noise"),
    total: pick("total"),
  };
  expect(biasVariance(columns).svg).toBe(biasVariance(rows).svg);
});

test("one complexity", () =>
  expect(() => biasVariance(rows.slice(0, 1))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: biasVariance: rows must have at least two complexities, got [{value, bias2, variance, noise, total}]]`,
  ));
test("a negative part", () =>
  expect(() => biasVariance([{ ...rows[0]!, variance: -1 }, rows[1]!])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: biasVariance: rows[0].variance must be a finite number at least 0, got -1]`,
  ));
test("words on a logarithmic axis", () =>
  expect(() =>
    biasVariance([{ ...rows[0]!, value: "a" }, rows[1]!], { xScale: "log" }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: biasVariance: rows[0].value must be a finite number greater than 0, got "a"]`,
  ));
