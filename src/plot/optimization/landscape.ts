import { checkChoice } from "../../errors.js";
import { type ChartPanel, chart, loadPlot, paddedDomain, withOverlay } from "../chart.js";
import { Figure } from "../figure.js";
import {
  type FigureOptions,
  frame,
  linspace,
  type NumberArray,
  namedEntries,
  readOptions,
  toMatrix,
  toVector,
} from "../input.js";
import { endLabelMargin, endLabels } from "../labels.js";
import { type Cell, page } from "../layout.js";
import { element, text } from "../svg.js";
import { ink, roles, seriesStyles } from "../theme.js";
import { readSurface, type SurfaceGrid, surfacePanel } from "./surface.js";

/** Curves along a line through weight space. */
export interface Landscape1dData {
  /** Position on the line: 0 and 1 are the two solutions of an interpolation, 0 the solution of a slice. */
  readonly alpha: NumberArray;
  /** Loss along the line, by name (train, test, small batch, …). */
  readonly loss: Readonly<Record<string, NumberArray>>;
  /** Accuracy along the line, by name. */
  readonly accuracy?: Readonly<Record<string, NumberArray>> | undefined;
}

export interface Landscape1dOptions extends FigureOptions {
  /** Default "linear". */
  readonly scale?: "linear" | "log" | undefined;
  readonly xLabel?: string | undefined;
  /** Positions to mark with a name, such as `{ "small batch": 0, "large batch": 1 }`. */
  readonly marks?: Readonly<Record<string, number>> | undefined;
  readonly height?: number | undefined;
}

/**
 * Loss (and accuracy) along a line through weight space: between two solutions, or away from one.
 *
 * @throws {ShapeError} when a curve has another length than `alpha`
 * @see Li et al. 2018, arXiv:1712.09913
 * @example
 * plot.landscape1d({ alpha: [0, 0.5, 1], loss: { train: [0.1, 0.9, 0.2] } }).size.width // 640
 */
export function landscape1d(
  data: Landscape1dData,
  options: Landscape1dOptions = {},
): Figure<Landscape1dData> {
  const settings = readOptions("landscape1d", options, {
    ...frame,
    scale: "linear" as "linear" | "log",
    xLabel: "position α along the line",
    marks: {} as Readonly<Record<string, number>>,
    height: 260,
  });
  checkChoice("landscape1d", "scale", settings.scale, ["linear", "log"]);
  return new Figure("landscape1d", data, (current) => {
    const { title, subtitle, width, height, xLabel, marks: marked } = settings;
    const alpha = toVector("landscape1d", "alpha", current.alpha);
    const panelOf = (
      key: "loss" | "accuracy",
      curves: Readonly<Record<string, NumberArray>>,
      size: number,
      scale: "linear" | "log",
    ): ChartPanel => {
      const lines = namedEntries("landscape1d", key, curves).map(([name, values]) => ({
        name,
        values: toVector("landscape1d", `${key}.${name}`, values, {
          length: alpha.length,
          like: "the positions alpha",
          allowNonFinite: true,
        }),
      }));
      const styles = seriesStyles(lines.map(({ name }) => name));
      const Plot = loadPlot();
      const panel = chart({
        width: width - 20,
        height: size,
        marginRight: endLabelMargin(lines.map(({ name }) => name)),
        x: { label: xLabel, domain: paddedDomain(alpha, 0), grid: false },
        y: {
          label: key,
          domain: paddedDomain(
            lines.flatMap(({ values }) => values),
            0.06,
            scale,
          ),
          scale,
        },
        marks: lines.map(({ values }, i) =>
          Plot.line(
            values.map((value, k) => [alpha[k]!, value] as [number, number]),
            { x: "0", y: "1", stroke: styles[i]!.color, strokeWidth: 2, strokeDasharray: styles[i]!.dash },
          ),
        ),
      });
      const verticals = Object.entries(marked).map(([name, at]) => {
        const x = panel.x(at);
        const anchor = x > panel.right - 70 ? "end" : "start";
        return (
          element("line", {
            x1: x,
            x2: x,
            y1: panel.top,
            y2: panel.bottom,
            stroke: ink.text,
            "stroke-dasharray": "3,3",
          }) +
          // once is enough, and accuracies near 1 run where the names would stand
          (key === "loss"
            ? text(x + (anchor === "end" ? -5 : 5), panel.top + 8, name, {
                anchor,
                halo: ink.paper,
                fill: ink.text,
              })
            : "")
        );
      });
      const ends = lines.flatMap(({ name, values }, i) => {
        const last = values.findLastIndex(Number.isFinite);
        return last < 0
          ? []
          : [{ label: name, x: panel.x(alpha[last]!), y: panel.y(values[last]!), color: styles[i]!.color }];
      });
      return withOverlay(panel, verticals.join("") + endLabels(panel, ends));
    };
    const rows: Cell[][] = [[{ panel: panelOf("loss", current.loss, height, settings.scale) }]];
    if (current.accuracy) rows.push([{ panel: panelOf("accuracy", current.accuracy, 190, "linear") }]);
    return page({ width, title, subtitle, rows, label: "Loss along a line" });
  });
}

