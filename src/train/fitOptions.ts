import { DataLoader } from "../data/dataLoader.js";
import { checkSamples, type Samples } from "../data/dataset.js";
import {
  checkBoolean,
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  showValue,
} from "../errors.js";
import { Module } from "../nn/module.js";
import { Optimizer } from "../optim/optimizer.js";
import type { Curve } from "../optim/schedules/schedule.js";
import type { Random } from "../random.js";
import { Tensor } from "../tensor/tensor.js";
import type { Callback } from "./callbacks.js";
import type { Loss, Metric } from "./evaluate.js";

/**
 * How the learning rate changes. A function gets the number of steps taken, from 0, and returns the factor on the learning rates at
 * the start; those of `optim.schedules` may also move momentum, or count epochs. An object is told to move on: after every step, or after every epoch with the epoch's validation loss (training loss
 * without validation).
 */
export type Schedule = Curve | { readonly interval?: "step" | "epoch"; step(loss?: number): void };

/** Decides after each validation whether to go on, as `regularization.EarlyStopping` does. */
export interface Stopper {
  update(value: number, model?: Module): { readonly stop: boolean };
}

/** Options of `train.fit`. */
export interface FitOptions {
  /** Training data: a loader, or `{x, y}`, which is shuffled into batches. */
  readonly data: DataLoader | Samples;
  /** Mean loss of a batch. */
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  /** Passes through the data. Give this or `steps`. */
  readonly epochs?: number;
  /** Optimizer steps. Give this or `epochs`. */
  readonly steps?: number;
  /** Samples a batch, for `{x, y}`; default 32. */
  readonly batchSize?: number;
  /** Generator of the order, for `{x, y}`; default the shared one. */
  readonly random?: Random;
  /** Data the model is judged on, never trained on. */
  readonly validation?: DataLoader | Samples;
  /** Steps from one validation to the next; default once an epoch. */
  readonly validateEvery?: number;
  /** Computed on the validation data. */
  readonly metrics?: Readonly<Record<string, Metric>>;
  /** Changes the learning rate. */
  readonly schedule?: Schedule;
  /** Watches the validation loss (training loss without validation) and may end the run. */
  readonly earlyStopping?: Stopper;
  /** Added to the loss of every batch: `(model) => l2Penalty(model.parameters()).mul(1e-3)`. */
  readonly penalty?: (model: Module) => Tensor;
  /** Changes every training batch: augmentation, mixup, CutMix. Soft labels may come out. */
  readonly transform?: (x: Tensor, y: Tensor) => Samples;
  /** Largest norm of all gradients together; longer ones are scaled down. */
  readonly clipNorm?: number;
  readonly callbacks?: readonly Callback[];
  /** Name of the run in figures and comparisons; default the optimizer's class. */
  readonly name?: string;
  /** Whether a line shows how far the run is; default true. */
  readonly progress?: boolean;
}

/** The options, checked, with their defaults. */
export interface Plan extends Omit<FitOptions, "data" | "epochs" | "steps" | "batchSize" | "random"> {
  readonly loader: DataLoader;
  readonly totalSteps: number;
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly callbacks: readonly Callback[];
  readonly name: string;
  readonly progress: boolean;
}

const known: readonly (keyof FitOptions)[] = [
  "data",
  "loss",
  "optimizer",
  "epochs",
  "steps",
  "batchSize",
  "random",
  "validation",
  "validateEvery",
  "metrics",
  "schedule",
  "earlyStopping",
  "penalty",
  "transform",
  "clipNorm",
  "callbacks",
  "name",
  "progress",
];

const isSamples = (value: unknown): value is Samples =>
  (value as Samples | null)?.x instanceof Tensor && (value as Samples).y instanceof Tensor;

/** @throws when something is missing, of the wrong kind, out of range, or would be ignored */
export function readFitOptions(model: Module, options: FitOptions): Plan {
  const where = "fit";
  if (!(model instanceof Module))
    throw new TypeError(errorText(where, `model must be a module, got ${showValue(model)}`));
  checkOptions(where, options);
  const { data, epochs, steps, batchSize, random, ...others } = options;
  const {
    metrics = {},
    callbacks = [],
    progress = true,
    name = others.optimizer?.constructor.name,
    ...rest
  } = others;
  rejectUnknownOptions(
    where,
    Object.fromEntries(Object.entries(options).filter(([key]) => !known.includes(key as keyof FitOptions))),
    known,
  );
  if (typeof rest.loss !== "function")
    throw new TypeError(
      errorText(
        where,
        `loss must be a function, got ${showValue(rest.loss)}`,
        "",
        "pass for example nn.mseLoss",
      ),
    );
  if (!(rest.optimizer instanceof Optimizer))
    throw new TypeError(
      errorText(
        where,
        `optimizer must be an optimizer, got ${showValue(rest.optimizer)}`,
        "",
        "pass for example new optim.Adam(model.parameters())",
      ),
    );
  const loader = readData(where, data, batchSize, random);
  if (
    rest.validation !== undefined &&
    !(rest.validation instanceof DataLoader) &&
    !isSamples(rest.validation)
  )
    throw new TypeError(
      errorText(where, `validation must be {x, y} or a DataLoader, got ${showValue(rest.validation)}`),
    );
  if (rest.validation === undefined && Object.keys(metrics).length > 0)
    throw new RangeError(
      errorText(
        where,
        `metrics need validation, got metrics ${Object.keys(metrics).join(", ")} without it`,
        "",
        "pass {validation: {x, y}}",
      ),
    );
  if (rest.validateEvery !== undefined)
    checkNumber(where, "validateEvery", rest.validateEvery, { integer: true, min: 1 });
  if (rest.clipNorm !== undefined) checkNumber(where, "clipNorm", rest.clipNorm, { above: 0 });
  checkBoolean(where, "progress", progress);
  const totalSteps = readLength(where, epochs, steps, loader);
  return { ...rest, loader, totalSteps, metrics, callbacks, name, progress };
}

function readLength(
  where: string,
  epochs: number | undefined,
  steps: number | undefined,
  loader: DataLoader,
): number {
  if ((epochs === undefined) === (steps === undefined))
    throw new RangeError(
      errorText(
        where,
        `give either epochs or steps, got ${epochs === undefined ? "neither" : `epochs ${epochs} and steps ${steps}`}`,
      ),
    );
  if (steps !== undefined) return checkNumber(where, "steps", steps, { integer: true, min: 1 });
  return checkNumber(where, "epochs", epochs, { integer: true, min: 1 }) * loader.length;
}

function readData(
  where: string,
  data: DataLoader | Samples,
  batchSize: number | undefined,
  random: Random | undefined,
): DataLoader {
  if (data instanceof DataLoader) {
    const ignored = batchSize !== undefined ? "batchSize" : random !== undefined ? "random" : undefined;
    if (ignored !== undefined)
      throw new RangeError(
        errorText(
          where,
          `${ignored} must not be given with a loader`,
          "",
          `drop ${ignored}: the loader has its own`,
        ),
      );
    return data;
  }
  if (!isSamples(data))
    throw new TypeError(errorText(where, `data must be {x, y} or a DataLoader, got ${showValue(data)}`));
  checkSamples(where, data);
  if (batchSize !== undefined) checkNumber(where, "batchSize", batchSize, { integer: true, min: 1 });
  return new DataLoader({ x: data.x, y: data.y }, { batchSize: batchSize ?? 32, shuffle: true, random });
}
