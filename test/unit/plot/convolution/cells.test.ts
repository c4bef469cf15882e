import { expect, test } from "vitest";
import { cellGrid, cellRow, subscript, tapColor, tapColors } from "../../../../src/plot/convolution/cells.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("a row writes its numbers and names, NaN leaves a box empty", () => {
  const drawn = cellRow([1, Number.NaN, -0.5], { x: 0, y: 0, size: 20, names: (i) => subscript("x", i + 1) });
  expect(svgTexts(drawn)).toEqual(["1", "x₁", "x₂", "−0.5", "x₃"]);
  expect(drawn.match(/<rect/g)).toHaveLength(3);
});

test("a grid stacks its rows", () =>
  expect(cellGrid([[1], [2]], { x: 0, y: 5, size: 20 })).toContain('y="25"'));
test("subscript writes every digit", () => expect(subscript("δ", 120)).toBe("δ₁₂₀"));
test("tap colors repeat only after seven taps", () =>
  expect([tapColor(0), tapColor(tapColors.length)]).toEqual([tapColors[0], tapColors[0]]));
