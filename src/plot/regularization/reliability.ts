import { checkNumber, errorText, ShapeError } from "../../errors.js";
import { type ChartPanel, chart, withOverlay } from "../chart.js";
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
import { fixedNumber, plainNumber } from "../numbers.js";
import { element, text } from "../svg.js";
import { ink, roles, seriesStyles, textColor } from "../theme.js";

/** Confidence of each prediction and whether it was right. */
export interface Predictions {
  /** Probability of the predicted class, shape `[n]`, in [0, 1]. */
  readonly confidence: NumberArray;
  /** 1 or true where the prediction was right, `[n]`. */
  readonly correct: ArrayLike<number | boolean>;
}

/** One model, or several by name. */
export type ReliabilityData = Predictions | Readonly<Record<string, Predictions>>;

export interface ReliabilityOptions extends FigureOptions {
  /** Equal bins of confidence; default 10. */
  readonly bins?: number | undefined;
}

/** Bins of confidence; the first contains 0, the others open at their lower edge. */
function toBins(
  confidence: readonly number[],
  correct: readonly number[],
  bins: number,
): { count: number; confidence: number; accuracy: number }[] {
  const sums = Array.from({ length: bins }, () => ({ count: 0, confidence: 0, correct: 0 }));
  for (const [i, value] of confidence.entries()) {
    const bin = sums[Math.max(0, Math.min(bins - 1, Math.ceil(value * bins) - 1))]!;
    bin.count++;
    bin.confidence += value;
    bin.correct += correct[i]!;
  }
  return sums.map(({ count, confidence: sum, correct: right }) => ({
    count,
    confidence: count === 0 ? 0 : sum / count,
    accuracy: count === 0 ? 0 : right / count,
  }));
}

/**
 * A reliability diagram: in each bin of confidence, how often the prediction was right. On the diagonal the model knows what
 * it knows; below it is overconfident. The orange gap, weighted by how many predictions are in the bin, is the expected
 * calibration error `ECE = Σ_b n_b/n · |accuracy_b − confidence_b|`.
 *
 * @throws {ShapeError} when the lists differ in length; {RangeError} for a confidence outside [0, 1]
 * @see Guo et al. 2017, arXiv:1706.04599
 * @example
 * plot.reliability({ confidence: [0.9, 0.9], correct: [1, 0] }).svg.includes("ECE 0.400") // true
 */
export function reliability(
  data: ReliabilityData,
  options: ReliabilityOptions = {},
): Figure<ReliabilityData> {
  const settings = readOptions("reliability", options, { ...frame, bins: 10 });
  checkNumber("reliability", "bins", settings.bins, { integer: true, min: 1, max: 100 });
  return new Figure("reliability", data, (current) => {
    const { title, subtitle, width, bins } = settings;
    const isOne =
      typeof current === "object" && current !== null && "confidence" in current && "correct" in current;
    const models: [string, Predictions][] = isOne
      ? [["", current as Predictions]]
      : namedEntries("reliability", "data", current as Readonly<Record<string, Predictions>>);
    const styles = seriesStyles(models.map(([name]) => name));
    const columns = Math.min(3, models.length);
    const size = columns === 1 ? 340 : (width - 20 - 16 * (columns - 1)) / columns;
    const cells = models.map(([name, model], i): Cell => {
      const confidence = toVector(
        "reliability",
        name === "" ? "confidence" : `${name}.confidence`,
        model.confidence,
      );
      const wrong = confidence.find((value) => value < 0 || value > 1);
      if (wrong !== undefined)
        throw new RangeError(errorText("reliability", `confidence must be from 0 to 1, got ${wrong}`));
      const correct = Array.from(model.correct, Number);
      if (correct.length !== confidence.length)
        throw new ShapeError(
          errorText(
            "reliability",
            `correct must have one value for each prediction (${confidence.length}), got ${correct.length}`,
          ),
        );
      const binned = toBins(confidence, correct, bins);
      const ece = binned.reduce(
        (sum, bin) => sum + (bin.count / confidence.length) * Math.abs(bin.accuracy - bin.confidence),
        0,
      );
      const accuracy = correct.reduce((sum, value) => sum + value, 0) / correct.length;
      return {
        title: name === "" ? undefined : name,
        titleColor: textColor(styles[i]!.color),
        note: `ECE ${fixedNumber(ece, 3)}, accuracy ${plainNumber(accuracy, 3)}`,
        panel: diagram(binned, confidence.length, size, i === 0),
      };
    });
    const rows: Cell[][] = [];
    for (let r = 0; r < cells.length; r += columns) rows.push(cells.slice(r, r + columns));
    const legend = [
      { label: "accuracy in the bin (black line)", color: roles.train, mark: "box" as const, opacity: 0.75 },
      { label: "gap to the confidence", color: roles.highlight, mark: "box" as const, opacity: 0.4 },
      { label: "share of predictions", color: ink.line, mark: "box" as const },
    ];
    return page({ width, title, subtitle, legend, rows, gap: 16, label: "Reliability diagram" });
  });
}

function diagram(
  binned: readonly { count: number; confidence: number; accuracy: number }[],
  total: number,
  width: number,
  named: boolean,
): ChartPanel {
  const strip = 34;
  const panel = chart({
    width,
    height: Math.min(width, 300) + strip,
    marginLeft: 38,
    marginBottom: 38 + strip,
    marginTop: named ? 26 : 26,
    x: { label: "", domain: [0, 1], grid: false },
    y: { label: named ? "accuracy" : "", domain: [0, 1] },
    marks: [],
  });
  const step = 1 / binned.length;
  const bars = binned.flatMap(({ count, confidence, accuracy }, b) => {
    if (count === 0) return [];
    const [from, to] = [panel.x(b * step) + 0.5, panel.x((b + 1) * step) - 0.5];
    const [high, low] = [Math.max(accuracy, confidence), Math.min(accuracy, confidence)];
    const share = (count / total) * (strip - 12);
    const foot = panel.bottom + 20 + strip - 10;
    return [
      element("rect", {
        x: from,
        y: panel.y(low),
        width: to - from,
        height: panel.bottom - panel.y(low),
        fill: roles.train,
        "fill-opacity": 0.75,
      }),
      element("rect", {
        x: from,
        y: panel.y(high),
        width: to - from,
        height: panel.y(low) - panel.y(high),
        fill: roles.highlight,
        "fill-opacity": 0.4,
        stroke: roles.highlight,
        "stroke-width": 0.75,
      }),
      element("line", {
        x1: from,
        x2: to,
        y1: panel.y(accuracy),
        y2: panel.y(accuracy),
        stroke: ink.text,
        "stroke-width": 2,
      }),
      element("rect", { x: from, y: foot - share, width: to - from, height: share, fill: ink.line }),
    ];
  });
  const diagonal = element("line", {
    x1: panel.x(0),
    y1: panel.y(0),
    x2: panel.x(1),
    y2: panel.y(1),
    stroke: ink.text,
    "stroke-dasharray": "4,3",
  });
  const foot = panel.bottom + 20 + strip - 10;
  const base = element("line", {
    x1: panel.left,
    x2: panel.right,
    y1: foot,
    y2: foot,
    stroke: ink.line,
    "stroke-width": 0.75,
  });
  const label = text(panel.right, foot + 13, "confidence", { anchor: "end", fill: ink.quiet });
  return withOverlay(panel, diagonal + base + label, bars.join(""));
}
