import { checkChoice, checkNumber, errorText, showValue } from "../../errors.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, type NumberArray, namedEntries, readOptions } from "../input.js";
import type { LegendItem } from "../labels.js";
import { type Cell, page } from "../layout.js";
import { plainNumber } from "../numbers.js";
import { roles, seriesStyles, textColor } from "../theme.js";
import { type CurveInput, type FitBase, type FitPanelOptions, fitPanel, readFitFrame } from "./fitPanel.js";
import { readLossData } from "./lossData.js";
import { lossPanel } from "./lossPanel.js";

/** The predictions of all competitors after some step. */
export interface RaceFrame {
  readonly step: number;
  /** Predictions at the curve positions, by optimizer. */
  readonly curves: Readonly<Record<string, CurveInput>>;
}

export interface RaceData extends FitBase {
  /** At least one frame, in order of steps. */
  readonly frames: readonly RaceFrame[];
  /** Loss of every step so far, by optimizer; drawn below the panels. */
  readonly losses?: Readonly<Record<string, NumberArray>> | undefined;
}

export interface RaceOptions extends FigureOptions {
  /** "latest": one wide panel for each optimizer at the last frame, for a figure that changes while training runs.
   *  "snapshots": a row for each optimizer, a column for each of up to four frames. Default: "snapshots" from two frames on. */
  readonly view?: "latest" | "snapshots" | undefined;
  /** Columns of the snapshot view; default 4. */
  readonly snapshots?: number | undefined;
  readonly xLabel?: string | undefined;
  readonly yLabel?: string | undefined;
  /** Name of the loss; default "loss". */
  readonly lossLabel?: string | undefined;
}

/** Indices of `count` frames whose steps are spread evenly on a logarithmic axis; first and last always among them. */
export function pickFrames(steps: readonly number[], count: number): number[] {
  if (steps.length <= count) return steps.map((_, i) => i);
  if (count === 1) return [steps.length - 1];
  const log = steps.map((step) => Math.log1p(Math.max(0, step - steps[0]!)));
  const picked: number[] = [];
  for (let k = 0; k < count; k++) {
    const goal = (log.at(-1)! * k) / (count - 1);
    const from = (picked.at(-1) ?? -1) + 1;
    const to = steps.length - (count - k);
    let best = from;
    for (let i = from; i <= to; i++) if (Math.abs(log[i]! - goal) < Math.abs(log[best]! - goal)) best = i;
    picked.push(best);
  }
  return picked;
}

/**
 * Several optimizers learning the same curve, side by side: dots, truth, and each one's prediction, with the losses below.
 * While training runs, call `update` with more frames and the figure changes in place; afterwards it keeps up to four
 * moments as small multiples.
 *
 * @param data.frames predictions by optimizer after some steps; all frames name the same optimizers
 * @param data.losses loss of every step, by optimizer
 * @throws {RangeError} when there is no frame; {ShapeError} when a prediction has another length than the positions
 * @example
 * plot.race({ x: [0, 1], y: [0, 1], frames: [{ step: 0, curves: { SGD: [0, 0] } }] }).size.width // 640
 */
export function race(data: RaceData, options: RaceOptions = {}): Figure<RaceData> {
  const settings = readOptions("race", options, {
    ...frame,
    view: undefined as "latest" | "snapshots" | undefined,
    snapshots: 4,
    xLabel: "x",
    yLabel: "y",
    lossLabel: "loss",
  });
  if (settings.view !== undefined) checkChoice("race", "view", settings.view, ["latest", "snapshots"]);
  checkNumber("race", "snapshots", settings.snapshots, { integer: true, min: 1, max: 6 });
  const { title, width, xLabel, yLabel, lossLabel } = settings;
  return new Figure("race", data, (current) => {
    const fit = readFitFrame("race", current);
    if (!Array.isArray(current.frames) || current.frames.length === 0)
      throw new RangeError(
        errorText(
          "race",
          `frames must have at least one frame {step, curves}, got ${showValue(current.frames)}`,
        ),
      );
    const names = namedEntries("race", "curves", current.frames[0]!.curves).map(([name]) => name);
    const styles = seriesStyles(names);
    const panelOf = (frame: RaceFrame, i: number, size: FitPanelOptions): Cell["panel"] => {
      const input = frame.curves[names[i]!];
      if (input === undefined)
        throw new RangeError(
          errorText(
            "race",
            `every frame must have a curve of ${showValue(names[i])}, got ${Object.keys(frame.curves).join(", ")} at step ${frame.step}`,
          ),
        );
      return fitPanel(fit, [{ curve: fit.read(`curves.${names[i]}`, input), style: styles[i]! }], size);
    };
    const last = current.frames.at(-1)!;
    const view = settings.view ?? (current.frames.length > 1 ? "snapshots" : "latest");
    const rows: Cell[][] = [];
    if (view === "latest") {
      const columns = Math.min(3, names.length);
      const size = { width: (width - 20 - 12 * (columns - 1)) / columns, height: 190, xLabel, marginTop: 28 };
      const cells = names.map(
        (name, i): Cell => ({
          title: name,
          titleColor: textColor(styles[i]!.color),
          panel: panelOf(last, i, { ...size, yLabel: i % columns === 0 ? yLabel : "" }),
        }),
      );
      for (let r = 0; r < cells.length; r += columns) rows.push(cells.slice(r, r + columns));
    } else {
      const picked = pickFrames(
        current.frames.map(({ step }) => step),
        settings.snapshots,
      ).map((k) => current.frames[k]!);
      const size = {
        width: (width - 20 - 8 * (picked.length - 1)) / picked.length,
        height: 128,
        xLabel: "",
        yLabel: "",
      };
      for (const [i, name] of names.entries())
        rows.push(
          picked.map(
            (frame, k): Cell => ({
              title:
                k === 0
                  ? `${name}, step ${plainNumber(frame.step, 6)}`
                  : `step ${plainNumber(frame.step, 6)}`,
              titleColor: textColor(styles[i]!.color),
              panel: panelOf(frame, i, size),
            }),
          ),
        );
    }
    if (current.losses) {
      const size = { width: width - 20, height: 210, xLabel: "step", yLabel: lossLabel };
      rows.push([
        { title: "Loss so far", panel: lossPanel(readLossData("race", current.losses), size).panel },
      ]);
    }
    const keys: LegendItem[] = [
      { label: `data (${fit.dots.length} points)`, color: roles.data, mark: "dot" },
    ];
    if (fit.truth) keys.push({ label: "truth", color: roles.truth, dash: "4,3" });
    keys.push({ label: "prediction", color: styles[0]!.color });
    const subtitle =
      settings.subtitle ?? (view === "latest" ? `After step ${plainNumber(last.step, 6)}` : undefined);
    return page({
      width,
      title,
      subtitle,
      legend: keys,
      rows,
      gap: 8,
      label: `${names.join(", ")} learning a curve, up to step ${last.step}`,
    });
  });
}
