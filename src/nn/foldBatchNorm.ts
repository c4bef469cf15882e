import { numbers } from "../engine/engine.js";
import { errorText, ShapeError, showShape, showValue } from "../errors.js";
import type { Tensor } from "../tensor/tensor.js";
import { assign } from "./assign.js";
import { BatchNorm1d, BatchNorm2d, BatchNorm3d } from "./batchNorm.js";
import { Conv1d, Conv2d, Conv3d } from "./convLayer.js";
import { Linear } from "./linear.js";

/** Which normalization follows which layer: both must mean the same axis by "channel". */
const pairs = [
  { layer: Linear, norm: BatchNorm1d },
  { layer: Conv1d, norm: BatchNorm1d },
  { layer: Conv2d, norm: BatchNorm2d },
  { layer: Conv3d, norm: BatchNorm3d },
] as const;

/**
 * One layer that does what a layer and the batch normalization behind it do in evaluation, so that the normalization costs nothing in use.
 *
 * In evaluation batch normalization is a fixed scale and shift of each channel, and a linear layer in front of it can take both in:
 * `w′ = w·γ/√(σ² + ε)`, `b′ = (b − μ)·γ/√(σ² + ε) + β`, one factor for each output channel, with μ and σ² the running statistics.
 * `norm(layer(x))` and the folded layer agree up to rounding. In training they do not: there μ and σ² are those of the batch.
 *
 * @param layer Linear, Conv1d, Conv2d or Conv3d with any settings; stays as it is. Linear on inputs `[N, features]` only: after one on
 *   `[N, L, features]` BatchNorm1d would take L for the channels
 * @param norm the BatchNorm of as many axes that follows it, in evaluation mode, with or without γ and β
 * @returns a new layer of the same class and settings, with a bias, in evaluation mode; trains if `layer` does
 * @throws {TypeError} for other layers, or when dtypes differ; {ShapeError} when channels differ; {RangeError} for a norm in training mode
 * @see Jacob et al. 2018, arXiv:1712.05877, section 3.2
 * @example
 * const layer = new nn.Linear(1, 1);
 * layer.weight.data.set([3]);
 * layer.bias.data.set([1]);
 * const norm = new nn.BatchNorm1d(1, { eps: 0 });
 * norm.runningMean.data.set([4]);
 * norm.runningVar.data.set([4]);
 * const folded = nn.foldBatchNorm(layer, norm.eval());
 * folded.weight.item() // 1.5
 * folded.bias.item() // -1.5
 */
export function foldBatchNorm<Layer extends Linear | Conv1d | Conv2d | Conv3d>(
  layer: Layer,
  norm: BatchNorm1d | BatchNorm2d | BatchNorm3d,
): Layer {
  const where = "foldBatchNorm";
  checkPair(where, layer, norm);
  const { weight, bias } = layer;
  const perChannel = weight.size / norm.runningMean.size;
  const read = (values: Tensor | null, missing: number): ((channel: number) => number) => {
    const list = values === null ? null : numbers(values.span);
    return (channel) => (list === null ? missing : list[channel]!);
  };
  const [mean, variance] = [read(norm.runningMean, 0), read(norm.runningVar, 1)];
  const [gamma, beta, shift] = [read(norm.weight, 1), read(norm.bias, 0), read(bias, 0)];
  const factor = (channel: number): number => gamma(channel) / Math.sqrt(variance(channel) + norm.eps);
  const folded = emptyCopy(layer);
  assign(
    folded.weight,
    Float64Array.from(numbers(weight.span), (value, i) => value * factor(Math.floor(i / perChannel))),
  );
  assign(
    folded.bias!,
    Float64Array.from(
      { length: norm.runningMean.size },
      (_, c) => (shift(c) - mean(c)) * factor(c) + beta(c),
    ),
  );
  folded.weight.requiresGrad = weight.requiresGrad;
  folded.bias!.requiresGrad = weight.requiresGrad;
  return folded.eval() as Layer;
}

/** A layer of the same class and settings with a bias, all numbers 0. */
function emptyCopy(layer: Linear | Conv1d | Conv2d | Conv3d): Linear | Conv1d | Conv2d | Conv3d {
  const { weight } = layer;
  const options = { bias: true, dtype: weight.dtype, init: (): void => {} };
  if (layer instanceof Linear) return new Linear(weight.shape[1]!, weight.shape[0]!, options);
  const { settings } = layer;
  const inChannels = weight.shape[1]! * settings.groups;
  const Class = layer instanceof Conv1d ? Conv1d : layer instanceof Conv2d ? Conv2d : Conv3d;
  return new Class(inChannels, weight.shape[0]!, { ...settings, ...options });
}

function checkPair(where: string, layer: unknown, norm: unknown): void {
  const nameOf = (value: unknown): string =>
    typeof value === "object" && value !== null ? value.constructor.name : showValue(value);
  const pair = pairs.find((one) => layer instanceof one.layer);
  if (pair === undefined)
    throw new TypeError(
      errorText(where, `layer must be Linear, Conv1d, Conv2d or Conv3d, got ${nameOf(layer)}`),
    );
  const { weight } = layer as Linear;
  const name = pair.layer.name;
  if (!(norm instanceof pair.norm))
    throw new TypeError(
      errorText(where, `${name} must be followed by ${pair.norm.name}, got ${nameOf(norm)}`),
    );
  if (norm.runningMean.size !== weight.shape[0])
    throw new ShapeError(
      errorText(
        where,
        `norm must have the layer's ${weight.shape[0]} output channels, got ${norm.runningMean.size}`,
        `weight ${showShape(weight.shape)}, running mean ${showShape(norm.runningMean.shape)}`,
      ),
    );
  if (norm.runningMean.dtype !== weight.dtype)
    throw new TypeError(
      errorText(where, `norm must have the layer's dtype ${weight.dtype}, got ${norm.runningMean.dtype}`),
    );
  if (norm.training)
    throw new RangeError(
      errorText(
        where,
        "norm must be in evaluation mode, got training mode",
        "",
        "call norm.eval() or model.eval() first: only then are its mean and variance fixed numbers",
      ),
    );
}
