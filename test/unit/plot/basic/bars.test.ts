import { expect, test } from "vitest";
import { barMargins, bars } from "../../../../src/plot/basic/bars.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("several measurements are written as mean and sample standard deviation", () => {
  // mean 2, deviations −1, 0, 1: variance 2/(3 − 1) = 1
  expect(svgTexts(bars({ a: [1, 2, 3], b: 5 }).svg)).toEqual(expect.arrayContaining(["2 ± 1", "5"]));
});

test("bars start at 0 and are as long as their values", () => {
  const widths = [...bars({ a: 1, b: 4 }).svg.matchAll(/width="([\d.]+)" height="16"/g)].map(([, width]) =>
    Number(width),
  );
  expect(widths[1]! / widths[0]!).toBeCloseTo(4, 1);
});

test("the reference is named", () =>
  expect(svgTexts(bars({ a: 1 }, { reference: { value: 0.5, label: "chance" } }).svg)).toContain(
    "chance 0.5",
  ));

test("margins follow the longest name", () =>
  expect(barMargins([{ name: "a long name", values: [1] }]).left).toBeGreaterThan(
    barMargins([{ name: "a", values: [1] }]).left,
  ));

test("no bars", () =>
  expect(() => bars({})).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: bars: data must have at least one entry, got {}]`,
  ));
test("a value that is not finite", () =>
  expect(() => bars({ a: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: bars: a must be finite, got NaN at index 0]`,
  ));
