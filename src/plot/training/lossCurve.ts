import { checkBoolean, checkChoice, checkNumber } from "../../errors.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, readOptions } from "../input.js";
import { page } from "../layout.js";
import { type LossData, readLossData } from "./lossData.js";
import { lossPanel } from "./lossPanel.js";

export interface LossCurveOptions extends FigureOptions {
  /** What x counts; default "step". */
  readonly xLabel?: string | undefined;
  /** Name and unit of the loss; default "loss". */
  readonly yLabel?: string | undefined;
  /** "auto" takes a logarithmic axis when all values are positive and span a factor of 20; default "auto". */
  readonly scale?: "auto" | "log" | "linear" | undefined;
  /** Number of steps that the thick line averages over; 1 draws the values as they are. Default: a hundredth of the run. */
  readonly smoothing?: number | undefined;
  /** Shade the gap between training and validation loss; default true for a single run. */
  readonly gap?: boolean | undefined;
  /** Where training stopped early, in units of x; shades the patience from the best value to here. Default: no mark. */
  readonly stopped?: number | undefined;
  /** Pixels; default 320. */
  readonly height?: number | undefined;
}

/**
 * Loss against steps, for one run or several: thin lines are the values, thick ones a moving average. A run whose loss
 * stopped being a finite number, or grew beyond ten times every starting loss, ends in a cross.
 *
 * @param data losses of one run (a list, `{train, validation}`, or a History), several Histories, or runs by name; optimizers keep their color in all figures
 * @param options.scale "auto", "log" or "linear"; default "auto": logarithmic when the values span a factor of 20
 * @param options.smoothing steps averaged by the thick line; default a hundredth of the run
 * @param options.gap shade between training and validation loss; default true for one run
 * @param options.stopped step at which early stopping ended the run; the best validation loss gets a star in any case
 * @throws {RangeError} when a list is empty or validation losses have no positions
 * @example
 * plot.lossCurve({ SGD: [1, 0.5, 0.4], Adam: [1, 0.3, 0.1] }).size.width // 640
 */
export function lossCurve(data: LossData, options: LossCurveOptions = {}): Figure<LossData> {
  const settings = readOptions("lossCurve", options, {
    ...frame,
    xLabel: "step",
    yLabel: "loss",
    scale: "auto" as "auto" | "log" | "linear",
    smoothing: undefined as number | undefined,
    gap: undefined as boolean | undefined,
    stopped: undefined as number | undefined,
    height: 320,
  });
  checkChoice("lossCurve", "scale", settings.scale, ["auto", "log", "linear"]);
  if (settings.gap !== undefined) checkBoolean("lossCurve", "gap", settings.gap);
  if (settings.smoothing !== undefined) checkNumber("lossCurve", "smoothing", settings.smoothing, { min: 1 });
  if (settings.stopped !== undefined) checkNumber("lossCurve", "stopped", settings.stopped, {});
  return new Figure("lossCurve", data, (current) => {
    const { width, title, xLabel, yLabel } = settings;
    const { panel, names, window } = lossPanel(readLossData("lossCurve", current), {
      ...settings,
      width: width - 20,
    });
    const note =
      window > 1 ? `Thin: every ${xLabel}. Thick: moving average over about ${window}.` : undefined;
    const label = `${yLabel} against ${xLabel}: ${names.join(", ")}`;
    return page({ width, title, subtitle: settings.subtitle ?? note, rows: [[{ panel }]], label });
  });
}
