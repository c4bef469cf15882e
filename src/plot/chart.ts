// A chart with axes, drawn by Observable Plot, as a panel that can stand beside others in a figure.

import { createRequire } from "node:module";
import type * as PlotNamespace from "@observablehq/plot";
import { SvgDocument } from "./document.js";
import { extent, linearTicks, logTicks, plainNumber } from "./numbers.js";
import { element, group, round, text } from "./svg.js";
import { fontSize, ink } from "./theme.js";

/** A drawing with its size in pixels. */
export interface Panel {
  readonly width: number;
  readonly height: number;
  /** SVG elements, drawn from (0, 0). */
  readonly content: string;
}

/** A panel that knows where its data is: data value -> pixel in the panel. */
export interface ChartPanel extends Panel {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** Edges of the plotting area. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** One axis. */
export interface AxisOptions {
  /** With its unit where it has one; always given, "" only for small multiples whose neighbor has it. */
  readonly label: string;
  readonly domain: readonly [number, number];
  readonly scale?: "linear" | "log";
  readonly ticks?: readonly number[] | undefined;
  readonly format?: ((value: number) => string) | undefined;
  readonly grid?: boolean;
  /** false: no ticks and no numbers. */
  readonly axis?: boolean;
  readonly reverse?: boolean;
}

export interface ChartOptions {
  readonly width: number;
  readonly height: number;
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  readonly marginLeft?: number;
  readonly marginRight?: number;
  readonly marginTop?: number;
  readonly marginBottom?: number;
  readonly marks: readonly PlotNamespace.Markish[];
  /** Cuts what lies outside the axes; default true. */
  readonly clip?: boolean;
}

const require = createRequire(import.meta.url);
let loaded: typeof PlotNamespace | undefined;
let document: SvgDocument | undefined;

/** Observable Plot, loaded at the first chart (0.2 s) and not when gradbook is imported. It is an ES module: `require` reads those since Node 20.19 and 22.12. */
export function loadPlot(): typeof PlotNamespace {
  loaded ??= require("@observablehq/plot") as typeof PlotNamespace;
  return loaded;
}

/** The range of the values, widened by `pad` of itself on both sides (by a factor for "log"), never empty. */
export function paddedDomain(
  values: Iterable<number>,
  pad: number = 0.04,
  scale: "linear" | "log" = "linear",
): [number, number] {
  const all = [...values];
  const range =
    extent(scale === "log" ? all.filter((value) => value > 0) : all) ?? (scale === "log" ? [0.1, 1] : [0, 1]);
  let [low, high] = range;
  if (scale === "log") {
    if (low === high) [low, high] = [low / 2, high * 2];
    const factor = (high / low) ** pad;
    return [low / factor, high * factor];
  }
  if (low === high)
    [low, high] = low === 0 ? [-1, 1] : [low - Math.abs(low) * 0.5, high + Math.abs(high) * 0.5];
  const margin = (high - low) * pad;
  return [low - margin, high + margin];
}

function ticksOf(axis: AxisOptions, pixels: number, spacing: number): readonly number[] {
  if (axis.axis === false) return [];
  if (axis.ticks) return axis.ticks.filter((tick) => tick >= axis.domain[0] && tick <= axis.domain[1]);
  const [low, high] = axis.domain;
  const count = Math.max(2, Math.floor(pixels / spacing));
  if (axis.scale === "log") return logTicks(low, high, count);
  // Round steps may leave a short axis with a single tick, from which nothing can be read.
  const ticks = linearTicks(low, high, count);
  return ticks.length >= 2 ? ticks : linearTicks(low, high, count + 2);
}

/** A tenth of a pixel is enough for long paths; small numbers may be opacities. */
const coarse = (value: number): number => (Math.abs(value) >= 2 ? Math.round(value * 10) / 10 : round(value));

/** Numbers of a tag with one or two decimals; "em" in pixels, because not every renderer knows the font size at an attribute. */
function tidyTag(tag: string): string {
  return tag
    .replace(/"(-?[\d.]+)em"/g, (_, em: string) => `"${round(Number(em) * fontSize.tick)}"`)
    .replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (number) => String(coarse(Number(number))));
}

