import { DataLoader } from "../data/dataLoader.js";
import { checkSamples, type Samples } from "../data/dataset.js";
import { numbers } from "../engine/engine.js";
import { errorText, showValue } from "../errors.js";
import { Module } from "../nn/module.js";
import { mul } from "../tensor/elementwise.js";
import { Tensor } from "../tensor/tensor.js";
import type { Loss } from "./evaluate.js";

/** What a loss over weights is made of. */
export interface Objective {
  readonly data: Samples;
  /** Mean loss over samples. */
  readonly loss: Loss;
}

/** @throws {TypeError} when something is of the wrong kind; {ShapeError} when x and y count differently */
export function checkObjective(where: string, model: Module, { data, loss }: Objective): number {
  if (!(model instanceof Module))
    throw new TypeError(errorText(where, `model must be a module, got ${showValue(model)}`));
  if (!(data?.x instanceof Tensor) || !(data.y instanceof Tensor))
    throw new TypeError(errorText(where, `data must be {x, y}, got ${showValue(data)}`));
  if (typeof loss !== "function")
    throw new TypeError(errorText(where, `loss must be a function, got ${showValue(loss)}`));
  return checkSamples(where, data);
}

/**
 * Gradient of the mean loss over all samples with respect to all parameters, one behind the other in the order of
 * `model.parameters()`. In evaluation mode, so that every sample counts by itself; gradients the parameters hold are cleared.
 *
 * @returns shape `[countParameters(model)]`; zeros where the loss does not reach a parameter
 */
export function meanGradient(model: Module, { data, loss }: Objective): Float64Array {
  const modes = model.namedModules().map(([, module]) => [module, module.training] as const);
  model.eval();
  model.zeroGrad();
  const n = data.x.shape[0]!;
  try {
    for (const { x, y } of new DataLoader(data, { batchSize: 1024 }))
      mul(loss(model.forward(x), y), x.shape[0]! / n).backward();
    return flatten(model.parameters(), ({ gradientSlot, size }) =>
      gradientSlot?.isSet ? numbers(gradientSlot.span) : new Float64Array(size),
    );
  } finally {
    model.zeroGrad();
    for (const [module, training] of modes) module.training = training;
  }
}

/** The numbers of several tensors one behind the other. */
export function flatten(
  tensors: readonly Tensor[],
  pick: (tensor: Tensor) => ArrayLike<number> = (tensor) => numbers(tensor.span),
): Float64Array {
  const flat = new Float64Array(tensors.reduce((size, tensor) => size + tensor.size, 0));
  let offset = 0;
  for (const tensor of tensors) {
    flat.set(pick(tensor), offset);
    offset += tensor.size;
  }
  return flat;
}
