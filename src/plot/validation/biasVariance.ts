import { checkChoice, checkNumber, errorText, showValue } from "../../errors.js";
import { chart, loadPlot, withOverlay } from "../chart.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, readOptions } from "../input.js";
import { type EndLabel, endLabelMargin, endLabels } from "../labels.js";
import { page } from "../layout.js";
import { linearTicks, plainNumber } from "../numbers.js";
import { element, text } from "../svg.js";
import { ink, roles } from "../theme.js";

/** The parts of the expected squared error at one complexity. */
export interface BiasVarianceRow {
  /** Degree, penalty, number of neighbors or of samples. */
  readonly value: number | string;
  readonly bias2: number;
  readonly variance: number;
  readonly noise: number;
  /** The error as measured on fresh test data; drawn as a line over the sum. */
  readonly total?: number | undefined;
}

export interface BiasVarianceOptions extends FigureOptions {
  /** Name of the complexity; default "complexity". */
  readonly xLabel?: string | undefined;
  /** Name and unit of the error; default "expected squared error". */
  readonly yLabel?: string | undefined;
  /** "even" spaces the values evenly, "linear" and "log" by their size; default "even". */
  readonly xScale?: "even" | "linear" | "log" | undefined;
  /** Upper edge of the error axis; default six times the smallest sum, or the largest sum if that is less. */
  readonly maxError?: number | undefined;
  readonly height?: number | undefined;
}

/** The same by columns, as `generalization.biasVarianceSweep` returns it. */
export interface BiasVarianceColumns {
  readonly values: readonly unknown[];
  readonly bias2: readonly number[];
  readonly variance: readonly number[];
  readonly noise: readonly number[];
  readonly total?: readonly number[] | undefined;
}

/** Rows from either form. */
function toRows(data: readonly BiasVarianceRow[] | BiasVarianceColumns): readonly BiasVarianceRow[] {
  if (typeof data !== "object" || data === null || !("bias2" in data)) return data;
  const { values, bias2, variance, noise, total } = data;
  return values.map((value, i) => ({
    value: typeof value === "number" ? value : String(value),
    bias2: bias2[i]!,
    variance: variance[i]!,
    noise: noise[i]!,
    total: total?.[i],
  }));
}

const parts = [
  { key: "noise", label: "noise", color: "#b9c3cd" },
  { key: "bias2", label: "bias²", color: "#0072B2" },
  { key: "variance", label: "variance", color: "#E69F00" },
] as const;

/**
 * Noise, bias² and variance stacked on each other against complexity, the measured test error as dots on top: if the
 * decomposition is right, the dots lie on the upper edge. The best complexity is marked.
 *
 * `E[(y − f̂(x))²] = noise + bias² + variance`
 *
 * @param data at least two complexities, in order: rows, or a sweep of `generalization.biasVarianceSweep`
 * @throws {RangeError} for fewer than two rows or negative parts
 * @example
 * plot.biasVariance([{ value: 1, bias2: 0.2, variance: 0, noise: 0.1 }, { value: 3, bias2: 0, variance: 0.1, noise: 0.1 }]).svg.includes("best: 3") // true
 */
