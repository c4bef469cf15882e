import { expect, test } from "vitest";
import { page } from "../../../src/plot/layout.js";
import { svgTexts } from "../../support/normalizeSvg.js";

const panel = { width: 100, height: 40, content: "<panel/>" };

test("a page holds title, subtitle, panel titles and caption in reading order", () => {
  const svg = page({
    width: 640,
    title: "T",
    subtitle: "S",
    caption: "C",
    label: "L",
    rows: [
      [
        { panel, title: "a", note: "n" },
        { panel, title: "b" },
      ],
    ],
  });
  expect(svgTexts(svg)).toEqual(["T", "S", "a", "n", "b", "C"]);
  expect(svg).toContain('aria-label="T. S"');
  expect(svg).toContain('width="640"');
});

test("without a title the label names the picture", () =>
  expect(page({ width: 640, label: "L", rows: [[{ panel }]] })).toContain('aria-label="L"'));

test("a row that is wider than the page widens it", () => {
  const wide = { ...panel, width: 900 };
  expect(page({ width: 640, label: "L", rows: [[{ panel: wide }]] })).toContain(
    '<svg xmlns="http://www.w3.org/2000/svg" width="920"',
  );
});

test("panels of a row start at the same height, whatever their titles", () => {
  const svg = page({ width: 640, label: "L", rows: [[{ panel, title: "a", note: "n" }, { panel }]] });
  const heights = [...svg.matchAll(/translate\(([\d.]+),([\d.]+)\)"><panel/g)].map(([, , y]) => y);
  expect(heights).toHaveLength(2);
  expect(heights[0]).toBe(heights[1]);
});
