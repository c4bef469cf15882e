// A function of two variables as a picture: shaded levels and contour lines. contour, trajectories and landscape2d share it.

import { checkNumber, errorText, ShapeError, showShape, showValue } from "../../errors.js";
import { type ChartPanel, chart, loadPlot, withOverlay } from "../chart.js";
import { colorScale, type Rgb } from "../colorScale.js";
import { linspace, type NumberArray, toMatrix, toVector } from "../input.js";
import { extent } from "../numbers.js";
import { raster } from "../raster.js";

/** Values on a grid: `z[row][column]` belongs to `y[row]` and `x[column]`. */
export interface SurfaceGrid {
  readonly x: NumberArray;
  readonly y: NumberArray;
  readonly z: NumberArray;
}

/** A function of two numbers, which may bring the region worth looking at and its minima. */
export interface SurfaceFunction {
  (x: number, y: number): number;
  readonly xDomain?: readonly [number, number] | undefined;
  readonly yDomain?: readonly [number, number] | undefined;
  readonly minima?: readonly (readonly number[])[] | undefined;
}

export type SurfaceInput = SurfaceFunction | SurfaceGrid;

/** A surface sampled on an even grid. */
export interface Surface {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly z: readonly (readonly number[])[];
  readonly minima: readonly (readonly number[])[];
}

export interface SurfaceRegion {
  readonly xDomain?: readonly [number, number] | undefined;
  readonly yDomain?: readonly [number, number] | undefined;
  /** Samples along each axis of a function; default 120. */
  readonly resolution?: number | undefined;
}

/** Samples a function, or checks a grid. @throws {TypeError} for another form, {ShapeError} when z does not fit x and y */
export function readSurface(where: string, input: SurfaceInput, region: SurfaceRegion = {}): Surface {
  const { resolution = 120 } = region;
  if (typeof input === "function") {
    checkNumber(where, "resolution", resolution, { integer: true, min: 4, max: 600 });
    const [x0, x1] = region.xDomain ?? input.xDomain ?? [-2, 2];
    const [y0, y1] = region.yDomain ?? input.yDomain ?? [-2, 2];
    if (!(x0 < x1 && y0 < y1))
      throw new RangeError(
        errorText(
          where,
          `xDomain and yDomain must be [low, high] with low < high, got [${x0}, ${x1}] and [${y0}, ${y1}]`,
        ),
      );
    const [xs, ys] = [linspace(x0, x1, resolution), linspace(y0, y1, resolution)];
    return { xs, ys, z: ys.map((y) => xs.map((x) => Number(input(x, y)))), minima: input.minima ?? [] };
  }
  if (typeof input !== "object" || input === null || !("z" in input))
    throw new TypeError(
      errorText(
        where,
        `a surface must be a function of x and y, or a grid {x, y, z}, got ${showValue(input)}`,
      ),
    );
  const xs = toVector(where, "x", input.x);
  const ys = toVector(where, "y", input.y);
  const z = toMatrix(where, "z", input.z, { allowNonFinite: true });
  if (z.length !== ys.length || z[0]!.length !== xs.length)
    throw new ShapeError(
      errorText(
        where,
        "z must have a row for each y and a column for each x, got other sizes",
        `z ${showShape([z.length, z[0]!.length])}, y [${ys.length}], x [${xs.length}]`,
      ),
    );
  return { xs, ys, z, minima: [] };
}

export interface SurfacePanelOptions {
  readonly width: number;
  readonly height: number;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly marginRight?: number;
  /** "log": levels are geometric above the lowest value, for surfaces with a deep valley; default when they span a factor of 50. */
  readonly levels?: "linear" | "log" | "auto";
}

/** Shading from white (low) to blue (high), contour lines on top. */
export function surfacePanel(surface: Surface, options: SurfacePanelOptions): ChartPanel {
  const { xs, ys, z } = surface;
  const { width, height, xLabel, yLabel, marginRight = 14, levels = "auto" } = options;
  const flat = z.flat();
  const [low, high] = extent(flat) ?? [0, 1];
  const sorted = flat.filter(Number.isFinite).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? low;
  const isLog = levels === "log" || (levels === "auto" && high - low > 12 * (median - low) + 1e-300);
  const shift = (high - low || 1) * 2e-4;
  const level = isLog
    ? (value: number): number => Math.log10(value - low + shift)
    : (value: number): number => value;
  const [bottom, top] = [level(low), level(high)];
  const count = 14;
  const thresholds = Array.from(
    { length: count },
    (_, i) => bottom + ((i + 1) * (top - bottom)) / (count + 1),
  );
  const Plot = loadPlot();
  const [x1, x2, y1, y2] = [xs[0]!, xs.at(-1)!, ys[0]!, ys.at(-1)!];
  const panel = chart({
    width,
    height,
    marginRight,
    x: { label: xLabel, domain: [Math.min(x1, x2), Math.max(x1, x2)], grid: false },
    y: { label: yLabel, domain: [Math.min(y1, y2), Math.max(y1, y2)], grid: false },
    marks: [
      Plot.contour(flat.map(level), {
        width: xs.length,
        height: ys.length,
        x1,
        x2,
        y1,
        y2,
        thresholds,
        stroke: "#5b7083",
        strokeOpacity: 0.55,
        strokeWidth: 0.7,
      }),
    ],
  });
  const scale = colorScale("amount", bottom, top);
  // Half way to white: the paths on top carry the colors that matter.
  const shade = (value: number): Rgb => {
    const band = Math.floor(((level(value) - bottom) / (top - bottom || 1)) * (count + 1)) / (count + 1);
    const [r, g, b] = scale.rgb(Number.isFinite(value) ? bottom + band * (top - bottom) : Number.NaN);
    return [Math.round((r + 255) / 2), Math.round((g + 255) / 2), Math.round((b + 255) / 2)];
  };
  const isUp = y2 > y1;
  const picture = raster(
    xs.length,
    ys.length,
    (row, column) => shade(z[isUp ? ys.length - 1 - row : row]![column]!),
    {
      x: panel.left,
      y: panel.top,
      width: panel.right - panel.left,
      height: panel.bottom - panel.top,
      label: "levels",
      density: 1,
    },
  );
  return withOverlay(panel, "", picture);
}
