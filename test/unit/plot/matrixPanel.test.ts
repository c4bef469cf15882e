import { expect, test } from "vitest";
import { colorScale } from "../../../src/plot/colorScale.js";
import { cellNumber, matrixPanel } from "../../../src/plot/matrixPanel.js";
import { svgTexts } from "../../support/normalizeSvg.js";

const scale = colorScale("gray", 0, 1);

test("few cells are rectangles in the color of their value", () => {
  const panel = matrixPanel([[0, 1]], { cellWidth: 20, scale });
  expect([panel.width, panel.height]).toEqual([40, 20]);
  expect(panel.content).toContain('fill="#000000"');
  expect(panel.content).toContain('fill="#ffffff"');
});

test("many cells are one image, unless they carry numbers", () => {
  const values = Array.from({ length: 40 }, () => new Array<number>(40).fill(0.5));
  expect(matrixPanel(values, { cellWidth: 4, scale }).content).toContain("<image");
  expect(matrixPanel(values, { cellWidth: 20, scale, show: () => "1" }).content).not.toContain("<image");
});

test("numbers are readable on their color", () => {
  const panel = matrixPanel([[0, 1]], { cellWidth: 20, scale, show: cellNumber });
  expect(svgTexts(panel.content)).toEqual(["0", "1"]);
  expect(panel.content).toMatch(/fill="#ffffff" text-anchor="middle">0</);
  expect(panel.content).toMatch(/fill="#1f2328" text-anchor="middle">1</);
});
