import { checkChoice } from "../../errors.js";
import { type ChartPanel, chart, loadPlot, paddedDomain, withOverlay } from "../chart.js";
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
import { seriesStyles } from "../theme.js";

/** Learning rate of each step, and momentum where the schedule moves it, too. */
export interface ScheduleCurves {
  readonly learningRate: NumberArray;
  readonly momentum?: NumberArray | undefined;
}

/** Schedules by name. */
export type ScheduleData = Readonly<Record<string, NumberArray | ScheduleCurves>>;

export interface ScheduleCurveOptions extends FigureOptions {
  /** Default "linear". */
  readonly scale?: "linear" | "log" | undefined;
  readonly height?: number | undefined;
}

/**
 * Learning rates over the steps of a training run, schedule by schedule, with the momentum below where one is given.
 *
 * @throws {RangeError} when there is no schedule or a rate is not finite
 * @example
 * plot.scheduleCurve({ step: [0.1, 0.1, 0.01], constant: [0.05, 0.05, 0.05] }).size.width // 640
 */
export function scheduleCurve(data: ScheduleData, options: ScheduleCurveOptions = {}): Figure<ScheduleData> {
  const settings = readOptions("scheduleCurve", options, {
    ...frame,
    scale: "linear" as "linear" | "log",
    height: 260,
  });
  checkChoice("scheduleCurve", "scale", settings.scale, ["linear", "log"]);
  return new Figure("scheduleCurve", data, (current) => {
    const { title, subtitle, width, height, scale } = settings;
    const curves = namedEntries("scheduleCurve", "data", current).map(([name, value]) => {
      const both =
        typeof value === "object" && "learningRate" in value ? value : { learningRate: value as NumberArray };
      const momentum =
        both.momentum === undefined
          ? undefined
          : toVector("scheduleCurve", `${name}.momentum`, both.momentum);
      return { name, learningRate: toVector("scheduleCurve", name, both.learningRate), momentum };
    });
    const styles = seriesStyles(curves.map(({ name }) => name));
    const longest = Math.max(...curves.map(({ learningRate }) => learningRate.length));
    const margin = endLabelMargin(curves.map(({ name }) => name));
    const panelOf = (
      pick: (curve: (typeof curves)[number]) => number[] | undefined,
      yLabel: string,
      size: number,
      axis: "linear" | "log",
    ): ChartPanel => {
      const shown = curves.map(pick);
      const Plot = loadPlot();
      const marks = shown.flatMap((values, i) =>
        values
          ? [
              Plot.line(
                values.map((value, t) => [t, value] as [number, number]),
                {
                  x: "0",
                  y: "1",
                  stroke: styles[i]!.color,
                  strokeWidth: 2,
                  strokeDasharray: styles[i]!.dash,
                },
              ),
            ]
          : [],
      );
      const all = shown.flatMap((values) => values ?? []);
      const panel = chart({
        width: width - 20,
        height: size,
        marginRight: margin,
        x: { label: "step", domain: [0, Math.max(1, longest - 1)], grid: false },
        y: {
          label: yLabel,
          domain: paddedDomain(
            axis === "log" ? all : [...all, ...(yLabel === "momentum" ? [] : [0])],
            0.06,
            axis,
          ),
          scale: axis,
        },
        marks,
      });
      const ends = shown.flatMap((values, i) =>
        values
          ? [
              {
                label: curves[i]!.name,
                x: panel.x(values.length - 1),
                y: Math.min(panel.bottom, panel.y(values.at(-1)!)),
                color: styles[i]!.color,
              },
            ]
          : [],
      );
      return withOverlay(panel, endLabels(panel, ends));
    };
    const rows: Cell[][] = [
      [{ panel: panelOf(({ learningRate }) => learningRate, "learning rate", height, scale) }],
    ];
    if (curves.some(({ momentum }) => momentum))
      rows.push([{ panel: panelOf(({ momentum }) => momentum, "momentum", 170, "linear") }]);
    return page({
      width,
      title,
      subtitle,
      rows,
      label: `Schedules ${curves.map(({ name }) => name).join(", ")}`,
    });
  });
}
