import { expect, test } from "vitest";
import { classSymbols, legendMarks, scatter } from "../../../../src/plot/basic/scatter.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("a class has its own color, symbol and key, in numeric order", () => {
  const svg = scatter({ x: [0, 1, 2], y: [0, 1, 2], labels: [10, 2, 2] }).svg;
  expect(svgTexts(svg).slice(0, 2)).toEqual(["2", "10"]);
  expect(svg.match(/aria-label="dot"/g)).toHaveLength(2);
});

test("symbols and legend marks belong together", () => expect(classSymbols).toHaveLength(legendMarks.length));
test("labels of another number", () =>
  expect(() => scatter({ x: [0, 1], y: [0, 1], labels: [1] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: scatter: labels must have one entry for each point (2), got 1]`,
  ));
test("y of another length", () =>
  expect(() => scatter({ x: [0, 1], y: [0] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: scatter: y must have one value for each of x (2), got 1]`,
  ));
