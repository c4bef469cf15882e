// One panel of a regression: sample dots, the truth, and fitted curves over them. `fits` and `race` are made of these.

import type { Markish } from "@observablehq/plot";
import { errorText, ShapeError, showValue } from "../../errors.js";
import { type ChartPanel, chart, loadPlot, paddedDomain, withOverlay } from "../chart.js";
import { linspace, type NumberArray, toGrid, toMatrix, toVector } from "../input.js";
import type { Point } from "../series.js";
import { element } from "../svg.js";
import { roles, type SeriesStyle } from "../theme.js";

/** Values at the curve positions, several rows of them (resampled fits), or a function of x. */
export type CurveInput = NumberArray | ((x: number) => number);

/** Dots and the positions at which curves are given. */
export interface FitBase {
  /** Positions of the sample dots. */
  readonly x: NumberArray;
  /** Values of the sample dots. */
  readonly y: NumberArray;
  /** Positions at which curves and truth are given; default `x`, or 200 even steps over its range for functions. */
  readonly curveX?: NumberArray | undefined;
  /** The noise-free values at the curve positions. */
  readonly truth?: CurveInput | undefined;
}

/** One curve, or several fits of the same model, ready to be drawn. */
export interface FitCurve {
  readonly xs: readonly number[];
  readonly rows: readonly (readonly number[])[];
}

/** Dots, axes, the truth, and how to read a curve. */
export interface FitFrame {
  readonly dots: readonly Point[];
  readonly xDomain: readonly [number, number];
  readonly yDomain: readonly [number, number];
  readonly truth: FitCurve | undefined;
  readonly read: (name: string, curve: CurveInput) => FitCurve;
}

/** Checks the dots and prepares reading curves, which come sorted by x. */
export function readFitFrame(where: string, data: FitBase): FitFrame {
  if (typeof data !== "object" || data === null)
    throw new TypeError(errorText(where, `data must be an object {x, y, ...}, got ${showValue(data)}`));
  const x = toVector(where, "x", data.x);
  const y = toVector(where, "y", data.y, { length: x.length, like: "x" });
  const given = data.curveX === undefined ? x : toVector(where, "curveX", data.curveX);
  const order = given.map((_, i) => i).sort((a, b) => given[a]! - given[b]!);
  const sorted = order.map((i) => given[i]!);
  const even = linspace(sorted[0]!, sorted.at(-1)!, 200);
  const read = (name: string, curve: CurveInput): FitCurve => {
    if (typeof curve === "function") return { xs: even, rows: [even.map((at) => Number(curve(at)))] };
    const { shape } = toGrid(where, name, curve);
    const isOne = shape.filter((size) => size !== 1).length <= 1;
    const rows = isOne
      ? [toVector(where, name, curve, { allowNonFinite: true })]
      : toMatrix(where, name, curve, { allowNonFinite: true });
    if (rows[0]!.length !== given.length) {
      const problem = `${name} must have one value for each curve position (${given.length}), got ${rows[0]!.length}`;
      throw new ShapeError(
        errorText(
          where,
          problem,
          "",
          data.curveX === undefined ? "give curveX, the positions of the curves" : "",
        ),
      );
    }
    return { xs: sorted, rows: rows.map((row) => order.map((i) => row[i]!)) };
  };
  const truth = data.truth === undefined ? undefined : read("truth", data.truth);
  return {
    dots: x.map((at, i): Point => [at, y[i]!]),
    xDomain: paddedDomain([...x, ...given], 0.02),
    yDomain: paddedDomain([...y, ...(truth?.rows[0] ?? [])], 0.12),
    truth,
    read,
  };
}

export interface FitPanelOptions {
  readonly width: number;
  readonly height: number;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly marginRight?: number;
  readonly marginTop?: number;
}

/**
 * Dots, then bundles of fits, the dashed truth, and the curves on top. Dots are one path of round points, and a narrow
 * panel draws at most 600 of them: files stay small with thousands of samples.
 */
export function fitPanel(
  fit: FitFrame,
  curves: readonly { curve: FitCurve; style: SeriesStyle }[],
  options: FitPanelOptions,
): ChartPanel {
  const { width, height, xLabel, yLabel, marginRight = 10, marginTop } = options;
  const Plot = loadPlot();
  const [low, high] = fit.yDomain;
  const far = high - low;
  const path = (xs: readonly number[], ys: readonly number[], style: object): Markish =>
    // Far outside the axes the path is held near them: viewers draw huge coordinates badly.
    Plot.line(
      xs.map((x, i) => [x, Math.max(low - far, Math.min(high + far, ys[i]!))] as [number, number]),
      { x: "0", y: "1", ...style },
    );
  const marks: Markish[] = [];
  const many = curves.some(({ curve }) => curve.rows.length > 1);
  if (fit.truth)
    marks.push(
      path(fit.truth.xs, fit.truth.rows[0]!, {
        stroke: roles.truth,
        strokeWidth: 1.2,
        strokeDasharray: "4,3",
      }),
    );
  for (const { curve, style } of curves) {
    const mean = curve.rows[0]!.map(
      (_, i) => curve.rows.reduce((sum, row) => sum + row[i]!, 0) / curve.rows.length,
    );
    marks.push(path(curve.xs, mean, { stroke: style.color, strokeWidth: 2, strokeDasharray: style.dash }));
  }
  const panel = chart({
    width,
    height,
    marginRight,
    ...(marginTop !== undefined && { marginTop }),
    marginLeft: 40,
    x: { label: xLabel, domain: fit.xDomain, grid: false },
    y: { label: yLabel, domain: fit.yDomain },
    marks,
  });
  const bundles = curves.flatMap(({ curve, style }) => {
    if (curve.rows.length === 1) return [];
    const every = Math.ceil(curve.xs.length / 80);
    const kept = curve.xs.map((_, i) => i).filter((i) => i % every === 0 || i === curve.xs.length - 1);
    const inFrame = (y: number): number => Math.max(panel.top, Math.min(panel.bottom, panel.y(y)));
    const rows = curve.rows.slice(0, 100).map((row) => {
      const points = kept.flatMap((i) =>
        Number.isFinite(row[i]) ? [`${panel.x(curve.xs[i]!).toFixed(1)},${inFrame(row[i]!).toFixed(1)}`] : [],
      );
      return points.length === 0 ? "" : element("path", { d: `M${points.join("L")}` });
    });
    const thinLines = { stroke: style.color, "stroke-opacity": 0.16, "stroke-width": 0.8, fill: "none" };
    return [element("g", { ...thinLines, "aria-label": `${rows.length} fits` }, ...rows)];
  });
  const step = Math.ceil(fit.dots.length / (width < 400 ? 600 : 3000));
  const dots = fit.dots
    .filter((_, i) => i % step === 0)
    .map(([x, y]) => `M${panel.x(x).toFixed(1)},${panel.y(y).toFixed(1)}h0`)
    .join("");
  const size = fit.dots.length > 300 ? 2 : fit.dots.length > 80 ? 3 : 4.5;
  const cloud = element("path", {
    d: dots,
    stroke: roles.data,
    "stroke-width": size,
    "stroke-linecap": "round",
    "stroke-opacity": many || fit.dots.length > 300 ? 0.45 : 0.8,
    fill: "none",
    "aria-label": `${fit.dots.length} sample points`,
  });
  return withOverlay(panel, "", cloud + bundles.join(""));
}
