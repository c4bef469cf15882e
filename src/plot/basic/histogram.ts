import type { Markish } from "@observablehq/plot";
import { checkNumber } from "../../errors.js";
import { type ChartPanel, chart, loadPlot, withOverlay } from "../chart.js";
import { Figure } from "../figure.js";
import {
  type FigureOptions,
  frame,
  type NumberArray,
  namedEntries,
  readOptions,
  toVector,
} from "../input.js";
import type { LegendItem } from "../labels.js";
import { page } from "../layout.js";
import { linearTicks, plainNumber } from "../numbers.js";
import { element, text } from "../svg.js";
import { ink, roles, seriesStyles } from "../theme.js";

/** One sample, or several by name. */
export type HistogramData = NumberArray | Readonly<Record<string, NumberArray>>;

export interface HistogramOptions extends FigureOptions {
  /** What was measured, with unit; default "value". */
  readonly xLabel?: string | undefined;
  /** Number of bins, about; edges are round numbers. Default: the cube root rule 2·n^(1/3), at most 60. */
  readonly bins?: number | undefined;
  /** An interval to shade, such as a confidence interval. */
  readonly interval?: { readonly low: number; readonly high: number; readonly label?: string } | undefined;
  /** Vertical lines by name: the estimate, the true value. */
  readonly lines?: Readonly<Record<string, number>> | undefined;
  readonly height?: number | undefined;
}

/** Counts between equal, round edges that cover [low, high]. The last bin includes its upper edge. */
export function countBins(
  values: readonly number[],
  low: number,
  high: number,
  about: number,
): { edges: number[]; counts: number[] } {
  const inner = linearTicks(low, high, about);
  const step = inner.length > 1 ? inner[1]! - inner[0]! : high - low || 1;
  const first = inner[0]! > low ? inner[0]! - step : inner[0]!;
  const count = Math.max(1, Math.ceil((high - first) / step - 1e-9));
  const edges = Array.from({ length: count + 1 }, (_, i) => Number((first + i * step).toPrecision(12)));
  const counts = new Array<number>(count).fill(0);
  for (const value of values) {
    const at = Math.min(count - 1, Math.floor((value - first) / step + 1e-9));
    counts[at] = counts[at]! + 1;
  }
  return { edges, counts };
}

/** Bars of one or several samples between axes. */
export function histogramPanel(
  samples: readonly { name: string; values: readonly number[] }[],
  options: {
    width: number;
    height: number;
    xLabel: string;
    bins?: number | undefined;
    domain?: readonly [number, number];
    yLabel?: string;
  },
): ChartPanel {
  const { width, height, xLabel, yLabel = "count" } = options;
  const all = samples.flatMap(({ values }) => [...values]);
  const [low, high] = options.domain ?? [Math.min(...all), Math.max(...all)];
  const about = options.bins ?? Math.min(60, Math.ceil(2 * Math.cbrt(all.length / samples.length)));
  const styles = seriesStyles(samples.map(({ name }) => name));
  const Plot = loadPlot();
  const counted = samples.map(({ values }) => countBins(values, low, high, about));
  const marks = counted.map(
    ({ edges, counts }, i): Markish =>
      Plot.rectY(
        counts.map((count, k) => ({ x1: edges[k]!, x2: edges[k + 1]!, count })),
        {
          x1: "x1",
          x2: "x2",
          y: "count",
          fill: styles[i]!.color,
          fillOpacity: samples.length > 1 ? 0.45 : 0.75,
          inset: 0.5,
        },
      ),
  );
  const most = Math.max(1, ...counted.flatMap(({ counts }) => counts));
  const edges = counted[0]!.edges;
  return chart({
    width,
    height,
    x: { label: xLabel, domain: [edges[0]!, edges.at(-1)!], grid: false },
    y: { label: yLabel, domain: [0, most * 1.08] },
    marks,
  });
}

/**
 * How often which values occur, with an interval and named lines where asked for.
 *
 * @param data values, or several samples by name
 * @throws {RangeError} when a sample is empty or a value is not finite
 * @example
 * plot.histogram([1, 2, 2, 3], { bins: 3 }).size.width // 640
 */
export function histogram(data: HistogramData, options: HistogramOptions = {}): Figure<HistogramData> {
  const settings = readOptions("histogram", options, {
    ...frame,
    xLabel: "value",
    bins: undefined as number | undefined,
    interval: undefined as
      | { readonly low: number; readonly high: number; readonly label?: string }
      | undefined,
    lines: {} as Readonly<Record<string, number>>,
    height: 240,
  });
  if (settings.bins !== undefined)
    checkNumber("histogram", "bins", settings.bins, { integer: true, min: 1, max: 500 });
  return new Figure("histogram", data, (current) => {
    const { title, subtitle, width, height, xLabel, bins, interval, lines } = settings;
    const isNumbers = Array.isArray(current) || ArrayBuffer.isView(current) || "shape" in current;
    const samples = isNumbers
      ? [{ name: "", values: toVector("histogram", "data", current) }]
      : namedEntries("histogram", "data", current as Readonly<Record<string, NumberArray>>).map(
          ([name, value]) => ({ name, values: toVector("histogram", name, value) }),
        );
    const styles = seriesStyles(samples.map(({ name }) => name));
    const marked = [...Object.values(lines), ...(interval ? [interval.low, interval.high] : [])];
    const all = [...samples.flatMap(({ values }) => values), ...marked];
    let panel = histogramPanel(samples, {
      width: width - 20,
      height,
      xLabel,
      bins,
      domain: [Math.min(...all), Math.max(...all)],
    });
    const { top, bottom } = panel;
    const over: string[] = [];
    let under = "";
    if (interval) {
      const [from, to] = [panel.x(interval.low), panel.x(interval.high)];
      under = element("rect", {
        x: from,
        y: top,
        width: to - from,
        height: bottom - top,
        fill: roles.validation,
        "fill-opacity": 0.18,
      });
      for (const x of [from, to])
        over.push(
          element("line", {
            x1: x,
            x2: x,
            y1: top,
            y2: bottom,
            stroke: ink.text,
            "stroke-width": 1,
            "stroke-dasharray": "3,3",
          }),
        );
      const label = `${interval.label ?? "interval"} ${plainNumber(interval.low)} to ${plainNumber(interval.high)}`;
      over.push(text((from + to) / 2, top - 6, label, { anchor: "middle", fill: ink.text }));
    }
    for (const [i, [name, value]] of Object.entries(lines).entries()) {
      const x = panel.x(value);
      const anchor = x > (panel.left + panel.right) / 2 ? "end" : "start";
      over.push(
        element("line", { x1: x, x2: x, y1: top, y2: bottom, stroke: ink.text, "stroke-width": 1.8 }),
      );
      over.push(
        text(x + (anchor === "end" ? -5 : 5), top + 10 + 15 * i, `${name} ${plainNumber(value)}`, {
          anchor,
          halo: ink.paper,
          bold: true,
        }),
      );
    }
    panel = withOverlay(panel, over.join(""), under);
    const legend: LegendItem[] =
      samples.length > 1
        ? samples.map(({ name }, i) => ({ label: name, color: styles[i]!.color, mark: "box", opacity: 0.6 }))
        : [];
    return page({ width, title, subtitle, legend, rows: [[{ panel }]], label: `Histogram of ${xLabel}` });
  });
}