export function biasVariance(
  data: readonly BiasVarianceRow[] | BiasVarianceColumns,
  options: BiasVarianceOptions = {},
): Figure<readonly BiasVarianceRow[] | BiasVarianceColumns> {
  const settings = readOptions("biasVariance", options, {
    ...frame,
    xLabel: "complexity",
    yLabel: "expected squared error",
    xScale: "even" as "even" | "linear" | "log",
    maxError: undefined as number | undefined,
    height: 310,
  });
  checkChoice("biasVariance", "xScale", settings.xScale, ["even", "linear", "log"]);
  if (settings.maxError !== undefined)
    checkNumber("biasVariance", "maxError", settings.maxError, { above: 0 });
  return new Figure("biasVariance", data, (given) => {
    const current = toRows(given);
    const { title, width, height, xLabel, yLabel, xScale } = settings;
    if (!Array.isArray(current) || current.length < 2)
      throw new RangeError(
        errorText("biasVariance", `rows must have at least two complexities, got ${showValue(current)}`),
      );
    for (const [i, row] of current.entries())
      for (const { key } of parts) checkNumber("biasVariance", `rows[${i}].${key}`, row[key], { min: 0 });
    const x = current.map(({ value }, i) => {
      if (xScale === "even") return i;
      return checkNumber("biasVariance", `rows[${i}].value`, value, xScale === "log" ? { above: 0 } : {});
    });
    const sums = current.map(({ bias2, variance, noise }) => bias2 + variance + noise);
    const best = sums.indexOf(Math.min(...sums));
    const largest = Math.max(...sums, ...current.map(({ total }) => total ?? 0));
    const top =
      settings.maxError ??
      (sums[best]! > 0 ? Math.min(largest * 1.05, 6 * sums[best]!) : largest * 1.05 || 1);
    const Plot = loadPlot();
    let floor = current.map(() => 0);
    const marks = parts.map(({ key, color }) => {
      const layer = current.map((row, i) => ({
        x: x[i]!,
        low: Math.min(2 * top, floor[i]!),
        high: Math.min(2 * top, floor[i]! + row[key]),
      }));
      floor = floor.map((low, i) => low + current[i]![key]);
      return Plot.areaY(layer, { x: "x", y1: "low", y2: "high", fill: color, fillOpacity: 0.75 });
    });
    const measured = current.flatMap(({ total }, i) =>
      total === undefined ? [] : [[x[i]!, Math.min(2 * top, total)] as [number, number]],
    );
    const labels = [...parts.map(({ label }) => label), "measured test error"];
    const ticks = xScale === "even" ? x.filter((i) => i % Math.ceil(x.length / 14) === 0) : undefined;
    const panel = chart({
      width: width - 20,
      height,
      marginRight: endLabelMargin(measured.length > 0 ? labels : labels.slice(0, 3)),
      x: {
        label: xLabel,
        domain: [x[0]!, x.at(-1)!].sort((a, b) => a - b) as [number, number],
        scale: xScale === "log" ? "log" : "linear",
        grid: false,
        ticks,
        format: xScale === "even" ? (i) => String(current[i]?.value ?? "") : undefined,
      },
      y: { label: yLabel, domain: [0, top], ticks: linearTicks(0, top, 6) },
      marks: [
        ...marks,
        Plot.line(measured, { x: "0", y: "1", stroke: ink.text, strokeWidth: 1.8 }),
        Plot.dot(measured, { x: "0", y: "1", fill: ink.text, r: 3 }),
      ],
    });
    const last = current.at(-1)!;
    const within = (value: number): number => Math.max(panel.top + 8, Math.min(panel.bottom, panel.y(value)));
    let below = 0;
    const ends = parts.map(({ key, label, color }): EndLabel => {
      const middle = below + last[key] / 2;
      below += last[key];
      return {
        label,
        x: panel.right,
        y: within(Math.min(middle, (Math.min(below, top) + (below - last[key])) / 2)),
        color,
      };
    });
    if (last.total !== undefined)
      ends.push({
        label: "measured test error",
        x: panel.right,
        y: within(last.total),
        color: ink.text,
      });
    const cx = panel.x(x[best]!);
    const isNearEdge = cx > panel.right - 90;
    const over = [
      element("line", {
        x1: cx,
        x2: cx,
        y1: panel.top,
        y2: panel.bottom,
        stroke: ink.text,
        "stroke-dasharray": "4,3",
      }),
      text(
        isNearEdge ? cx - 6 : cx + 6,
        panel.top + 9,
        `best: ${current[best]!.value} (${plainNumber(sums[best]!, 3)})`,
        {
          anchor: isNearEdge ? "end" : "start",
          halo: ink.paper,
          bold: true,
          fill: roles.truth,
        },
      ),
      endLabels(panel, ends),
    ];
    const cut =
      largest > top ? `The largest error, ${plainNumber(largest, 3)}, is above the axis.` : undefined;
    return page({
      width,
      title,
      subtitle: settings.subtitle ?? cut,
      rows: [[{ panel: withOverlay(panel, over.join("")) }]],
      label: `Bias, variance and noise against ${xLabel}`,
    });
  });
}
