import { checkNumber, errorText, ShapeError } from "../../errors.js";
import { chart, loadPlot, paddedDomain, withOverlay } from "../chart.js";
import { Figure } from "../figure.js";
import {
  type FigureOptions,
  frame,
  type NumberArray,
  namedEntries,
  readOptions,
  toVector,
} from "../input.js";
import type { Cell } from "../layout.js";
import { page } from "../layout.js";
import { plainNumber } from "../numbers.js";
import { element, text } from "../svg.js";
import { ink, roles, seriesStyles } from "../theme.js";

export interface GradientCheckData {
  /** Relative error of each element, by parameter. Zeros are drawn at the lower edge. */
  readonly errors: Readonly<Record<string, NumberArray>>;
  /** Indices of elements near a kink (the winner of a maximum changed), by parameter. */
  readonly kinks?: Readonly<Record<string, readonly number[]>> | undefined;
  /** Largest error for each step size h of the difference quotient. */
  readonly sweep?: { readonly h: NumberArray; readonly error: NumberArray } | undefined;
}

export interface GradientCheckOptions extends FigureOptions {
  /** Errors above this are called wrong; default 1e-4. */
  readonly tolerance?: number | undefined;
}

const floor = 1e-14;

/**
 * A gradient check at a glance: the relative error of every element on a logarithmic axis, with the tolerance as a line and
 * kinks ringed; and beside it the error against the step size h, whose valley lies between rounding (left) and
 * truncation (right).
 *
 * @param data.errors `|a − n| / max(1e-8, |a| + |n|)` of each element, by parameter
 * @throws {RangeError} when there is no parameter or an error is negative
 * @example
 * plot.gradientCheck({ errors: { weight: [1e-9, 3e-9], bias: [1e-10] } }).size.width // 640
 */
export function gradientCheck(
  data: GradientCheckData,
  options: GradientCheckOptions = {},
): Figure<GradientCheckData> {
  const settings = readOptions("gradientCheck", options, { ...frame, tolerance: 1e-4 });
  checkNumber("gradientCheck", "tolerance", settings.tolerance, { above: 0 });
  return new Figure("gradientCheck", data, (current) => {
    const { title, width, tolerance } = settings;
    const entries = namedEntries("gradientCheck", "errors", current.errors).map(([name, values]) => ({
      name,
      errors: toVector("gradientCheck", name, values),
    }));
    const all = entries.flatMap(({ errors }) => errors);
    const negative = all.find((error) => error < 0);
    if (negative !== undefined)
      throw new RangeError(errorText("gradientCheck", `errors must not be negative, got ${negative}`));
    const styles = seriesStyles(entries.map(({ name }) => name));
    const half = current.sweep === undefined ? width - 20 : (width - 20 - 20) * 0.6;
    const Plot = loadPlot();
    const yDomain: [number, number] = [floor / 2, Math.max(2, ...all)];
    let start = 0;
    const dots = entries.map(({ name, errors }, k) => {
      const from = start;
      start += errors.length + 2;
      const kinks = new Set(current.kinks?.[name]);
      return {
        name,
        from,
        color: styles[k]!.color,
        points: errors.map((error, i) => ({ x: from + i, y: Math.max(floor, error), isKink: kinks.has(i) })),
      };
    });
    const marks = dots.flatMap(({ points, color }) => [
      Plot.dot(points, { x: "x", y: "y", fill: color, r: all.length > 200 ? 1.8 : 3 }),
      Plot.dot(
        points.filter(({ isKink }) => isKink),
        { x: "x", y: "y", stroke: ink.text, r: 6, strokeWidth: 1.2 },
      ),
    ]);
    let panel = chart({
      width: half,
      height: 250,
      x: { label: "element", domain: [-1, start - 1], ticks: [], grid: false },
      y: { label: "relative error", domain: yDomain, scale: "log" },
      marks,
    });
    const limit = panel.y(tolerance);
    const zone = (from: number, to: number, fill: string): string =>
      element("rect", {
        x: panel.left,
        y: from,
        width: panel.right - panel.left,
        height: Math.max(0, to - from),
        fill,
        "fill-opacity": 0.1,
      });
    const names = dots.map(({ name, from, points, color }) =>
      text(panel.x(from + (points.length - 1) / 2), panel.bottom + 12, name, {
        anchor: "middle",
        fill: color,
      }),
    );
    const line = element("line", {
      x1: panel.left,
      x2: panel.right,
      y1: limit,
      y2: limit,
      stroke: roles.highlight,
      "stroke-dasharray": "5,3",
    });
    panel = withOverlay(
      panel,
      `${line}${text(panel.right - 4, limit - 9, `wrong above ${plainNumber(tolerance)}`, { anchor: "end", halo: ink.paper })}${names.join("")}`,
      zone(panel.top, limit, roles.highlight),
    );
    const row: Cell[] = [{ title: "Each element", panel }];
    if (current.sweep) row.push(sweepCell(current.sweep, width - 20 - 20 - half));
    const bad = all.filter((error) => error > tolerance).length;
    const kinked = dots.reduce((sum, { points }) => sum + points.filter(({ isKink }) => isKink).length, 0);
    const verdict =
      bad === 0 ? `All ${all.length} elements agree` : `${bad} of ${all.length} elements differ`;
    const subtitle =
      settings.subtitle ??
      `${verdict}; largest relative error ${plainNumber(Math.max(...all), 2)}${kinked > 0 ? `; ${kinked} near a kink (ringed)` : ""}`;
    return page({ width, title, subtitle, rows: [row], gap: 20, label: "Gradient check" });
  });
}

function sweepCell(sweep: NonNullable<GradientCheckData["sweep"]>, width: number): Cell {
  const h = toVector("gradientCheck", "sweep.h", sweep.h);
  const error = toVector("gradientCheck", "sweep.error", sweep.error, {
    length: h.length,
    like: "the step sizes",
  });
  if (h.some((value) => value <= 0))
    throw new ShapeError(errorText("gradientCheck", `sweep.h must be positive, got ${Math.min(...h)}`));
  const Plot = loadPlot();
  const points = h
    .map((value, i) => [value, Math.max(floor, error[i]!)] as [number, number])
    .sort((a, b) => a[0] - b[0]);
  const best = points.reduce((a, b) => (b[1] < a[1] ? b : a));
  const panel = chart({
    width,
    height: 250,
    marginLeft: 42,
    x: { label: "step size h", domain: paddedDomain(h, 0.05, "log"), scale: "log", grid: false },
    y: {
      label: "largest relative error",
      domain: paddedDomain(
        points.map(([, y]) => y),
        0.1,
        "log",
      ),
      scale: "log",
    },
    marks: [
      Plot.line(points, { x: "0", y: "1", stroke: roles.train, strokeWidth: 2 }),
      Plot.dot(points, { x: "0", y: "1", fill: roles.train, r: 2.5 }),
    ],
  });
  const [x, y] = [panel.x(best[0]), panel.y(best[1])];
  const mark = element("circle", {
    cx: x,
    cy: y,
    r: 6,
    fill: "none",
    stroke: roles.highlight,
    "stroke-width": 2,
  });
  return {
    title: "Which h?",
    note: `smallest error at h = ${plainNumber(best[0], 2)}`,
    panel: withOverlay(panel, mark),
  };
}
