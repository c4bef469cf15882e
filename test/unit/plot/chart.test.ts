import { describe, expect, test } from "vitest";
import { chart, loadPlot, paddedDomain, withOverlay } from "../../../src/plot/chart.js";
import { svgTexts } from "../../support/normalizeSvg.js";

describe("paddedDomain", () => {
  test("widens by a share of the range", () => expect(paddedDomain([0, 10], 0.1)).toEqual([-1, 11]));
  test("widens by a factor on a logarithmic axis and ignores what is not positive", () => {
    const [low, high] = paddedDomain([1, 100, -5], 0.5, "log");
    expect([low, high]).toEqual([0.1, 1000]);
  });
  test("is never empty", () => {
    expect(paddedDomain([5], 0)).toEqual([2.5, 7.5]);
    expect(paddedDomain([0], 0)).toEqual([-1, 1]);
    expect(paddedDomain([], 0)).toEqual([0, 1]);
    expect(paddedDomain([4], 0, "log")).toEqual([2, 8]);
  });
});

const options = {
  width: 200,
  height: 120,
  x: { label: "x", domain: [0, 10] },
  y: { label: "y", domain: [1, 1000], scale: "log" },
  marks: [],
} as const;

test("chart says where its data is", () => {
  const panel = chart(options);
  expect([panel.left, panel.right, panel.top, panel.bottom]).toEqual([46, 184, 28, 82]);
  expect([panel.x(0), panel.x(5), panel.x(10)]).toEqual([46, 115, 184]);
  // Three decades on 54 pixels: one decade is 18.
  expect(panel.y(10)).toBeCloseTo(64, 9);
});

test("axes carry their labels and plain numbers", () => {
  const texts = svgTexts(chart(options).content);
  expect(texts).toEqual(["0", "5", "10", "1", "100", "y", "x"]);
});

test("an axis turned off has neither ticks nor numbers", () => {
  const panel = chart({
    ...options,
    x: { ...options.x, axis: false, label: "" },
    y: { ...options.y, axis: false, label: "" },
  });
  expect(svgTexts(panel.content)).toEqual([]);
});

test("marks are drawn without style sheets, in fixed colors", () => {
  const panel = chart({
    ...options,
    marks: [
      loadPlot().line(
        [
          [0, 1],
          [10, 1000],
        ] as [number, number][],
        { x: "0", y: "1" },
      ),
    ],
  });
  expect(panel.content).toContain('d="M46,82L184,28"');
  expect(panel.content).not.toMatch(/style|currentColor/);
});

test("withOverlay draws over everything, or over the grid only", () => {
  const panel = chart(options);
  const content = withOverlay(panel, "<over/>", "<under/>").content;
  expect(content.endsWith("<over/>")).toBe(true);
  expect(content.indexOf("<under/>")).toBe(content.indexOf("</g>") + 4);
});
