import { checkChoice, errorText, ShapeError } from "../../errors.js";
import { classSymbols, legendMarks } from "../basic/scatter.js";
import { chart, loadPlot, type Panel, paddedDomain } from "../chart.js";
import { Figure } from "../figure.js";
import {
  type FigureOptions,
  frame,
  type NumberArray,
  namedEntries,
  readOptions,
  toMatrix,
} from "../input.js";
import { type Cell, page } from "../layout.js";
import { palette } from "../theme.js";

/** Points in a plane with their classes. */
export interface ClusteredPoints {
  /** Shape `[n, 2]`: activations projected to a plane. */
  readonly points: NumberArray;
  /** Class of each point, `[n]`. */
  readonly labels: ArrayLike<number | string>;
}

/** One model's points, or those of several models by name. */
export type ClustersData = ClusteredPoints | Readonly<Record<string, ClusteredPoints>>;

export interface ClustersOptions extends FigureOptions {
  readonly xLabel?: string | undefined;
  readonly yLabel?: string | undefined;
  /** A quiet line under a model's name. */
  readonly notes?: Readonly<Record<string, string>> | undefined;
  /** "each": every model on its own axes, so that shapes compare. "shared": one pair of axes, so that sizes compare. Default "each". */
  readonly range?: "each" | "shared" | undefined;
}

/**
 * How a model sees its classes: activations of a hidden layer, projected to a plane, a color and a symbol for each class; several
 * models side by side. One unit is as long on both axes, so round clouds look round.
 *
 * @throws {ShapeError} when points are not `[n, 2]`, or labels have another length
 * @see Müller, Kornblith and Hinton 2019, arXiv:1906.02629, for what label smoothing does to these clusters
 * @example
 * plot.clusters({ points: [[0, 0], [1, 1]], labels: ["cat", "dog"] }).svg.includes("dog") // true
 */
export function clusters(data: ClustersData, options: ClustersOptions = {}): Figure<ClustersData> {
  const settings = readOptions("clusters", options, {
    ...frame,
    xLabel: "",
    yLabel: "",
    notes: {} as Readonly<Record<string, string>>,
    range: "each" as "each" | "shared",
  });
  checkChoice("clusters", "range", settings.range, ["each", "shared"]);
  return new Figure("clusters", data, (current) => {
    const { title, subtitle, width, notes, range } = settings;
    const isOne =
      typeof current === "object" && current !== null && "points" in current && "labels" in current;
    const entries: [string, ClusteredPoints][] = isOne
      ? [["", current as ClusteredPoints]]
      : namedEntries("clusters", "data", current as Readonly<Record<string, ClusteredPoints>>);
    const models = entries.map(([name, { points, labels }]) => readModel(name, points, labels));
    const names = [...new Set(models.flatMap(({ labels }) => labels))].sort((a, b) =>
      a.localeCompare(b, "en", { numeric: true }),
    );
    const columns = Math.min(3, models.length);
    const size = columns === 1 ? Math.min(420, width - 20) : (width - 20 - 12 * (columns - 1)) / columns;
    const everything = models.flatMap(({ points }) => points);
    const cells = models.map(({ name, points, labels }, i): Cell => {
      const seen = range === "shared" ? everything : points;
      return {
        title: name === "" ? undefined : name,
        note: notes[name],
        panel: cloud(points, labels, names, seen, size, [
          settings.xLabel,
          i % columns === 0 ? settings.yLabel : "",
        ]),
      };
    });
    const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, r) =>
      cells.slice(r * columns, (r + 1) * columns),
    );
    const legend = names.map((name, k) => ({
      label: name,
      color: palette[k % palette.length]!,
      mark: legendMarks[k % legendMarks.length]!,
    }));
    return page({
      width,
      title,
      subtitle,
      legend: names.length > 1 ? legend : [],
      rows,
      label: `Clusters of the classes ${names.join(", ")}`,
    });
  });
}

interface Model {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
  readonly labels: readonly string[];
}

function readModel(name: string, given: NumberArray, labels: ArrayLike<number | string>): Model {
  const what = (key: string): string => (name === "" ? key : `${name}.${key}`);
  const points = toMatrix("clusters", what("points"), given);
  if (points[0]!.length !== 2)
    throw new ShapeError(
      errorText(
        "clusters",
        `${what("points")} must be [n, 2], got [${points.length}, ${points[0]!.length}]`,
        "",
        "project the activations to a plane first",
      ),
    );
  const read = Array.from(labels, String);
  if (read.length !== points.length)
    throw new ShapeError(
      errorText(
        "clusters",
        `${what("labels")} must have one entry for each point (${points.length}), got ${read.length}`,
      ),
    );
  return { name, points: points.map(([x, y]) => [x!, y!] as const), labels: read };
}

/** Points between axes of one scale: the range of the larger spread, around the middle of each. */
function cloud(
  points: Model["points"],
  labels: readonly string[],
  names: readonly string[],
  seen: Model["points"],
  width: number,
  [xLabel, yLabel]: readonly [string, string],
): Panel {
  const spans = [0, 1].map((axis) =>
    paddedDomain(
      seen.map((point) => point[axis]!),
      0.06,
    ),
  );
  const middles = spans.map(([low, high]) => (low + high) / 2);
  const half = Math.max(...spans.map(([low, high]) => high - low)) / 2;
  const [x, y] = middles.map((middle) => [middle - half, middle + half] as const) as [
    readonly [number, number],
    readonly [number, number],
  ];
  const [left, right, top, bottom] = [38, 8, 26, xLabel === "" ? 24 : 38];
  const Plot = loadPlot();
  const marks = names.map((name, k) =>
    Plot.dot(points.filter((_, i) => labels[i] === name) as [number, number][], {
      x: "0",
      y: "1",
      fill: palette[k % palette.length]!,
      fillOpacity: 0.65,
      r: points.length > 300 ? 2 : 3,
      symbol: classSymbols[k % classSymbols.length]!,
    }),
  );
  return chart({
    width,
    height: width - left - right + top + bottom,
    marginLeft: left,
    marginRight: right,
    marginTop: top,
    marginBottom: bottom,
    x: { label: xLabel, domain: x },
    y: { label: yLabel, domain: y },
    marks,
  });
}
