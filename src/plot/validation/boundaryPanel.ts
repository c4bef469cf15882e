// Points of two features with the regions a classifier gives to each class: decisionBoundary and boostingRounds.

import { errorText, ShapeError, showShape } from "../../errors.js";
import { type ChartPanel, chart, paddedDomain, withOverlay } from "../chart.js";
import type { Rgb } from "../colorScale.js";
import { linspace, type NumberArray, toMatrix } from "../input.js";
import { raster } from "../raster.js";
import { element } from "../svg.js";
import { channels, ink, palette } from "../theme.js";

/** Class (or probability of the second class) for each point `[x1, x2]`. */
export type Classifier = (points: number[][]) => ArrayLike<number>;

export interface LabeledPoints {
  /** Shape `[n, 2]`. */
  readonly x: NumberArray;
  /** Class of each point, whole numbers. */
  readonly labels: ArrayLike<number>;
}

export interface PointSet {
  readonly points: readonly number[][];
  readonly labels: readonly number[];
  readonly classes: readonly number[];
  readonly xDomain: readonly [number, number];
  readonly yDomain: readonly [number, number];
}

/** @throws {ShapeError} when x is not `[n, 2]` or labels have another length */
export function readPoints(where: string, data: LabeledPoints): PointSet {
  const points = toMatrix(where, "x", data.x);
  if (points[0]!.length !== 2)
    throw new ShapeError(
      errorText(where, `x must have shape [n, 2], got ${showShape([points.length, points[0]!.length])}`),
    );
  const labels = Array.from(data.labels);
  if (labels.length !== points.length)
    throw new ShapeError(
      errorText(where, `labels must have one class for each point (${points.length}), got ${labels.length}`),
    );
  const classes = [...new Set(labels)].sort((a, b) => a - b);
  return {
    points,
    labels,
    classes,
    xDomain: paddedDomain(
      points.map(([x]) => x!),
      0.08,
    ),
    yDomain: paddedDomain(
      points.map(([, y]) => y!),
      0.08,
    ),
  };
}

export interface BoundaryPanelOptions {
  readonly width: number;
  readonly height: number;
  readonly xLabel: string;
  readonly yLabel: string;
  /** Radius of each point in pixels; default 3. */
  readonly radius?: ((index: number) => number) | undefined;
}

const outlines: readonly ((x: number, y: number, r: number) => string)[] = [
  (x, y, r) =>
    `M${(x - r).toFixed(1)},${y.toFixed(1)}a${r.toFixed(1)},${r.toFixed(1)} 0 1 0 ${(2 * r).toFixed(1)},0a${r.toFixed(1)},${r.toFixed(1)} 0 1 0 ${(-2 * r).toFixed(1)},0z`,
  (x, y, r) =>
    `M${(x - 0.9 * r).toFixed(1)},${(y - 0.9 * r).toFixed(1)}h${(1.8 * r).toFixed(1)}v${(1.8 * r).toFixed(1)}h${(-1.8 * r).toFixed(1)}z`,
  (x, y, r) =>
    `M${x.toFixed(1)},${(y - 1.2 * r).toFixed(1)}l${(1.1 * r).toFixed(1)},${(2 * r).toFixed(1)}h${(-2.2 * r).toFixed(1)}z`,
];
/** Marks of the legend that belong to the outlines. */
export const classMarks: readonly ("dot" | "square" | "triangle")[] = ["dot", "square", "triangle"];

/** Regions in light colors of their class, points in full ones; with two classes and probabilities, the shade is the certainty. */
export function boundaryPanel(
  where: string,
  set: PointSet,
  classify: Classifier | undefined,
  options: BoundaryPanelOptions,
): ChartPanel {
  const { points, labels, classes } = set;
  const { width, height, xLabel, yLabel, radius = () => 3 } = options;
  const panel = chart({
    width,
    height,
    marginRight: 8,
    marginTop: yLabel === "" ? 10 : 26,
    x: { label: xLabel, domain: set.xDomain, grid: false },
    y: { label: yLabel, domain: set.yDomain, grid: false },
    marks: [],
  });
  const colorOf = (label: number): string => palette[Math.max(0, classes.indexOf(label)) % palette.length]!;
  let under = "";
  if (classify) {
    const [columns, rows] = [90, Math.max(10, Math.round((90 * height) / width))];
    const [xs, ys] = [
      linspace(set.xDomain[0], set.xDomain[1], columns),
      linspace(set.yDomain[1], set.yDomain[0], rows),
    ];
    const found = Array.from(classify(ys.flatMap((y) => xs.map((x) => [x, y]))));
    if (found.length !== columns * rows)
      throw new ShapeError(
        errorText(
          where,
          `a classifier must return one class for each point (${columns * rows}), got ${found.length}`,
        ),
      );
    const isProbability =
      classes.length === 2 &&
      found.some((value) => !classes.includes(value)) &&
      found.every((value) => value >= 0 && value <= 1);
    const mix = (color: string, share: number): Rgb =>
      channels(color).map((part) => Math.round(255 + (part - 255) * share)) as unknown as Rgb;
    const color = (row: number, column: number): Rgb => {
      const value = found[row * columns + column]!;
      if (!isProbability) return mix(colorOf(value), 0.25);
      const certainty = Math.abs(value - 0.5) * 2;
      return mix(colorOf(value > 0.5 ? classes[1]! : classes[0]!), 0.05 + 0.35 * certainty);
    };
    under = raster(columns, rows, color, {
      x: panel.left,
      y: panel.top,
      width: panel.right - panel.left,
      height: panel.bottom - panel.top,
      label: "regions",
    });
  }
  const dots = points.map(([x, y], i) => {
    const k = classes.indexOf(labels[i]!);
    const d = outlines[k % outlines.length]!(panel.x(x!), panel.y(y!), radius(i));
    return element("path", { d, fill: colorOf(labels[i]!), stroke: ink.paper, "stroke-width": 0.7 });
  });
  return withOverlay(panel, element("g", { "aria-label": `${points.length} points` }, ...dots), under);
}
