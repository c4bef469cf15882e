import { createRequire } from "node:module";
import type * as PlotNamespace from "@observablehq/plot";
import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { SvgDocument } from "../../../src/plot/document.js";

const Plot = createRequire(import.meta.url)("@observablehq/plot") as typeof PlotNamespace;
const browser = new JSDOM("").window.document;
const own = new SvgDocument() as unknown as Document;

/** Clip paths and markers are numbered through the life of the process. */
const withoutCounters = (svg: string): string => svg.replace(/plot-(clip|marker)-\d+/g, "plot-$1");

const row = (x: number): { x: number; y: number } => ({ x, y: x * x });
const charts: Record<string, PlotNamespace.PlotOptions> = {
  "lines with markers, clipped": {
    clip: true,
    grid: true,
    marks: [Plot.line([1, 2, 3].map(row), { x: "x", y: "y", marker: "dot", stroke: "red" })],
  },
  "logarithmic axis": {
    x: { type: "log", domain: [0.001, 1000] },
    marks: [Plot.dot([1, 2, 3].map(row), { x: "x", y: "y", symbol: "square" })],
  },
  "titles with characters to escape": { marks: [Plot.dot([[1, 2]], { title: () => 'a < b & "c"' })] },
  "text of several lines": { marks: [Plot.text([[1, 2]], { text: ["two\nlines"] })] },
  "areas, bars, rules, arrows": {
    marks: [
      Plot.areaY([1, 2, 3].map(row), { x: "x", y: "y" }),
      Plot.rectY([{ x1: 0, x2: 1, y: 2 }], { x1: "x1", x2: "x2", y: "y" }),
      Plot.ruleY([0]),
      Plot.arrow([[1, 2]], { x1: 1, y1: 1, x2: 2, y2: 2 }),
    ],
  },
  contours: { marks: [Plot.contour({ x1: 0, x2: 1, y1: 0, y2: 1, fill: (x: number, y: number) => x * y })] },
};

test.each(Object.entries(charts))(
  "Plot draws the same into our document and into a browser's: %s",
  (_, options) => {
    const ours = withoutCounters(Plot.plot({ ...options, document: own }).outerHTML);
    const theirs = withoutCounters(Plot.plot({ ...options, document: browser }).outerHTML);
    expect(ours).toBe(theirs);
    expect(ours.length).toBeGreaterThan(1000);
  },
);

test("text and attributes are escaped as in a browser", () => {
  const make = (document: Document): string => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", "text");
    element.setAttribute("aria-label", 'a "b" & c');
    element.append(document.createTextNode("1 < 2 & 3 > 2"));
    return element.outerHTML;
  };
  expect(make(own)).toContain("1 &lt; 2 &amp; 3 &gt; 2");
  expect(make(own)).toContain('aria-label="a &quot;b&quot; &amp; c"');
  expect(make(own)).toBe(make(browser));
});

test("insertBefore moves a node that is already somewhere", () => {
  const document = new SvgDocument();
  const [parent, first, second] = ["g", "a", "b"].map((name) => document.createElement(name));
  parent!.append(first!, second!);
  parent!.insertBefore(second!, first!);
  expect(parent!.outerHTML).toBe("<g><b></b><a></a></g>");
  expect(parent!.querySelector("a")).toBe(first);
  expect(parent!.cloneNode(true).outerHTML).toBe(parent!.outerHTML);
  expect(() => parent!.removeChild(document.createElement("c"))).toThrow(
    "bug: removeChild: the node is not a child of this element",
  );
});
