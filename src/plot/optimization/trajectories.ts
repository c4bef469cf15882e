import { checkNumber, errorText, ShapeError, showShape } from "../../errors.js";
import { type ChartPanel, withOverlay } from "../chart.js";
import { Figure } from "../figure.js";
import {
  type FigureOptions,
  frame,
  type NumberArray,
  namedEntries,
  readOptions,
  toMatrix,
} from "../input.js";
import { type EndLabel, endLabelMargin, endLabels, type LegendItem } from "../labels.js";
import { type Cell, page } from "../layout.js";
import { arrow, element, text } from "../svg.js";
import { ink, type SeriesStyle, seriesStyles, textColor } from "../theme.js";
import { minimaMarks } from "./contour.js";
import { readSurface, type SurfaceInput, surfacePanel } from "./surface.js";

/** Paths of optimizers on one surface. */
export interface TrajectoryData {
  readonly surface: SurfaceInput;
  /** Positions step by step, shape `[steps + 1, 2]`, by optimizer; the first is the start. */
  readonly paths: Readonly<Record<string, NumberArray>>;
  /** Heading when several surfaces stand side by side. */
  readonly name?: string | undefined;
  /** Vectors to draw at points of a path: the gradient g, the momentum m. In units of the axes. */
  readonly arrows?:
    | readonly {
        readonly at: readonly number[];
        readonly vector: readonly number[];
        readonly label: string;
      }[]
    | undefined;
}

export interface TrajectoriesOptions extends FigureOptions {
  readonly xDomain?: readonly [number, number] | undefined;
  readonly yDomain?: readonly [number, number] | undefined;
  readonly xLabel?: string | undefined;
  readonly yLabel?: string | undefined;
  readonly height?: number | undefined;
}

/**
 * The paths of several optimizers over the contour lines of a surface, a dot for each step while they can be told apart,
 * from one start (ring). Each path ends in its optimizer's name; a path that leaves the picture ends in a cross at its edge.
 * Several surfaces stand side by side.
 *
 * @param data surface and paths, or a list of such with names
 * @throws {ShapeError} when a path is not of shape `[steps + 1, 2]`
 * @example
 * plot.trajectories({ surface: (x, y) => x * x + y * y, paths: { SGD: [[1, 1], [0.5, 0.5]] } }).size.width // 640
 */
export function trajectories(
  data: TrajectoryData | readonly TrajectoryData[],
  options: TrajectoriesOptions = {},
): Figure<TrajectoryData | readonly TrajectoryData[]> {
  const settings = readOptions("trajectories", options, {
    ...frame,
    xDomain: undefined as readonly [number, number] | undefined,
    yDomain: undefined as readonly [number, number] | undefined,
    xLabel: "w₁",
    yLabel: "w₂",
    height: undefined as number | undefined,
  });
  if (settings.height !== undefined) checkNumber("trajectories", "height", settings.height, { min: 100 });
  return new Figure("trajectories", data, (current) => {
    const list = Array.isArray(current)
      ? (current as readonly TrajectoryData[])
      : [current as TrajectoryData];
    if (list.length === 0)
      throw new RangeError(errorText("trajectories", "data must have at least one surface, got none"));
    const names = [
      ...new Set(
        list.flatMap((item) => namedEntries("trajectories", "paths", item.paths).map(([name]) => name)),
      ),
    ];
    const styles = new Map(seriesStyles(names).map((style, i) => [names[i]!, style]));
    const inner = settings.width - 20;
    const single = list.length === 1;
    const columns = Math.min(3, list.length);
    const width = single ? inner : (inner - 12 * (columns - 1)) / columns;
    const cells = list.map(
      (item): Cell => ({ title: item.name, panel: pathsPanel(item, styles, width, settings, single) }),
    );
    const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, r) =>
      cells.slice(r * columns, (r + 1) * columns),
    );
    const legend: LegendItem[] = single ? [] : names.map((name) => ({ label: name, ...styles.get(name)! }));
    return page({
      width: settings.width,
      title: settings.title,
      subtitle: settings.subtitle,
      legend,
      rows,
      label: `Paths of ${names.join(", ")}`,
    });
  });
}