/** Draws marks between two axes. */
export function chart(options: ChartOptions): ChartPanel {
  const { width, height, x, y, marks, marginLeft = 46, marginRight = 16, clip = true } = options;
  const { marginTop = y.label === "" ? 8 : 28, marginBottom = x.label === "" ? 22 : 38 } = options;
  const Plot = loadPlot();
  document ??= new SvgDocument();
  const scaleOptions = (axis: AxisOptions): PlotNamespace.ScaleOptions => ({
    type: axis.scale ?? "linear",
    domain: axis.reverse ? [axis.domain[1], axis.domain[0]] : [...axis.domain],
    axis: null,
  });
  const root = Plot.plot({
    document: document as unknown as Document,
    width,
    height,
    marginLeft,
    marginRight,
    marginTop,
    marginBottom,
    clip,
    x: scaleOptions(x),
    y: scaleOptions(y),
    color: { type: "identity" },
    marks: [...marks],
  } as PlotNamespace.PlotOptions) as unknown as {
    innerHTML: string;
    scale: (name: string) => { apply: (value: number) => number };
  };
  const drawn = root.innerHTML
    .replace(/<style>[\s\S]*?<\/style>/g, "")
    .replaceAll("currentColor", ink.text)
    .replace(/<[^>]+>/g, tidyTag);
  const xScale = root.scale("x");
  const yScale = root.scale("y");
  const [left, right, top, bottom] = [marginLeft, width - marginRight, marginTop, height - marginBottom];
  const grid: string[] = [];
  const axes: string[] = [];
  const written = (axis: AxisOptions, tick: number): string =>
    (axis.format ?? ((value) => plainNumber(value, 4)))(tick);
  // Own axes: those of Plot leave out labels of a logarithmic axis between the powers of ten.
  for (const tick of ticksOf(x, right - left, 58)) {
    const at = xScale.apply(tick);
    if (x.grid ?? true)
      grid.push(element("line", { x1: at, x2: at, y1: top, y2: bottom, stroke: ink.faint }));
    axes.push(element("line", { x1: at, x2: at, y1: bottom, y2: bottom + 4, stroke: ink.text }));
    axes.push(text(at, bottom + 13, written(x, tick), { anchor: "middle", size: fontSize.tick }));
  }
  for (const tick of ticksOf(y, bottom - top, 32)) {
    const at = yScale.apply(tick);
    if (y.grid ?? true)
      grid.push(element("line", { x1: left, x2: right, y1: at, y2: at, stroke: ink.faint }));
    axes.push(element("line", { x1: left - 4, x2: left, y1: at, y2: at, stroke: ink.text }));
    axes.push(text(left - 8, at, written(y, tick), { anchor: "end", size: fontSize.tick }));
  }
  if (y.label !== "") axes.push(text(2, top - 14, y.label, { fill: ink.quiet }));
  if (x.label !== "") axes.push(text(right, bottom + 29, x.label, { fill: ink.quiet, anchor: "end" }));
  const content = [
    group({ "aria-hidden": "true" }, ...grid),
    group({ "font-size": fontSize.tick, "text-anchor": "middle" }, drawn),
    group(
      { "aria-label": `axes: ${[x.label, y.label].filter((label) => label.trim() !== "").join(", ")}` },
      ...axes,
    ),
  ].join("");
  return {
    width,
    height,
    content,
    x: (value) => xScale.apply(value),
    y: (value) => yScale.apply(value),
    left,
    right,
    top,
    bottom,
  };
}

/** The panel with more drawn on top, or below its marks but above its grid: `under`. */
export function withOverlay<P extends Panel>(panel: P, over: string, under: string = ""): P {
  // The first group of a chart is its grid, which holds only lines.
  const afterGrid = under === "" ? 0 : panel.content.indexOf("</g>") + "</g>".length;
  return {
    ...panel,
    content: panel.content.slice(0, afterGrid) + under + panel.content.slice(afterGrid) + over,
  };
}
