import { expect, test } from "vitest";
import { contour, minimaMarks } from "../../../../src/plot/optimization/contour.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

const same = (value: number): number => value;

test("minima are crosses at their place", () => {
  expect(minimaMarks([[10, 20]], same, same)).toContain("M6.0,20.0h8m-4,-4v8");
  expect(minimaMarks([], same, same)).toBe("");
});

test("axes carry the names of the parameters", () =>
  expect(svgTexts(contour((x, y) => x + y, { xLabel: "a", yLabel: "b" }).svg)).toEqual(
    expect.arrayContaining(["a", "b"]),
  ));
test("unknown levels", () =>
  expect(() => contour((x, y) => x + y, { levels: "sqrt" as never })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: contour: levels must be "auto" or "linear" or "log", got "sqrt"]`,
  ));