function pathsPanel(
  data: TrajectoryData,
  styles: ReadonlyMap<string, SeriesStyle>,
  width: number,
  settings: {
    xDomain: readonly [number, number] | undefined;
    yDomain: readonly [number, number] | undefined;
    xLabel: string;
    yLabel: string;
    height: number | undefined;
  },
  labeled: boolean,
): ChartPanel {
  const surface = readSurface("trajectories", data.surface, settings);
  const paths = Object.entries(data.paths).map(([name, value]) => {
    const points = toMatrix("trajectories", `paths.${name}`, value, { allowNonFinite: true });
    if (points[0]!.length !== 2)
      throw new ShapeError(
        errorText(
          "trajectories",
          `paths.${name} must have shape [steps + 1, 2], got ${showShape([points.length, points[0]!.length])}`,
        ),
      );
    return { name, points };
  });
  const { xLabel, yLabel, height = labeled ? 400 : 230 } = settings;
  const marginRight = labeled ? endLabelMargin(paths.map(({ name }) => `${name} ✕`)) : 10;
  const panel = surfacePanel(surface, { width, height, xLabel, yLabel, marginRight });
  const isInside = (point: readonly number[]): boolean => {
    const [x, y] = [panel.x(point[0]!), panel.y(point[1]!)];
    return x >= panel.left - 0.5 && x <= panel.right + 0.5 && y >= panel.top - 0.5 && y <= panel.bottom + 0.5;
  };
  const drawn: string[] = [];
  const ends: EndLabel[] = [];
  for (const { name, points } of paths) {
    const { color, dash } = styles.get(name)!;
    const leaves = points.findIndex((point) => !isInside(point));
    const kept = leaves < 0 ? points : points.slice(0, leaves);
    const pixels = kept.map((point) => [panel.x(point[0]!), panel.y(point[1]!)] as const);
    const end = pixels.at(-1) ?? ([panel.left, panel.top] as const);
    const d = `M${pixels.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}`;
    const line =
      pixels.length > 1
        ? element("path", {
            d,
            stroke: color,
            "stroke-width": 1.8,
            "stroke-dasharray": dash,
            "stroke-linejoin": "round",
            fill: "none",
          })
        : "";
    // Dots only where the steps are visibly apart.
    const apart = pixels
      .filter(([x, y], i) => i === 0 || Math.hypot(x - pixels[i - 1]![0], y - pixels[i - 1]![1]) > 4)
      .slice(0, 120);
    const dots = element("path", {
      d: apart.map(([x, y]) => `M${x.toFixed(1)},${y.toFixed(1)}h0`).join(""),
      stroke: color,
      "stroke-width": 4.5,
      "stroke-linecap": "round",
      fill: "none",
    });
    const finish =
      leaves < 0
        ? element("circle", {
            cx: end[0],
            cy: end[1],
            r: 4.5,
            fill: color,
            stroke: ink.paper,
            "stroke-width": 1.5,
          })
        : element("path", {
            d: `M${(end[0] - 4).toFixed(1)},${(end[1] - 4).toFixed(1)}l8,8m0,-8l-8,8`,
            stroke: color,
            "stroke-width": 2.5,
            fill: "none",
          });
    drawn.push(element("g", { "aria-label": name }, line, dots, finish));
    ends.push({ label: leaves < 0 ? name : `${name} ✕`, x: end[0], y: end[1], color });
  }
  const start = paths[0]!.points[0]!;
  if (isInside(start))
    drawn.push(
      element("circle", {
        cx: panel.x(start[0]!),
        cy: panel.y(start[1]!),
        r: 6,
        fill: "none",
        stroke: ink.text,
        "stroke-width": 1.8,
      }),
      labeled
        ? text(panel.x(start[0]!), panel.y(start[1]!) - 14, "start", {
            anchor: "middle",
            halo: ink.paper,
            bold: true,
          })
        : "",
    );
  for (const { at, vector, label } of data.arrows ?? []) {
    const [x1, y1] = [panel.x(at[0]!), panel.y(at[1]!)];
    const [x2, y2] = [panel.x(at[0]! + vector[0]!), panel.y(at[1]! + vector[1]!)];
    drawn.push(
      arrow(x1, y1, x2, y2, { stroke: ink.text, width: 2 }),
      text(x2 + (x2 >= x1 ? 5 : -5), y2, label, {
        anchor: x2 >= x1 ? "start" : "end",
        halo: ink.paper,
        italic: true,
        fill: textColor(ink.text),
      }),
    );
  }
  return withOverlay(
    panel,
    drawn.join("") + minimaMarks(surface.minima, panel.x, panel.y) + (labeled ? endLabels(panel, ends) : ""),
  );
}
