import { noGrad } from "../autograd/gradMode.js";
import { DataLoader } from "../data/dataLoader.js";
import { checkSamples, type Samples } from "../data/dataset.js";
import { arraySpan, newArray, numbers } from "../engine/engine.js";
import {
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  ShapeError,
  showShape,
  showValue,
} from "../errors.js";
import type { Module } from "../nn/module.js";
import { Tensor } from "../tensor/tensor.js";

/** A loss: a scalar from prediction and target, the mean over samples. */
export type Loss = (prediction: Tensor, target: Tensor) => Tensor;

/** A number that says how good predictions are, computed on all of them at once. */
export type Metric = (prediction: Tensor, target: Tensor) => number;

/** Options of {@link evaluate}. */
export interface EvaluateOptions {
  readonly loss?: Loss;
  /** By the name under which they appear in the result. */
  readonly metrics?: Readonly<Record<string, Metric>>;
  /** Samples at a time, for data that is not a loader; default 1024. */
  readonly batchSize?: number;
}

/** What {@link evaluate} returns. */
export interface Evaluation {
  /** Mean loss over the samples; NaN when no loss was given. */
  readonly loss: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Runs `fn` with the model in evaluation mode and nothing recorded, then puts every module back into its mode. */
export function inEvaluation<R>(model: Module, fn: () => R): R {
  const modes = model.namedModules().map(([, module]) => [module, module.training] as const);
  model.eval();
  try {
    return noGrad(fn);
  } finally {
    for (const [module, training] of modes) module.training = training;
  }
}

/** Tensors one below the other: `[n1, ...rest], [n2, ...rest] -> [n1 + n2, ...rest]`, without recording. */
function joinRows(parts: readonly Tensor[]): Tensor {
  const [first] = parts;
  if (parts.length === 1) return first!;
  const [, ...rest] = first!.shape;
  const joined = newArray(
    first!.dtype,
    parts.reduce((size, part) => size + part.size, 0),
  );
  let offset = 0;
  let rows = 0;
  for (const part of parts) {
    if (part.shape.slice(1).join() !== rest.join())
      throw new ShapeError(
        errorText(
          "evaluate",
          "all batches must give the same shape",
          `first ${showShape(first!.shape)}, later ${showShape(part.shape)}`,
        ),
      );
    joined.set(numbers(part.span), offset);
    offset += part.size;
    rows += part.shape[0]!;
  }
  return new Tensor(arraySpan(joined), [rows, ...rest]);
}

function loaderOf(where: string, data: Samples | DataLoader, batchSize: number | undefined): DataLoader {
  if (data instanceof DataLoader) {
    if (batchSize !== undefined)
      throw new RangeError(
        errorText(
          where,
          `batchSize must not be given with a loader, got ${batchSize}`,
          "",
          "drop batchSize: the loader has its own",
        ),
      );
    return data;
  }
  if (!(data?.x instanceof Tensor) || !(data.y instanceof Tensor))
    throw new TypeError(errorText(where, `data must be {x, y} or a DataLoader, got ${showValue(data)}`));
  checkSamples(where, data);
  return new DataLoader(data, { batchSize: batchSize ?? 1024 });
}

/**
 * Loss and metrics of a model on data, in evaluation mode and without recording. Metrics see all predictions at once, so those that
 * are no means over samples (r2, calibration) are exact.
 *
 * @param model left in the mode it was in
 * @param data `{x, y}` or a loader
 * @param options.loss `(prediction, target) => Tensor`, a mean over samples
 * @param options.metrics `{name: (prediction, target) => number}`
 * @param options.batchSize samples at a time, default 1024
 * @throws {RangeError} when neither loss nor metrics are given
 * @example
 * const identity = new nn.Linear(1, 1, { init: (weight) => nn.init.orthogonal(weight) });
 * const x = tensor([[1], [2]]);
 * Object.keys(train.evaluate(identity, { x, y: x }, { metrics: { r2: train.metrics.r2 } }).metrics) // ["r2"]
 */
export function evaluate(model: Module, data: Samples | DataLoader, options: EvaluateOptions): Evaluation {
  const where = "evaluate";
  checkOptions(where, options);
  const { loss, metrics = {}, batchSize, ...rest } = options;
  rejectUnknownOptions(where, rest, ["loss", "metrics", "batchSize"]);
  if (batchSize !== undefined) checkNumber(where, "batchSize", batchSize, { integer: true, min: 1 });
  const named = Object.entries(metrics);
  if (loss === undefined && named.length === 0)
    throw new RangeError(errorText(where, "loss or metrics must be given, got neither"));
  const loader = loaderOf(where, data, batchSize);
  return inEvaluation(model, () => {
    const predictions: Tensor[] = [];
    const targets: Tensor[] = [];
    let total = 0;
    let samples = 0;
    for (const { x, y } of loader) {
      const prediction = model.forward(x);
      const size = x.shape[0]!;
      samples += size;
      if (loss !== undefined) total += loss(prediction, y).item() * size;
      if (named.length > 0) {
        predictions.push(prediction);
        targets.push(y);
      }
    }
    const result: Record<string, number> = {};
    if (named.length > 0) {
      const prediction = joinRows(predictions);
      const target = joinRows(targets);
      for (const [name, metric] of named) result[name] = metric(prediction, target);
    }
    return { loss: loss === undefined ? Number.NaN : total / samples, metrics: result };
  });
}

/**
 * Predictions of a model for all rows of x, in evaluation mode and without recording.
 *
 * @param x shape `[n, ...]`
 * @param options.batchSize samples at a time, default 1024
 * @returns shape `[n, ...]`
 * @example
 * train.predict(new nn.Linear(3, 2), zeros([5, 3])).shape // [5, 2]
 */
export function predict(model: Module, x: Tensor, options: { readonly batchSize?: number } = {}): Tensor {
  checkOptions("predict", options);
  const { batchSize = 1024, ...rest } = options;
  rejectUnknownOptions("predict", rest, ["batchSize"]);
  checkNumber("predict", "batchSize", batchSize, { integer: true, min: 1 });
  const loader = new DataLoader({ x, y: x }, { batchSize });
  return inEvaluation(model, () => joinRows(Array.from(loader, (batch) => model.forward(batch.x))));
}
