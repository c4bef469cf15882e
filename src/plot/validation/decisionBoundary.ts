import { checkNumber } from "../../errors.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, namedEntries, readOptions } from "../input.js";
import { type Cell, page } from "../layout.js";
import { palette } from "../theme.js";
import {
  boundaryPanel,
  type Classifier,
  classMarks,
  type LabeledPoints,
  readPoints,
} from "./boundaryPanel.js";

export interface DecisionBoundaryData extends LabeledPoints {
  /** A classifier (points `[m, 2]` → m classes, or probabilities of the second of two classes), or several by name. */
  readonly predict: Classifier | Readonly<Record<string, Classifier>>;
}

export interface DecisionBoundaryOptions extends FigureOptions {
  readonly xLabel?: string | undefined;
  readonly yLabel?: string | undefined;
  /** A quiet line under a classifier's name. */
  readonly notes?: Readonly<Record<string, string>> | undefined;
  /** Names of the classes in order; default their numbers. */
  readonly classes?: readonly string[] | undefined;
  readonly height?: number | undefined;
}

/**
 * What a classifier says everywhere: regions in the color of their class, the samples on top; several classifiers side by
 * side. Given probabilities of two classes, the shade is the certainty.
 *
 * @param data.x shape `[n, 2]`; @param data.labels `[n]`, whole numbers
 * @throws {ShapeError} when x is not `[n, 2]`
 * @example
 * plot.decisionBoundary({ x: [[0, 0], [1, 1]], labels: [0, 1], predict: (points) => points.map(([a]) => (a > 0.5 ? 1 : 0)) }).size.width // 640
 */
export function decisionBoundary(
  data: DecisionBoundaryData,
  options: DecisionBoundaryOptions = {},
): Figure<DecisionBoundaryData> {
  const settings = readOptions("decisionBoundary", options, {
    ...frame,
    xLabel: "x₁",
    yLabel: "x₂",
    notes: {} as Readonly<Record<string, string>>,
    classes: undefined as readonly string[] | undefined,
    height: undefined as number | undefined,
  });
  if (settings.height !== undefined) checkNumber("decisionBoundary", "height", settings.height, { min: 80 });
  return new Figure("decisionBoundary", data, (current) => {
    const { title, subtitle, width, xLabel, yLabel, notes } = settings;
    const set = readPoints("decisionBoundary", current);
    const classifiers: [string, Classifier][] =
      typeof current.predict === "function"
        ? [["", current.predict]]
        : namedEntries("decisionBoundary", "predict", current.predict);
    const columns = Math.min(3, classifiers.length);
    const panelWidth =
      columns === 1 ? Math.min(420, width - 20) : (width - 20 - 12 * (columns - 1)) / columns;
    const height = settings.height ?? Math.round(panelWidth * 0.9 + 30);
    const cells = classifiers.map(
      ([name, classify], i): Cell => ({
        title: name === "" ? undefined : name,
        note: notes[name],
        panel: boundaryPanel("decisionBoundary", set, classify, {
          width: panelWidth,
          height,
          xLabel,
          yLabel: i % columns === 0 ? yLabel : " ",
        }),
      }),
    );
    const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, r) =>
      cells.slice(r * columns, (r + 1) * columns),
    );
    const legend = set.classes.map((label, k) => ({
      label: settings.classes?.[k] ?? `class ${label}`,
      color: palette[k % palette.length]!,
      mark: classMarks[k % classMarks.length]!,
    }));
    return page({ width, title, subtitle, legend, rows, label: "Decision boundary" });
  });
}
