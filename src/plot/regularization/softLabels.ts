import { checkNumber, errorText, ShapeError } from "../../errors.js";
import { chart, loadPlot, withOverlay } from "../chart.js";
import { Figure } from "../figure.js";
import {
  type FigureOptions,
  frame,
  type NumberArray,
  namedEntries,
  readOptions,
  toVector,
} from "../input.js";
import { type Cell, page } from "../layout.js";
import { fixedNumber } from "../numbers.js";
import { text } from "../svg.js";
import { roles, textColor } from "../theme.js";

/** Probabilities of the classes, shape `[K]`, by name: a hard label, a smoothed one, what a model says. */
export type SoftLabelsData = Readonly<Record<string, NumberArray>>;

export interface SoftLabelsOptions extends FigureOptions {
  /** Names of the classes; default their numbers. */
  readonly classes?: readonly string[] | undefined;
  /** Panels in a row; default up to 4. */
  readonly columns?: number | undefined;
}

/**
 * Labels as distributions over the classes, side by side on one axis: what is asked of the model before and after label smoothing or
 * mixing. The largest probability of each is in color; values are written on the bars where there is room.
 *
 * @throws {ShapeError} when the labels differ in their number of classes; {RangeError} for a probability outside [0, 1]
 * @example
 * plot.softLabels({ hard: [1, 0], smoothed: [0.95, 0.05] }).svg.includes("0.95") // true
 */
export function softLabels(data: SoftLabelsData, options: SoftLabelsOptions = {}): Figure<SoftLabelsData> {
  const settings = readOptions("softLabels", options, {
    ...frame,
    classes: undefined as readonly string[] | undefined,
    columns: undefined as number | undefined,
  });
  if (settings.columns !== undefined)
    checkNumber("softLabels", "columns", settings.columns, { integer: true, min: 1, max: 10 });
  return new Figure("softLabels", data, (current) => {
    const { title, subtitle, width, classes } = settings;
    const labels = namedEntries("softLabels", "data", current).map(([name, values]) => ({
      name,
      values: toVector("softLabels", name, values),
    }));
    const count = labels[0]!.values.length;
    for (const { name, values } of labels) {
      if (values.length !== count)
        throw new ShapeError(
          errorText(
            "softLabels",
            `all labels must have the same number of classes (${count}), got ${values.length} for "${name}"`,
          ),
        );
      // Rounding of float32 probabilities may pass the ends by a little.
      const wrong = values.find((value) => value < -1e-6 || value > 1 + 1e-6);
      if (wrong !== undefined)
        throw new RangeError(
          errorText("softLabels", `probabilities must be from 0 to 1, got ${wrong} for "${name}"`),
        );
    }
    if (classes !== undefined && classes.length !== count)
      throw new ShapeError(
        errorText(
          "softLabels",
          `classes must have one name for each class (${count}), got ${classes.length}`,
        ),
      );
    const columns = settings.columns ?? Math.min(4, labels.length);
    const size = (width - 20 - 14 * (columns - 1)) / columns;
    const cells = labels.map(
      ({ name, values }, i): Cell => ({
        title: name,
        panel: barsOf(values, Math.min(size, 420), i % columns === 0, classes),
      }),
    );
    const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, r) =>
      cells.slice(r * columns, (r + 1) * columns),
    );
    return page({
      width,
      title,
      subtitle,
      rows,
      gap: 14,
      label: `Probabilities of ${count} classes: ${labels.map(({ name }) => name).join(", ")}`,
    });
  });
}

function barsOf(
  values: readonly number[],
  width: number,
  isFirst: boolean,
  classes: readonly string[] | undefined,
): Cell["panel"] {
  const Plot = loadPlot();
  const largest = values.indexOf(Math.max(...values));
  const bars = values.map((value, k) => ({
    x1: k - 0.4,
    x2: k + 0.4,
    y: Math.min(1, Math.max(0, value)),
    color: k === largest ? roles.highlight : roles.train,
  }));
  const panel = chart({
    width,
    height: 170,
    marginLeft: isFirst ? 38 : 22,
    marginRight: 4,
    marginTop: 26,
    x: {
      label: "class",
      domain: [-0.6, values.length - 0.4],
      ticks: values.map((_, k) => k),
      format: (k) => classes?.[k] ?? String(k),
      grid: false,
    },
    y: {
      label: isFirst ? "probability" : "",
      domain: [0, 1.15],
      ticks: [0, 0.5, 1],
      format: (y) => (isFirst ? String(y) : ""),
    },
    marks: [Plot.rectY(bars, { x1: "x1", x2: "x2", y1: 0, y2: "y", fill: "color" })],
  });
  // Written only where neighbors of the same size would not touch; the largest always.
  const step = panel.x(1) - panel.x(0);
  const written = values.map((value, k) =>
    k === largest || (step >= 30 && value >= 0.005)
      ? text(panel.x(k), panel.y(value) - 7, fixedNumber(value, 2), {
          anchor: "middle",
          size: 10.5,
          fill: textColor(k === largest ? roles.highlight : roles.train),
        })
      : "",
  );
  return withOverlay(panel, written.join(""));
}
