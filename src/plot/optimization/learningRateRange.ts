import { checkNumber, errorText } from "../../errors.js";
import { chart, loadPlot, paddedDomain, withOverlay } from "../chart.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, type NumberArray, readOptions, toVector } from "../input.js";
import { page } from "../layout.js";
import { plainNumber } from "../numbers.js";
import { argmin, finiteStart, type Point, smooth } from "../series.js";
import { element, text } from "../svg.js";
import { ink, roles } from "../theme.js";

export interface LearningRateRangeData {
  /** Learning rates of the sweep, increasing. */
  readonly learningRate: NumberArray;
  /** Loss at each; values that are not finite end the curve. */
  readonly loss: NumberArray;
  /** The rate to take; default where the smoothed loss falls fastest against log η. */
  readonly suggestion?: number | undefined;
}

export interface LearningRateRangeOptions extends FigureOptions {
  /** Values averaged by the thick line; default a twentieth of the sweep. */
  readonly smoothing?: number | undefined;
  readonly yLabel?: string | undefined;
  readonly height?: number | undefined;
}

/**
 * A learning-rate range test: loss against learning rate on a logarithmic axis, the suggestion, and where it breaks.
 *
 * @throws {ShapeError} when the lengths differ; {RangeError} when a rate is not positive
 * @see Smith 2017, arXiv:1506.01186
 * @example
 * plot.learningRateRange({ learningRate: [0.001, 0.01, 0.1, 1], loss: [1, 0.8, 0.3, 5] }).size.width // 640
 */
export function learningRateRange(
  data: LearningRateRangeData,
  options: LearningRateRangeOptions = {},
): Figure<LearningRateRangeData> {
  const settings = readOptions("learningRateRange", options, {
    ...frame,
    smoothing: undefined as number | undefined,
    yLabel: "loss",
    height: 290,
  });
  if (settings.smoothing !== undefined)
    checkNumber("learningRateRange", "smoothing", settings.smoothing, { min: 1 });
  return new Figure("learningRateRange", data, (current) => {
    const { title, subtitle, width, height, yLabel } = settings;
    const rates = toVector("learningRateRange", "learningRate", current.learningRate);
    const losses = toVector("learningRateRange", "loss", current.loss, {
      length: rates.length,
      like: "the learning rates",
      allowNonFinite: true,
    });
    const wrong = rates.find((rate) => rate <= 0);
    if (wrong !== undefined)
      throw new RangeError(errorText("learningRateRange", `learning rates must be positive, got ${wrong}`));
    const { points, stopped } = finiteStart(rates.map((rate, i): Point => [rate, losses[i]!]));
    const window = settings.smoothing ?? Math.max(1, Math.round(rates.length / 20));
    const values = smooth(
      points.map(([, y]) => y),
      window,
    );
    const line = points.map(([x], i): [number, number] => [x, values[i]!]);
    const best = argmin(values);
    const ceiling =
      best < 0 ? 1 : Math.max(values[0]! * 1.3, values[best]! + 1.6 * (values[0]! - values[best]!));
    const Plot = loadPlot();
    const panel = chart({
      width: width - 20,
      height,
      x: { label: "learning rate η", domain: paddedDomain(rates, 0.01, "log"), scale: "log", grid: false },
      y: {
        label: yLabel,
        domain: paddedDomain([...values, ...points.map(([, y]) => y)].filter((y) => y <= ceiling)),
      },
      marks: [
        Plot.line(points as [number, number][], { x: "0", y: "1", stroke: roles.train, strokeOpacity: 0.35 }),
        Plot.line(line, { x: "0", y: "1", stroke: roles.train, strokeWidth: 2.2 }),
      ],
    });
    const steepest = (): number | undefined => {
      let at: number | undefined;
      let slope = 0;
      for (let i = 1; i <= best; i++) {
        const current = (values[i]! - values[i - 1]!) / Math.log(rates[i]! / rates[i - 1]!);
        if (current < slope) [slope, at] = [current, rates[i]!];
      }
      return at;
    };
    const over: string[] = [];
    const suggestion = current.suggestion ?? steepest();
    if (suggestion !== undefined) {
      const x = panel.x(suggestion);
      over.push(
        element("line", {
          x1: x,
          x2: x,
          y1: panel.top,
          y2: panel.bottom,
          stroke: "#009E73",
          "stroke-width": 1.8,
        }),
        text(x - 6, panel.top + 10, `take ${plainNumber(suggestion, 2)}`, {
          anchor: "end",
          bold: true,
          fill: "#006b4f",
          halo: ink.paper,
        }),
      );
    }
    const over1 = line.find(([x, y]) => best >= 0 && x > line[best]![0] && y > ceiling)?.[0];
    const breaks = over1 ?? (stopped ? rates[points.length] : undefined);
    if (breaks !== undefined) {
      const x = panel.x(breaks);
      over.push(
        element("rect", {
          x,
          y: panel.top,
          width: panel.right - x,
          height: panel.bottom - panel.top,
          fill: roles.highlight,
          "fill-opacity": 0.1,
        }),
        text(Math.min(x + 6, panel.right - 60), panel.bottom - 12, "diverges", {
          fill: "#a84400",
          bold: true,
        }),
      );
    }
    const note = window > 1 ? `Thick: moving average over about ${window} values.` : undefined;
    return page({
      width,
      title,
      subtitle: subtitle ?? note,
      rows: [[{ panel: withOverlay(panel, over.join("")) }]],
      label: "Learning-rate range test",
    });
  });
}
