// Training and validation scores against one quantity, with their spread over folds: learning and validation curves.

import type { Markish } from "@observablehq/plot";
import { checkChoice, errorText, ShapeError } from "../../errors.js";
import { chart, loadPlot, paddedDomain, withOverlay } from "../chart.js";
import { Figure } from "../figure.js";
import {
  type FigureOptions,
  frame,
  type NumberArray,
  readOptions,
  toGrid,
  toMatrix,
  toVector,
} from "../input.js";
import { endLabelMargin, endLabels } from "../labels.js";
import { page } from "../layout.js";
import { plainNumber } from "../numbers.js";
import { element, text } from "../svg.js";
import { ink, roles } from "../theme.js";

export interface LearningCurveData {
  /** Numbers of training samples. */
  readonly sizes: NumberArray;
  /** Training scores, shape `[sizes]` or `[sizes, folds]`. */
  readonly train: NumberArray;
  /** Validation scores, shape `[sizes]` or `[sizes, folds]`. */
  readonly validation: NumberArray;
}

export interface ValidationCurveData {
  /** Values of the hyperparameter. */
  readonly values: NumberArray;
  /** Training scores, shape `[values]` or `[values, folds]`. */
  readonly train: NumberArray;
  /** Validation scores, shape `[values]` or `[values, folds]`. */
  readonly validation: NumberArray;
}

/** What `generalization.learningCurve` and `validationCurve` return: scores of each fold, `[x][fold]`. */
export interface ScoreCurveResult {
  readonly score: string;
  readonly greaterIsBetter: boolean;
  readonly x: readonly unknown[];
  readonly trainScores: readonly (readonly number[])[];
  readonly testScores: readonly (readonly number[])[];
}

export interface ScoreCurveOptions extends FigureOptions {
  /** Name of the quantity; default "training samples", or "value". */
  readonly xLabel?: string | undefined;
  /** Name of the score; default "score". */
  readonly yLabel?: string | undefined;
  /** Default "linear". */
  readonly xScale?: "linear" | "log" | undefined;
  /** Which end of the score is better: marks the best validation value. Default "high". */
  readonly better?: "high" | "low" | undefined;
  readonly height?: number | undefined;
}

interface Summary {
  readonly mean: number;
  readonly sd: number;
}

function summarize(where: string, name: string, value: NumberArray, count: number): Summary[] {
  const { shape } = toGrid(where, name, value);
  const rows =
    shape.length === 1 ? toVector(where, name, value).map((score) => [score]) : toMatrix(where, name, value);
  if (rows.length !== count)
    throw new ShapeError(
      errorText(where, `${name} must have one row for each x value (${count}), got ${rows.length}`),
    );
  return rows.map((scores) => {
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
    return { mean, sd: scores.length > 1 ? Math.sqrt(squares / (scores.length - 1)) : 0 };
  });
}

function scoreCurve(
  where: string,
  x: number[],
  train: Summary[],
  validation: Summary[],
  settings: Settings,
  markBest: boolean,
): string {
  const { title, width, height, xLabel, xScale, yLabel = "score", better = "high" } = settings;
  const series = [
    { name: "train", color: roles.train, points: train },
    { name: "validation", color: roles.validation, points: validation },
  ];
  const Plot = loadPlot();
  const marks = series.flatMap(({ points, color }): Markish[] => {
    const rows = points.map(({ mean, sd }, i) => ({ x: x[i]!, mean, low: mean - sd, high: mean + sd }));
    const line = { x: "x", y: "mean", stroke: color, strokeWidth: 2 };
    return [
      Plot.areaY(rows, { x: "x", y1: "low", y2: "high", fill: color, fillOpacity: 0.16 }),
      Plot.lineY(rows, line),
      Plot.dot(rows, { x: "x", y: "mean", fill: color, r: 3 }),
    ];
  });
  const all = series.flatMap(({ points }) => points.flatMap(({ mean, sd }) => [mean - sd, mean + sd]));
  const names = series.map(({ name, points }) => `${name}  ${plainNumber(points.at(-1)!.mean, 3)}`);
  const panel = chart({
    width: width - 20,
    height,
    marginRight: endLabelMargin(names),
    x: { label: xLabel, domain: paddedDomain(x, 0.02, xScale), scale: xScale, grid: false },
    y: { label: yLabel, domain: paddedDomain(all, 0.08) },
    marks,
  });
  const ends = series.map(({ color, points }, i) => ({
    label: names[i]!,
    x: panel.x(x.at(-1)!),
    y: panel.y(points.at(-1)!.mean),
    color,
  }));
  let over = endLabels(panel, ends);
  if (markBest) {
    const sign = better === "high" ? 1 : -1;
    const at = validation.reduce(
      (best, { mean }, i) => (sign * mean > sign * validation[best]!.mean ? i : best),
      0,
    );
    const [cx, cy] = [panel.x(x[at]!), panel.y(validation[at]!.mean)];
    over += element("circle", { cx, cy, r: 7, fill: "none", stroke: ink.text, "stroke-width": 2 });
    over += text(cx, cy + (better === "high" ? -16 : 16), `best at ${plainNumber(x[at]!, 3)}`, {
      anchor: cx > panel.right - 50 ? "end" : "middle",
      halo: ink.paper,
      bold: true,
    });
  }
  const hasSpread = [...train, ...validation].some(({ sd }) => sd > 0);
  const subtitle = settings.subtitle ?? (hasSpread ? "Bands: ± 1 standard deviation over folds." : undefined);
  return page({
    width,
    title,
    subtitle,
    rows: [[{ panel: withOverlay(panel, over) }]],
    label: `${where}: ${yLabel} against ${xLabel}`,
  });
}

