// The axes and curves of training losses. `lossCurve` is this with a title; `race` puts it under its panels.

import type { Markish } from "@observablehq/plot";
import { type ChartPanel, chart, loadPlot, paddedDomain, withOverlay } from "../chart.js";
import { type EndLabel, endLabelMargin, endLabels } from "../labels.js";
import { plainNumber } from "../numbers.js";
import { argmin, finiteStart, type Point, smooth, thin } from "../series.js";
import { element, text } from "../svg.js";
import { ink, roles, seriesStyles, textColor } from "../theme.js";
import type { RunPoints } from "./lossData.js";

export interface LossPanelSettings {
  readonly width: number;
  readonly height: number;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly scale?: "auto" | "log" | "linear" | undefined;
  readonly smoothing?: number | undefined;
  readonly gap?: boolean | undefined;
  readonly stopped?: number | undefined;
}

interface Curve {
  readonly name: string;
  readonly color: string;
  readonly dash: string | undefined;
  readonly raw: Point[];
  readonly line: Point[];
  readonly diverged: boolean;
}

/** A loss this many times the largest starting loss counts as diverged and does not stretch the axis. */
const divergenceFactor = 10;

/** Training and validation curves of the runs: one run in the colors of the splits, several in their own, validation dashed. */
function toCurves(runs: readonly RunPoints[], window: number, ceiling: number): Curve[] {
  const styles = seriesStyles(runs.map((run) => run.name));
  const toCurve = (
    name: string,
    points: Point[],
    color: string,
    dash: string | undefined,
    average: number,
  ): Curve => {
    const { points: raw, stopped } = finiteStart(points);
    const values = raw.map(([, y]) => y);
    const averaged = smooth(values, average);
    const line = raw.map(([x], i): Point => [x, averaged[i]!]);
    const diverged = stopped || (line.length > 0 && line.at(-1)![1] > ceiling);
    return { name, color, dash, raw: average > 1 ? thin(raw, 400) : [], line: thin(line, 400), diverged };
  };
  return runs.flatMap((run, i): Curve[] => {
    const { color, dash } = styles[i]!;
    if (run.validation.length === 0) return [toCurve(run.name || "train", run.train, color, dash, window)];
    if (runs.length === 1)
      return [
        toCurve("train", run.train, roles.train, undefined, window),
        toCurve("validation", run.validation, roles.validation, undefined, 1),
      ];
    return [
      toCurve(`${run.name} train`, run.train, color, dash, window),
      toCurve(`${run.name} validation`, run.validation, color, "5,3", 1),
    ];
  });
}

/** The training value that belongs to each validation value: the area between them is the gap. */
function gapArea(
  train: Curve,
  validation: Curve,
  isLog: boolean,
): { x: number; low: number; high: number }[] {
  return validation.line.flatMap(([x, high]) => {
    const low = train.line.find(([trainX]) => trainX >= x)?.[1] ?? train.line.at(-1)?.[1];
    return low === undefined || (isLog && (low <= 0 || high <= 0)) ? [] : [{ x, low, high }];
  });
}

