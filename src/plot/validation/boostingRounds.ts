import { errorText, ShapeError, showValue } from "../../errors.js";
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
import { endLabelMargin, endLabels } from "../labels.js";
import { type Cell, page } from "../layout.js";
import { palette, seriesStyles } from "../theme.js";
import {
  boundaryPanel,
  type Classifier,
  classMarks,
  type LabeledPoints,
  readPoints,
} from "./boundaryPanel.js";

/** A moment of boosting. */
export interface BoostingRound {
  readonly round: number;
  /** Weight of each sample before this round's learner; drawn as the area of its dot. */
  readonly weights: NumberArray;
  /** The ensemble up to here. */
  readonly predict?: Classifier | undefined;
  readonly note?: string | undefined;
}

export interface BoostingRoundsData extends LabeledPoints {
  readonly rounds: readonly BoostingRound[];
  /** Error after each round, by name (train, test). */
  readonly errors?: Readonly<Record<string, NumberArray>> | undefined;
}

/**
 * Boosting round by round: dots grow with their weight, so one sees which samples the next weak learner must get right;
 * the regions are those of the ensemble so far; below, the error after each round.
 *
 * @throws {ShapeError} when weights do not have a value for each point; {RangeError} when there is no round
 * @see Freund and Schapire 1997
 * @example
 * plot.boostingRounds({ x: [[0, 0], [1, 1]], labels: [0, 1], rounds: [{ round: 1, weights: [0.5, 0.5] }] }).size.width // 640
 */
export function boostingRounds(
  data: BoostingRoundsData,
  options: FigureOptions = {},
): Figure<BoostingRoundsData> {
  const settings = readOptions("boostingRounds", options, { ...frame });
  return new Figure("boostingRounds", data, (current) => {
    const { title, subtitle, width } = settings;
    const set = readPoints("boostingRounds", current);
    if (!Array.isArray(current.rounds) || current.rounds.length === 0)
      throw new RangeError(
        errorText(
          "boostingRounds",
          `rounds must have at least one round {round, weights}, got ${showValue(current.rounds)}`,
        ),
      );
    const columns = current.rounds.length === 4 ? 2 : Math.min(3, current.rounds.length);
    const size = (width - 20 - 12 * (columns - 1)) / columns;
    const n = set.points.length;
    const cells = current.rounds.map(({ round, weights, predict, note }, i): Cell => {
      const list = toVector("boostingRounds", `rounds[${i}].weights`, weights);
      if (list.length !== n)
        throw new ShapeError(
          errorText(
            "boostingRounds",
            `rounds[${i}].weights must have one value for each point (${n}), got ${list.length}`,
          ),
        );
      const total = list.reduce((sum, weight) => sum + weight, 0);
      const radius = (k: number): number => Math.max(1, Math.min(14, 3 * Math.sqrt((list[k]! / total) * n)));
      return {
        title: `round ${round}`,
        note,
        panel: boundaryPanel("boostingRounds", set, predict, {
          width: size,
          height: Math.min(220, size * 0.8),
          xLabel: "",
          yLabel: "",
          radius,
        }),
      };
    });
    const rows: Cell[][] = [];
    for (let r = 0; r < cells.length; r += columns) rows.push(cells.slice(r, r + columns));
    if (current.errors)
      rows.push([{ title: "Error after each round", panel: errorPanel(current.errors, width - 20) }]);
    const legend = set.classes.map((label, k) => ({
      label: `class ${label}`,
      color: palette[k % palette.length]!,
      mark: classMarks[k % classMarks.length]!,
    }));
    return page({
      width,
      title,
      subtitle: subtitle ?? "Large dots have large weights: the next learner must get them right.",
      legend,
      rows,
      label: "Boosting, round by round",
    });
  });
}

function errorPanel(errors: Readonly<Record<string, NumberArray>>, width: number): Cell["panel"] {
  const lines = namedEntries("boostingRounds", "errors", errors).map(([name, values]) => ({
    name,
    values: toVector("boostingRounds", `errors.${name}`, values),
  }));
  const styles = seriesStyles(lines.map(({ name }) => name));
  const Plot = loadPlot();
  const longest = Math.max(2, ...lines.map(({ values }) => values.length));
  const panel = chart({
    width,
    height: 180,
    marginRight: endLabelMargin(lines.map(({ name }) => name)),
    x: { label: "round", domain: [1, longest], grid: false },
    y: { label: "error", domain: paddedDomain([0, ...lines.flatMap(({ values }) => values)], 0.04) },
    marks: lines.map(({ values }, i) =>
      Plot.line(
        values.map((value, k) => [k + 1, value] as [number, number]),
        { x: "0", y: "1", stroke: styles[i]!.color, strokeWidth: 2 },
      ),
    ),
  });
  return withOverlay(
    panel,
    endLabels(
      panel,
      lines.map(({ name, values }, i) => ({
        label: name,
        x: panel.x(values.length),
        y: panel.y(values.at(-1)!),
        color: styles[i]!.color,
      })),
    ),
  );
}
