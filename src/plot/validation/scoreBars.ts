import { errorText } from "../../errors.js";
import { barMargins, barPanel, highest } from "../basic/bars.js";
import { Figure } from "../figure.js";
import {
  type FigureOptions,
  frame,
  type NumberArray,
  namedEntries,
  readOptions,
  toVector,
} from "../input.js";
import { page } from "../layout.js";

/** Scores by procedure, in groups: `{ "noise only": { "features chosen outside": [0.9, 0.88], "inside": [0.5, 0.52] } }`. */
export type ScoreBarsData = Readonly<Record<string, Readonly<Record<string, number | NumberArray>>>>;

export interface ScoreBarsOptions extends FigureOptions {
  /** Name of the score; default "score". */
  readonly xLabel?: string | undefined;
  /** The honest value of each group by name, or one for all: drawn as a line. */
  readonly honest?: number | Readonly<Record<string, number>> | undefined;
}

/**
 * Scores of several ways to validate the same model, group by group on one axis: how much a leak flatters. Dots are folds
 * or repetitions, the large dot their mean, the bar one standard deviation.
 *
 * @throws {RangeError} when there is no group or a score is not finite
 * @example
 * plot.scoreBars({ noise: { outside: [0.9, 0.8], inside: [0.5, 0.5] } }).svg.includes("outside") // true
 */
export function scoreBars(data: ScoreBarsData, options: ScoreBarsOptions = {}): Figure<ScoreBarsData> {
  const settings = readOptions("scoreBars", options, {
    ...frame,
    xLabel: "score",
    honest: undefined as number | Readonly<Record<string, number>> | undefined,
  });
  return new Figure("scoreBars", data, (current) => {
    const { title, subtitle, width, xLabel, honest } = settings;
    const groups = namedEntries("scoreBars", "data", current).map(([name, bars]) => ({
      name,
      bars: namedEntries("scoreBars", name, bars).map(([bar, value]) => ({
        name: bar,
        values: toVector("scoreBars", `${name}.${bar}`, typeof value === "number" ? [value] : value),
      })),
    }));
    const honestOf = (name: string): number | undefined =>
      typeof honest === "object" ? honest[name] : honest;
    if (typeof honest === "object")
      for (const name of Object.keys(honest))
        if (!(name in current))
          throw new RangeError(
            errorText(
              "scoreBars",
              `honest must name groups (${groups.map((group) => group.name).join(", ")}), got "${name}"`,
            ),
          );
    const all = groups.flatMap(({ name, bars }) => [
      ...bars.flatMap(({ values }) => [...values, highest(values)]),
      ...(honestOf(name) === undefined ? [] : [honestOf(name)!]),
    ]);
    const margin = (Math.max(...all) - Math.min(...all) || 1) * 0.08;
    const domain = [Math.min(...all) - margin, Math.max(...all) + margin] as const;
    const margins = barMargins(groups.flatMap(({ bars }) => bars));
    const rows = groups.map(({ name, bars }) => {
      const value = honestOf(name);
      const reference = value === undefined ? undefined : { value, label: "honest:" };
      return [
        {
          title: name,
          panel: barPanel(bars, { width: width - 20, xLabel, dotsOnly: true, domain, reference, margins }),
        },
      ];
    });
    return page({
      width,
      title,
      subtitle,
      rows,
      gap: 8,
      label: `${xLabel} of ${groups.map(({ name }) => name).join(", ")}`,
    });
  });
}
