// The forms in which the losses of training runs may come, read into points.

import { errorText, showValue } from "../../errors.js";
import { indices, type NumberArray, toVector } from "../input.js";
import type { Point } from "../series.js";

/** The losses of one training run. Values that are not finite are allowed: the curve stops there and says so. */
export interface LossRun {
  /** Training loss, one value per step or epoch. */
  readonly train: NumberArray;
  /** Validation loss; as many values as `train`, or positions in `validationX`. */
  readonly validation?: NumberArray | undefined;
  /** Step or epoch of each training value; default 1, 2, 3, … */
  readonly x?: NumberArray | undefined;
  /** Step or epoch of each validation value; default `x`. */
  readonly validationX?: NumberArray | undefined;
}

/** What `train.fit` returns, as far as a loss curve reads it: the training loss of each step, the validation loss of each epoch. */
export interface LossHistory {
  readonly name?: string;
  readonly steps: readonly { readonly step: number; readonly loss: number }[];
  readonly epochs: readonly {
    readonly step: number;
    readonly trainLoss: number;
    readonly validationLoss?: number;
  }[];
  readonly ending?: string;
}

type OneRun = NumberArray | LossRun | LossHistory;
/** One run, several Histories, or runs by name. */
export type LossData = OneRun | readonly LossHistory[] | Readonly<Record<string, OneRun>>;

/** A run as points (step, loss). */
export interface RunPoints {
  readonly name: string;
  readonly train: Point[];
  readonly validation: Point[];
  /** Step at which early stopping ended the run. */
  readonly stopped: number | undefined;
}

const isHistory = (value: unknown): value is LossHistory =>
  typeof value === "object" && value !== null && "steps" in value && "epochs" in value;
const isRun = (value: unknown): value is LossRun =>
  typeof value === "object" && value !== null && "train" in value;
const isNumbers = (value: unknown): boolean =>
  Array.isArray(value) ||
  ArrayBuffer.isView(value) ||
  (typeof value === "object" && value !== null && "shape" in value);

function readHistory(where: string, name: string, history: LossHistory): RunPoints {
  const { steps, epochs } = history;
  if (steps.length + epochs.length === 0)
    throw new RangeError(
      errorText(
        where,
        `the history must have at least one step, got an empty one${name === "" ? "" : ` (${name})`}`,
      ),
    );
  const train =
    steps.length > 0
      ? steps.map(({ step, loss }): Point => [step, loss])
      : epochs.map((epoch): Point => [epoch.step, epoch.trainLoss]);
  const validation = epochs.flatMap((epoch): Point[] =>
    epoch.validationLoss === undefined ? [] : [[epoch.step, epoch.validationLoss]],
  );
  return { name, train, validation, stopped: history.ending === "stopped" ? train.at(-1)![0] : undefined };
}

function readRun(where: string, name: string, value: OneRun): RunPoints {
  if (isHistory(value)) return readHistory(where, name, value);
  const run: LossRun = isRun(value) ? value : { train: value as NumberArray };
  const list = (key: string, values: unknown, like?: { length: number; like: string }): number[] =>
    toVector(where, name === "" ? key : `${name}.${key}`, values, { allowNonFinite: true, ...like });
  const train = list("train", run.train);
  const x =
    run.x === undefined
      ? indices(train.length, 1)
      : list("x", run.x, { length: train.length, like: "the training losses" });
  const points = (xs: number[], ys: number[]): Point[] => ys.map((y, i) => [xs[i]!, y]);
  if (run.validation === undefined)
    return { name, train: points(x, train), validation: [], stopped: undefined };
  const validation = list("validation", run.validation);
  if (run.validationX === undefined && validation.length !== train.length)
    throw new RangeError(
      errorText(
        where,
        `validation must have as many values as train, got ${validation.length} for ${train.length}`,
        "",
        "give validationX, the step of each validation loss",
      ),
    );
  const validationX =
    run.validationX === undefined
      ? x
      : list("validationX", run.validationX, { length: validation.length, like: "the validation losses" });
  return { name, train: points(x, train), validation: points(validationX, validation), stopped: undefined };
}

/** @throws {TypeError} for another form, {RangeError} for no runs or an empty list */
export function readLossData(where: string, data: LossData): RunPoints[] {
  if (isHistory(data)) return [readHistory(where, "", data)];
  if (Array.isArray(data) && isHistory(data[0])) {
    const histories = data as readonly LossHistory[];
    return histories.map((history, i) => readHistory(where, history.name ?? `run ${i + 1}`, history));
  }
  if (isNumbers(data) || isRun(data)) return [readRun(where, "", data as OneRun)];
  if (typeof data !== "object" || data === null)
    throw new TypeError(
      errorText(
        where,
        `data must be losses, a run {train, validation} or runs by name, got ${showValue(data)}`,
      ),
    );
  const runs = Object.entries(data as Readonly<Record<string, OneRun>>);
  if (runs.length === 0) throw new RangeError(errorText(where, "data must have at least one run, got {}"));
  return runs.map(([name, run]) => readRun(where, name, run));
}