const defaults = {
  ...frame,
  yLabel: undefined as string | undefined,
  xScale: "linear" as "linear" | "log",
  better: undefined as "high" | "low" | undefined,
  height: 290,
};
type Settings = typeof defaults & { xLabel: string };

function drawScores(
  where: string,
  x: number[],
  data: { train: NumberArray; validation: NumberArray },
  settings: Settings,
  markBest: boolean,
): string {
  const train = summarize(where, "train", data.train, x.length);
  return scoreCurve(
    where,
    x,
    train,
    summarize(where, "validation", data.validation, x.length),
    settings,
    markBest,
  );
}

/** Values that are not numbers stand at even distances, numbered from 0. */
function drawResult(where: string, result: ScoreCurveResult, settings: Settings, markBest: boolean): string {
  const isNumeric = result.x.every((value) => typeof value === "number");
  const x = isNumeric ? (result.x as number[]) : result.x.map((_, i) => i);
  const read = {
    ...settings,
    yLabel: settings.yLabel ?? result.score,
    better: settings.better ?? (result.greaterIsBetter ? ("high" as const) : ("low" as const)),
  };
  const data = { train: result.trainScores as NumberArray, validation: result.testScores as NumberArray };
  return drawScores(where, x, data, read, markBest);
}

function checkChoices(where: string, settings: Settings): void {
  checkChoice(where, "xScale", settings.xScale, ["linear", "log"]);
  if (settings.better !== undefined) checkChoice(where, "better", settings.better, ["high", "low"]);
}

/**
 * Scores against the number of training samples: does more data help? The band is one standard deviation over folds.
 *
 * @param data sizes and scores, or the result of `generalization.learningCurve`
 * @throws {ShapeError} when a list of scores does not have a row for each size
 * @example
 * plot.learningCurve({ sizes: [10, 20, 40], train: [1, 0.98, 0.96], validation: [0.6, 0.8, 0.9] }).size.width // 640
 */
export function learningCurve(
  data: LearningCurveData | ScoreCurveResult,
  options: ScoreCurveOptions = {},
): Figure<LearningCurveData | ScoreCurveResult> {
  const settings = readOptions("learningCurve", options, { ...defaults, xLabel: "training samples" });
  checkChoices("learningCurve", settings);
  return new Figure("learningCurve", data, (current) =>
    "testScores" in current
      ? drawResult("learningCurve", current, settings, false)
      : drawScores(
          "learningCurve",
          toVector("learningCurve", "sizes", current.sizes),
          current,
          settings,
          false,
        ),
  );
}

/**
 * Scores against a hyperparameter: left or right of the ring the model is too simple or too flexible.
 *
 * @param data values and scores, or the result of `generalization.validationCurve`
 * @param options.better "high" for accuracy and R², "low" for errors; default "high"
 * @throws {ShapeError} when a list of scores does not have a row for each value
 * @example
 * plot.validationCurve({ values: [1, 3, 9], train: [0.5, 0.9, 1], validation: [0.4, 0.8, 0.5] }).svg.includes("best at 3") // true
 */
export function validationCurve(
  data: ValidationCurveData | ScoreCurveResult,
  options: ScoreCurveOptions = {},
): Figure<ValidationCurveData | ScoreCurveResult> {
  const settings = readOptions("validationCurve", options, { ...defaults, xLabel: "value" });
  checkChoices("validationCurve", settings);
  return new Figure("validationCurve", data, (current) =>
    "testScores" in current
      ? drawResult("validationCurve", current, settings, true)
      : drawScores(
          "validationCurve",
          toVector("validationCurve", "values", current.values),
          current,
          settings,
          true,
        ),
  );
}
