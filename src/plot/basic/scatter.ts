import { errorText, ShapeError } from "../../errors.js";
import { chart, loadPlot, paddedDomain } from "../chart.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, type NumberArray, readOptions, toVector } from "../input.js";
import type { LegendItem } from "../labels.js";
import { page } from "../layout.js";
import { seriesStyles } from "../theme.js";

export interface ScatterData {
  readonly x: NumberArray;
  readonly y: NumberArray;
  /** Class of each point; default all the same. */
  readonly labels?: ArrayLike<number | string> | undefined;
}

export interface ScatterOptions extends FigureOptions {
  readonly xLabel?: string | undefined;
  readonly yLabel?: string | undefined;
  readonly height?: number | undefined;
}

/** Symbols beside colors, so that classes stay apart in gray, too: Plot's names, and those of the legend. */
export const classSymbols: readonly ("circle" | "square" | "triangle" | "diamond" | "cross")[] = [
  "circle",
  "square",
  "triangle",
  "diamond",
  "cross",
];
export const legendMarks: readonly NonNullable<LegendItem["mark"]>[] = [
  "dot",
  "square",
  "triangle",
  "diamond",
  "cross",
];

/**
 * Points, with a color and a symbol for each class.
 *
 * @param data.x shape `[n]`; @param data.y shape `[n]`; @param data.labels class of each point, `[n]`
 * @throws {ShapeError} when the lengths differ
 * @example
 * plot.scatter({ x: [0, 1], y: [1, 0], labels: ["a", "b"] }).size.width // 640
 */
export function scatter(data: ScatterData, options: ScatterOptions = {}): Figure<ScatterData> {
  const settings = readOptions("scatter", options, { ...frame, xLabel: "x", yLabel: "y", height: 320 });
  return new Figure("scatter", data, (current) => {
    const { title, subtitle, width, height, xLabel, yLabel } = settings;
    const x = toVector("scatter", "x", current.x);
    const y = toVector("scatter", "y", current.y, { length: x.length, like: "x" });
    const labels = current.labels === undefined ? x.map(() => "") : Array.from(current.labels, String);
    if (labels.length !== x.length)
      throw new ShapeError(
        errorText("scatter", `labels must have one entry for each point (${x.length}), got ${labels.length}`),
      );
    const names = [...new Set(labels)].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
    const styles = seriesStyles(names);
    const Plot = loadPlot();
    const marks = names.map((name, k) => {
      const points = x.flatMap((value, i) =>
        labels[i] === name ? [[value, y[i]!] as [number, number]] : [],
      );
      const r = x.length > 300 ? 2 : 3.2;
      return Plot.dot(points, {
        x: "0",
        y: "1",
        fill: styles[k]!.color,
        fillOpacity: 0.75,
        r,
        symbol: classSymbols[k % classSymbols.length]!,
      });
    });
    const panel = chart({
      width: width - 20,
      height,
      x: { label: xLabel, domain: paddedDomain(x), grid: false },
      y: { label: yLabel, domain: paddedDomain(y) },
      marks,
    });
    const legend =
      names.length > 1
        ? names.map((name, k) => ({
            label: name,
            color: styles[k]!.color,
            mark: legendMarks[k % legendMarks.length]!,
          }))
        : [];
    return page({
      width,
      title,
      subtitle,
      legend,
      rows: [[{ panel }]],
      label: `${x.length} points, ${yLabel} against ${xLabel}`,
    });
  });
}
