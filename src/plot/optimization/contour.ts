import { checkChoice } from "../../errors.js";
import { withOverlay } from "../chart.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, readOptions } from "../input.js";
import { page } from "../layout.js";
import { element } from "../svg.js";
import { ink } from "../theme.js";
import { readSurface, type SurfaceInput, surfacePanel } from "./surface.js";

export interface ContourOptions extends FigureOptions {
  readonly xLabel?: string | undefined;
  readonly yLabel?: string | undefined;
  readonly xDomain?: readonly [number, number] | undefined;
  readonly yDomain?: readonly [number, number] | undefined;
  /** Even or geometric levels; default "auto": geometric when most of the surface is low beside its peaks. */
  readonly levels?: "auto" | "linear" | "log" | undefined;
  readonly height?: number | undefined;
}

/** Marks the minima with a cross. */
export function minimaMarks(
  minima: readonly (readonly number[])[],
  x: (value: number) => number,
  y: (value: number) => number,
): string {
  return minima
    .map((minimum) =>
      element("path", {
        d: `M${(x(minimum[0]!) - 4).toFixed(1)},${y(minimum[1]!).toFixed(1)}h8m-4,-4v8`,
        stroke: ink.text,
        "stroke-width": 1.8,
        fill: "none",
        "aria-label": "minimum",
      }),
    )
    .join("");
}

/**
 * Levels of a function of two variables: white is low, blue is high, a cross marks a known minimum.
 *
 * @param surface a function (x, y) → z, such as those of `optim.surfaces`, or a grid `{x, y, z}` with z of shape `[y, x]`
 * @param options.xDomain default the function's own, else [−2, 2]
 * @throws {ShapeError} when z does not have a row for each y and a column for each x
 * @example
 * plot.contour((x, y) => x * x + 10 * y * y).size.width // 640
 */
export function contour(surface: SurfaceInput, options: ContourOptions = {}): Figure<SurfaceInput> {
  const settings = readOptions("contour", options, {
    ...frame,
    xLabel: "w₁",
    yLabel: "w₂",
    xDomain: undefined as readonly [number, number] | undefined,
    yDomain: undefined as readonly [number, number] | undefined,
    levels: "auto" as "auto" | "linear" | "log",
    height: 400,
  });
  checkChoice("contour", "levels", settings.levels, ["auto", "linear", "log"]);
  return new Figure("contour", surface, (current) => {
    const { title, subtitle, width, height, xLabel, yLabel, levels } = settings;
    const read = readSurface("contour", current, settings);
    const panel = surfacePanel(read, {
      width: Math.min(width - 20, height * 1.25),
      height,
      xLabel,
      yLabel,
      levels,
    });
    return page({
      width,
      title,
      subtitle,
      rows: [[{ panel: withOverlay(panel, minimaMarks(read.minima, panel.x, panel.y)) }]],
      label: "Contour lines",
    });
  });
}
