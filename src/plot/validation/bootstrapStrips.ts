import { errorText, showValue } from "../../errors.js";
import type { Panel } from "../chart.js";
import { chart, loadPlot, withOverlay } from "../chart.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, readOptions, toVector } from "../input.js";
import { page } from "../layout.js";
import { plainNumber } from "../numbers.js";
import { element, text } from "../svg.js";
import { fontSize, ink, roles, textColor } from "../theme.js";

export interface BootstrapStripsData {
  /** Number of samples. */
  readonly n: number;
  /** Indices drawn with replacement, one list for each resample. */
  readonly resamples: readonly ArrayLike<number>[];
}

const counted = ["#fbd9c4", "#9ecae1", "#4292c6", "#08519c", "#08306b"];

/**
 * Bootstrap resamples as strips: a row for each resample, a column for each sample, dark where it was drawn several times,
 * orange where it was not (out of bag). Below, the mean share of distinct samples, which tends to 1 − 1/e = 63.2 %.
 *
 * @throws {RangeError} when there is no resample, or an index is not from 0 to n − 1
 * @see Efron 1979
 * @example
 * plot.bootstrapStrips({ n: 4, resamples: [[0, 0, 1, 3], [2, 2, 2, 1]] }).svg.includes("75 %") // true
 */
export function bootstrapStrips(
  data: BootstrapStripsData,
  options: FigureOptions = {},
): Figure<BootstrapStripsData> {
  const settings = readOptions("bootstrapStrips", options, { ...frame });
  return new Figure("bootstrapStrips", data, (current) => {
    const { title, subtitle, width } = settings;
    const { n, resamples } = current;
    if (!Array.isArray(resamples) || resamples.length === 0)
      throw new RangeError(
        errorText(
          "bootstrapStrips",
          `resamples must have at least one list of indices, got ${showValue(resamples)}`,
        ),
      );
    const counts = resamples.map((list, r) => {
      const row = new Array<number>(n).fill(0);
      for (const index of toVector("bootstrapStrips", `resamples[${r}]`, list)) {
        if (!Number.isInteger(index) || index < 0 || index >= n)
          throw new RangeError(
            errorText(
              "bootstrapStrips",
              `resamples[${r}] must hold indices from 0 to n − 1 = ${n - 1}, got ${index}`,
            ),
          );
        row[index]!++;
      }
      return row;
    });
    const shares = counts.map((row) => row.filter((count) => count > 0).length / n);
    const rows: { panel: Panel; title?: string }[][] = [
      [{ panel: strips(counts.slice(0, 12), shares, n, width - 20) }],
    ];
    if (resamples.length > 5)
      rows.push([{ title: "Mean share of distinct samples", panel: convergence(shares, width - 20) }]);
    const legend = counted.slice(0, 4).map((color, count) => ({
      label: ["out of bag", "once", "twice", "three times and more"][count]!,
      color,
      mark: "box" as const,
    }));
    return page({
      width,
      title,
      subtitle,
      legend,
      rows,
      gap: 16,
      label: `${resamples.length} bootstrap resamples of ${n} samples`,
    });
  });
}

function strips(counts: readonly number[][], shares: readonly number[], n: number, width: number): Panel {
  const [left, right, step] = [84, 54, 18];
  const cell = (width - left - right) / n;
  const gap = cell > 5 ? 1 : 0;
  const drawn: string[] = [text(width, 5, "in bag", { anchor: "end", size: 10.5, fill: ink.quiet })];
  for (const [r, row] of counts.entries()) {
    const y = 14 + r * step;
    for (const [i, count] of row.entries())
      drawn.push(
        element("rect", {
          x: left + i * cell,
          y,
          width: cell - gap + (gap === 0 ? 0.3 : 0),
          height: step - 3,
          fill: counted[Math.min(3, count)]!,
        }),
      );
    drawn.push(text(left - 8, y + 7, `resample ${r + 1}`, { anchor: "end", size: fontSize.tick }));
    drawn.push(
      text(width, y + 7, `${Math.round(100 * shares[r]!)} %`, {
        anchor: "end",
        size: fontSize.tick,
        fill: ink.quiet,
      }),
    );
  }
  const bottom = 14 + counts.length * step;
  drawn.push(text(width - right, bottom + 8, `sample 0 to ${n - 1}`, { anchor: "end", fill: ink.quiet }));
  return { width, height: bottom + 16, content: drawn.join("") };
}

function convergence(shares: readonly number[], width: number): Panel {
  let sum = 0;
  const means = shares.map((share, i): [number, number] => {
    sum += share;
    return [i + 1, sum / (i + 1)];
  });
  const limit = 1 - 1 / Math.E;
  const reach = Math.max(0.02, ...means.map(([, value]) => Math.abs(value - limit))) * 1.15;
  const Plot = loadPlot();
  const panel = chart({
    width,
    height: 150,
    marginRight: 100,
    x: { label: "resamples so far", domain: [1, means.length], grid: false },
    y: {
      label: "",
      domain: [limit - reach, limit + reach],
      format: (value) => `${plainNumber(100 * value, 3)} %`,
    },
    marks: [
      Plot.ruleY([limit], { stroke: ink.text, strokeDasharray: "4,3" }),
      Plot.line(means, { x: "0", y: "1", stroke: roles.train, strokeWidth: 2 }),
    ],
  });
  return withOverlay(
    panel,
    text(panel.right + 8, panel.y(limit), "1 − 1/e = 63.2 %", { fill: textColor(ink.text), size: 10.5 }),
  );
}
