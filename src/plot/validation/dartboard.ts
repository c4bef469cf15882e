import { errorText, ShapeError, showShape } from "../../errors.js";
import type { Panel } from "../chart.js";
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
import { plainNumber } from "../numbers.js";
import { element } from "../svg.js";
import { ink, roles } from "../theme.js";

/**
 * Errors of many models by name, shape `[models, 2]`: prediction minus truth at two test points. A model trained on each of
 * many training sets is a dart.
 */
export type DartboardData = Readonly<Record<string, NumberArray>>;

/**
 * Bias and variance as darts: each dart is a model's error at two test points, the middle is the truth, the cross the mean
 * of the darts. Far from the middle is bias, far from each other is variance. All boards have one scale.
 *
 * @throws {ShapeError} when errors are not of shape `[models, 2]`
 * @example
 * plot.dartboard({ line: [[1, 1], [1.1, 0.9]], degree9: [[1, -1], [-1, 1]] }).size.width // 640
 */
export function dartboard(data: DartboardData, options: FigureOptions = {}): Figure<DartboardData> {
  const settings = readOptions("dartboard", options, { ...frame });
  return new Figure("dartboard", data, (current) => {
    const { title, subtitle, width } = settings;
    const boards = namedEntries("dartboard", "data", current).map(([name, value]) => {
      const darts = toMatrix("dartboard", name, value);
      if (darts[0]!.length !== 2)
        throw new ShapeError(
          errorText(
            "dartboard",
            `${name} must have shape [models, 2], got ${showShape([darts.length, darts[0]!.length])}`,
          ),
        );
      return { name, darts };
    });
    const distances = boards
      .flatMap(({ darts }) => darts.map(([a, b]) => Math.hypot(a!, b!)))
      .sort((a, b) => a - b);
    // The outermost hundredth may miss the board, so that one wild model does not make all boards unreadable.
    const reach = distances[Math.floor(0.99 * (distances.length - 1))]! * 1.1 || 1;
    const columns = boards.length === 4 ? 2 : Math.min(3, boards.length);
    const size = Math.min(250, (width - 20 - 16 * (columns - 1)) / columns);
    const cells = boards.map(({ name, darts }): Cell => {
      const mean = [0, 1].map((k) => darts.reduce((sum, dart) => sum + dart[k]!, 0) / darts.length);
      const bias2 = mean[0]! ** 2 + mean[1]! ** 2;
      const variance =
        darts.reduce((sum, dart) => sum + (dart[0]! - mean[0]!) ** 2 + (dart[1]! - mean[1]!) ** 2, 0) /
        darts.length;
      return {
        title: name,
        note: `bias² ${plainNumber(bias2 / 2, 2)}, variance ${plainNumber(variance / 2, 2)}`,
        panel: board(darts, mean, reach, size),
      };
    });
    const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, r) =>
      cells.slice(r * columns, (r + 1) * columns),
    );
    const legend = [
      { label: "one model", color: roles.train, mark: "dot" as const },
      { label: "mean of the models", color: roles.highlight, mark: "cross" as const },
    ];
    return page({
      width,
      title,
      subtitle,
      legend,
      rows,
      gap: 16,
      caption: `The middle is the truth; the outer ring is an error of ${plainNumber(reach, 2)}. Numbers are means over the two test points.`,
      label: "Dart boards of model errors",
    });
  });
}

function board(darts: readonly number[][], mean: readonly number[], reach: number, size: number): Panel {
  const center = size / 2;
  const radius = center - 6;
  const at = (value: number): number => (value / reach) * radius;
  const rings = [1, 0.75, 0.5, 0.25].map((share, i) =>
    element("circle", {
      cx: center,
      cy: center,
      r: radius * share,
      fill: i % 2 === 0 ? "#f3f4f6" : ink.paper,
      stroke: ink.line,
      "stroke-width": 0.6,
    }),
  );
  const middle = element("circle", { cx: center, cy: center, r: 4, fill: ink.text });
  const hits = darts.filter(([a, b]) => Math.hypot(a!, b!) <= reach);
  const points = hits.map(([a, b]) =>
    element("circle", {
      cx: center + at(a!),
      cy: center - at(b!),
      r: 3,
      fill: roles.train,
      "fill-opacity": 0.5,
    }),
  );
  const [mx, my] = [center + at(mean[0]!), center - at(mean[1]!)];
  const cross = element("path", {
    d: `M${(mx - 7).toFixed(1)},${my.toFixed(1)}h14m-7,-7v14`,
    stroke: roles.highlight,
    "stroke-width": 3,
    fill: "none",
  });
  return { width: size, height: size, content: [...rings, middle, ...points, cross].join("") };
}