/** Curves of one or several runs between axes; `names` are their labels, `window` the number of steps averaged. */
export function lossPanel(
  runs: readonly RunPoints[],
  settings: LossPanelSettings,
): { panel: ChartPanel; names: string[]; window: number } {
  const run = runs[0]!;
  const single = runs.length === 1;
  const longest = Math.max(...runs.map(({ train }) => train.length));
  const window = settings.smoothing ?? (longest < 200 ? 1 : Math.round(longest / 100));
  const starts = runs
    .flatMap(({ train, validation }) => [train[0], validation[0]])
    .flatMap((point) => (point && Number.isFinite(point[1]) ? [Math.abs(point[1])] : []));
  const ceiling = starts.length === 0 ? Number.POSITIVE_INFINITY : divergenceFactor * Math.max(...starts);
  const curves = toCurves(runs, window, ceiling);

  const shown = curves
    .flatMap(({ raw, line }) => [...raw, ...line].map(([, y]) => y))
    .filter((y) => y <= ceiling);
  const isWide =
    shown.length > 0 && shown.every((y) => y > 0) && Math.max(...shown) >= 20 * Math.min(...shown);
  const scale =
    settings.scale === "log" || settings.scale === "linear" ? settings.scale : isWide ? "log" : "linear";
  const drawable = (points: Point[]): Point[] => (scale === "log" ? points.filter(([, y]) => y > 0) : points);
  const stopped = settings.stopped ?? (single ? run.stopped : undefined);
  const xs = curves.flatMap(({ line }) => line.map(([x]) => x));
  if (stopped !== undefined) xs.push(stopped);
  const xDomain: [number, number] = xs.length === 0 ? [0, 1] : [Math.min(...xs), Math.max(...xs)];
  if (xDomain[0] === xDomain[1]) xDomain[1] = xDomain[0] + 1;

  const Plot = loadPlot();
  const marks: Markish[] = [];
  const path = (points: Point[], style: object): Markish =>
    Plot.line(drawable(points) as [number, number][], { x: "0", y: "1", ...style });
  if (single && curves.length === 2 && (settings.gap ?? true)) {
    const area = gapArea(curves[0]!, curves[1]!, scale === "log");
    marks.push(
      Plot.areaY(area, { x: "x", y1: "low", y2: "high", fill: roles.validation, fillOpacity: 0.14 }),
    );
  }
  for (const { raw, color } of curves)
    marks.push(path(raw, { stroke: color, strokeOpacity: 0.28, strokeWidth: 0.8 }));
  for (const { line, color, dash } of curves)
    marks.push(path(line, { stroke: color, strokeWidth: 2, strokeDasharray: dash }));

  const names = curves.map(({ name, line, diverged }) => {
    if (line.length === 0) return `${name} never finite`;
    return diverged ? `${name} diverged` : `${name}  ${plainNumber(line.at(-1)![1], 2)}`;
  });
  const ends = curves.map(({ line }) => drawable(line).findLast(([, y]) => y <= ceiling));
  const middle = (xDomain[0] + xDomain[1]) / 2;
  const isEarly = curves.map(({ diverged }, i) => diverged && (ends[i]?.[0] ?? xDomain[0]) < middle);
  const panel = chart({
    width: settings.width,
    height: settings.height,
    marginRight: endLabelMargin(names.filter((_, i) => !isEarly[i])),
    x: { label: settings.xLabel, domain: xDomain, grid: false },
    y: { label: settings.yLabel, domain: paddedDomain(shown, 0.05, scale), scale },
    marks,
  });
  const over: string[] = [];
  const endings: EndLabel[] = [];
  for (const [i, { color, diverged }] of curves.entries()) {
    const end = ends[i];
    const [x, y] = end
      ? [panel.x(end[0]), Math.max(panel.top + 6, panel.y(end[1]))]
      : [panel.left + 6, panel.top + 10 + 16 * i];
    if (diverged)
      over.push(
        element("path", {
          d: `M${Math.round(x) - 4},${Math.round(y) - 4}l8,8m0,-8l-8,8`,
          stroke: color,
          "stroke-width": 2.5,
          fill: "none",
        }),
      );
    if (isEarly[i]) over.push(text(x + 9, y, names[i]!, { fill: textColor(color), halo: ink.paper }));
    else endings.push({ label: names[i]!, x, y, color });
  }
  over.push(endLabels(panel, endings));
  if (single && run.validation.length > 0) over.push(bestMark(run.validation, stopped, panel));
  return { panel: withOverlay(panel, over.join("")), names, window };
}

/** A star at the lowest validation loss; the patience from there to the stop as a gray band. */
function bestMark(validation: readonly Point[], stopped: number | undefined, panel: ChartPanel): string {
  const best = argmin(validation.map(([, y]) => y));
  if (best < 0) return "";
  const [x, y] = validation[best]!;
  const [cx, cy] = [panel.x(x), panel.y(y)];
  const star = Array.from({ length: 10 }, (_, i) => {
    const radius = i % 2 === 0 ? 8 : 3.4;
    const angle = (Math.PI * i) / 5 - Math.PI / 2;
    return `${(cx + radius * Math.cos(angle)).toFixed(2)},${(cy + radius * Math.sin(angle)).toFixed(2)}`;
  }).join(" ");
  const anchor = cx > panel.right - 70 ? "end" : cx < panel.left + 70 ? "start" : "middle";
  const label = `best: ${plainNumber(y, 3)} at ${plainNumber(x, 4)}`;
  const drawn = [
    element("polygon", { points: star, fill: roles.validation, stroke: ink.text, "stroke-width": 1 }),
    text(cx, cy - 17, label, { anchor, halo: ink.paper, fill: textColor(roles.validation), bold: true }),
  ];
  if (stopped === undefined) return drawn.join("");
  const end = panel.x(stopped);
  const { top, bottom } = panel;
  const band = {
    x: cx,
    y: top,
    width: Math.max(0, end - cx),
    height: bottom - top,
    fill: ink.line,
    "fill-opacity": 0.13,
  };
  const edge = { x1: end, x2: end, y1: top, y2: bottom, stroke: ink.text, "stroke-dasharray": "4,3" };
  return [
    element("rect", band),
    element("line", edge),
    text(end - 5, top + 9, "stopped", { anchor: "end" }),
    text((cx + end) / 2, bottom - 9, `patience ${plainNumber(stopped - x, 3)}`, {
      anchor: "middle",
      fill: ink.quiet,
    }),
    ...drawn,
  ].join("");
}
