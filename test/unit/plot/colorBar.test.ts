import { expect, test } from "vitest";
import { colorBar } from "../../../src/plot/colorBar.js";
import { colorScale } from "../../../src/plot/colorScale.js";
import { svgTexts } from "../../support/normalizeSvg.js";

test("ticks are round numbers of the scale, the label is on top", () => {
  const bar = colorBar(colorScale("gray", 0, 1), 130, { label: "R²" });
  expect(svgTexts(bar.content)).toEqual(["0", "0.5", "1", "R²"]);
  expect(bar.height).toBe(130);
});

test("given ticks and formats are used", () =>
  expect(
    svgTexts(
      colorBar(colorScale("gray", -2, 0), 100, { ticks: [-2, 0], format: (value) => `10^${value}` }).content,
    ),
  ).toEqual(["10^-2", "10^0"]));
