import { checkChoice } from "../../errors.js";
import { chart, loadPlot, paddedDomain, withOverlay } from "../chart.js";
import { colorBar } from "../colorBar.js";
import { colorScale } from "../colorScale.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, type NumberArray, readOptions, toVector } from "../input.js";
import { type Cell, page } from "../layout.js";
import { extent, plainNumber } from "../numbers.js";
import { element } from "../svg.js";
import { ink, roles } from "../theme.js";

export interface SearchScatterData {
  /** Value of the (first) hyperparameter in each trial. */
  readonly x: NumberArray;
  /** Second hyperparameter; with it, the score becomes the color. */
  readonly y?: NumberArray | undefined;
  /** Mean score of each trial. */
  readonly score: NumberArray;
  /** Standard deviation over folds; drawn as a bar of ± 1 (one hyperparameter only). */
  readonly sd?: NumberArray | undefined;
}

export interface SearchScatterOptions extends FigureOptions {
  readonly xLabel?: string | undefined;
  readonly yLabel?: string | undefined;
  readonly scoreLabel?: string | undefined;
  /** Default "linear". */
  readonly xScale?: "linear" | "log" | undefined;
  /** Default "linear". */
  readonly yScale?: "linear" | "log" | undefined;
  /** Default "high". */
  readonly better?: "high" | "low" | undefined;
  readonly height?: number | undefined;
}

/**
 * The trials of a random search: score against one hyperparameter with its spread over folds, or two hyperparameters with
 * the score as color. The best trial is ringed.
 *
 * @throws {ShapeError} when the lists differ in length
 * @example
 * plot.searchScatter({ x: [0.1, 1, 10], score: [0.7, 0.9, 0.8] }, { xScale: "log" }).svg.includes("0.9 at hyperparameter 1.") // true
 */
export function searchScatter(
  data: SearchScatterData,
  options: SearchScatterOptions = {},
): Figure<SearchScatterData> {
  const settings = readOptions("searchScatter", options, {
    ...frame,
    xLabel: "hyperparameter",
    yLabel: "second hyperparameter",
    scoreLabel: "score",
    xScale: "linear" as "linear" | "log",
    yScale: "linear" as "linear" | "log",
    better: "high" as "high" | "low",
    height: 300,
  });
  for (const key of ["xScale", "yScale"] as const)
    checkChoice("searchScatter", key, settings[key], ["linear", "log"]);
  checkChoice("searchScatter", "better", settings.better, ["high", "low"]);
  return new Figure("searchScatter", data, (current) => {
    const { title, subtitle, width, height, xLabel, yLabel, scoreLabel, xScale, yScale, better } = settings;
    const x = toVector("searchScatter", "x", current.x);
    const like = { length: x.length, like: "the trials" };
    const score = toVector("searchScatter", "score", current.score, like);
    const sd = current.sd === undefined ? undefined : toVector("searchScatter", "sd", current.sd, like);
    const second = current.y === undefined ? undefined : toVector("searchScatter", "y", current.y, like);
    const sign = better === "high" ? 1 : -1;
    const best = score.reduce((at, value, i) => (sign * value > sign * score[at]! ? i : at), 0);
    const y = second ?? score;
    const scale = colorScale("sequential", ...(extent(score) ?? [0, 1]));
    const trials = x.map((value, i) => ({
      x: value,
      y: y[i]!,
      low: y[i]! - (sd?.[i] ?? 0),
      high: y[i]! + (sd?.[i] ?? 0),
      color: second ? scale.hex(score[i]!) : roles.train,
    }));
    const Plot = loadPlot();
    const bars =
      sd && !second
        ? [Plot.ruleX(trials, { x: "x", y1: "low", y2: "high", stroke: roles.train, strokeOpacity: 0.35 })]
        : [];
    const yRange = second ?? trials.flatMap(({ low, high }) => [low, high]);
    const panel = chart({
      width: width - 20 - (second ? 90 : 0),
      height,
      x: { label: xLabel, domain: paddedDomain(x, 0.05, xScale), scale: xScale, grid: false },
      y: {
        label: second ? yLabel : scoreLabel,
        domain: paddedDomain(yRange, 0.08, second ? yScale : "linear"),
        scale: second ? yScale : "linear",
      },
      marks: [
        ...bars,
        Plot.dot(trials, {
          x: "x",
          y: "y",
          fill: "color",
          r: second ? 5 : 3.5,
          stroke: ink.paper,
          strokeWidth: 0.7,
        }),
      ],
    });
    const [cx, cy] = [panel.x(x[best]!), panel.y(y[best]!)];
    const over = element("circle", { cx, cy, r: 8, fill: "none", stroke: ink.text, "stroke-width": 2 });
    const place = [`${xLabel} ${plainNumber(x[best]!, 3)}`];
    if (second) place.push(`${yLabel} ${plainNumber(second[best]!, 3)}`);
    // Below the picture: beside the ring it would hide other trials.
    const ringed = `Ringed: the best ${scoreLabel}, ${plainNumber(score[best]!)} at ${place.join(" and ")}.`;
    const row: Cell[] = [{ panel: withOverlay(panel, over) }];
    if (second) row.push({ panel: colorBar(scale, Math.min(220, height), { label: scoreLabel }) });
    const note = sd && !second ? " Bars: ± 1 standard deviation over folds." : "";
    return page({
      width,
      title,
      subtitle,
      rows: [row],
      caption: `${ringed}${note}`,
      label: `${x.length} trials of a search`,
    });
  });
}