/** The loss over a plane through weight space. */
export interface Landscape2dData extends SurfaceGrid {
  /** Positions of a training run in the same plane, shape `[steps, 2]`. */
  readonly path?: NumberArray | undefined;
}

export interface Landscape2dOptions extends FigureOptions {
  readonly xLabel?: string | undefined;
  readonly yLabel?: string | undefined;
  /** Default "auto". */
  readonly levels?: "auto" | "linear" | "log" | undefined;
  readonly height?: number | undefined;
}

/**
 * The loss over a plane through the solution, with the path of training projected into it: ring at its start, dot at its end.
 *
 * @param data.x positions along the first direction; @param data.y along the second; @param data.z losses `[y, x]`
 * @throws {ShapeError} when z does not fit x and y
 * @example
 * plot.landscape2d({ x: [-1, 0, 1], y: [-1, 0, 1], z: [[2, 1, 2], [1, 0, 1], [2, 1, 2]] }).size.width // 640
 */
export function landscape2d(
  data: Landscape2dData,
  options: Landscape2dOptions = {},
): Figure<Landscape2dData> {
  const settings = readOptions("landscape2d", options, {
    ...frame,
    xLabel: "first direction",
    yLabel: "second direction",
    levels: "auto" as "auto" | "linear" | "log",
    height: 400,
  });
  checkChoice("landscape2d", "levels", settings.levels, ["auto", "linear", "log"]);
  return new Figure("landscape2d", data, (current) => {
    const { title, subtitle, width, height, xLabel, yLabel, levels } = settings;
    const read = readSurface("landscape2d", current);
    const fine = refine(read.xs, read.ys, read.z);
    const panel = surfacePanel(
      { ...fine, minima: [] },
      { width: Math.min(width - 20, height * 1.2), height, xLabel, yLabel, levels },
    );
    const over: string[] = [];
    if (current.path) {
      const points = toMatrix("landscape2d", "path", current.path).map(
        ([x, y]) => [panel.x(x!), panel.y(y!)] as const,
      );
      const [start, end] = [points[0]!, points.at(-1)!];
      over.push(
        element("path", {
          d: `M${points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}`,
          stroke: roles.highlight,
          "stroke-width": 2,
          fill: "none",
          "aria-label": "path",
        }),
        element("circle", {
          cx: start[0],
          cy: start[1],
          r: 5,
          fill: "none",
          stroke: roles.highlight,
          "stroke-width": 2,
        }),
        element("circle", { cx: end[0], cy: end[1], r: 5, fill: roles.highlight, stroke: ink.paper }),
      );
    }
    return page({
      width,
      title,
      subtitle,
      rows: [[{ panel: withOverlay(panel, over.join("")) }]],
      label: "Loss over a plane",
    });
  });
}

/** Bilinear interpolation to about 150 samples an axis: coarse grids get smooth contour lines, no new extremes. */
function refine(
  xs: readonly number[],
  ys: readonly number[],
  z: readonly (readonly number[])[],
): { xs: number[]; ys: number[]; z: number[][] } {
  const grow = (values: readonly number[]): number[] =>
    linspace(0, values.length - 1, Math.max(values.length, 150));
  const along = (values: readonly number[], at: number): number => {
    const i = Math.min(values.length - 2, Math.floor(at));
    return values.length === 1 ? values[0]! : values[i]! + (values[i + 1]! - values[i]!) * (at - i);
  };
  const [columns, rows] = [grow(xs), grow(ys)];
  const wide = z.map((row) => columns.map((at) => along(row, at)));
  return {
    xs: columns.map((at) => along(xs, at)),
    ys: rows.map((at) => along(ys, at)),
    z: rows.map((at) =>
      columns.map((_, c) =>
        along(
          wide.map((row) => row[c]!),
          at,
        ),
      ),
    ),
  };
}
