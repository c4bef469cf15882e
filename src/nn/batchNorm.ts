import { type Dtype, numbers } from "../engine/engine.js";
import {
  checkBoolean,
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  ShapeError,
  showShape,
  showValue,
} from "../errors.js";
import { ones, zeros } from "../tensor/create.js";
import { Tensor } from "../tensor/tensor.js";
import { assign } from "./assign.js";
import { declareBuiltIn } from "./layer.js";
import { Module } from "./module.js";
import { checkAffine, type NormLayout, normalize, type Statistics, statisticsOf } from "./normalize.js";

/** Options of {@link batchNorm}. */
export interface BatchNormOptions {
  /** γ and β, shape `[C]`; both or neither. */
  readonly weight?: Tensor;
  readonly bias?: Tensor;
  /** Running statistics, shape `[C]`: updated in place in training, used in evaluation. */
  readonly runningMean?: Tensor;
  readonly runningVar?: Tensor;
  /** Whether the batch's own statistics are used; default false. */
  readonly training?: boolean;
  /** Weight of the new value in the running statistics; default 0.1. */
  readonly momentum?: number;
  /** Added to the variance; default 1e-5. */
  readonly eps?: number;
}

/**
 * Batch normalization: `y = γ·(x − mean) / √(variance + eps) + β` with mean and variance of each channel over the batch and all places.
 *
 * In training the batch's biased variance (divided by n) normalizes, but the *unbiased* one (divided by n − 1) goes into the running
 * variance, as in PyTorch. `momentum` is the weight of the *new* value: `running ← (1 − momentum)·running + momentum·batch`; in
 * CS231n and Keras it is that of the old one. In evaluation the running statistics are constants.
 *
 * @param input shape `[N, C]` or `[N, C, ...spatial]`
 * @param options.weight, options.bias γ and β `[C]`; default none
 * @param options.runningMean, options.runningVar `[C]`; needed in evaluation, changed in place in training
 * @param options.training default false
 * @param options.momentum default 0.1
 * @param options.eps default 1e-5
 * @returns the input's shape
 * @throws {ShapeError} in training when a channel has a single number, whose variance is always 0
 * @see Ioffe and Szegedy 2015, arXiv:1502.03167
 * @example
 * nn.batchNorm(tensor([[1], [2], [4]], { dtype: "float64" }), { training: true }).toArray()[2][0] // 1.336301…
 */
export function batchNorm(input: Tensor, options: BatchNormOptions = {}): Tensor {
  const where = "batchNorm";
  checkOptions(where, options);
  const {
    weight,
    bias,
    runningMean,
    runningVar,
    training = false,
    momentum = 0.1,
    eps = 1e-5,
    ...rest
  } = options;
  rejectUnknownOptions(where, rest, [
    "weight",
    "bias",
    "runningMean",
    "runningVar",
    "training",
    "momentum",
    "eps",
  ]);
  checkBoolean(where, "training", training);
  checkNumber(where, "momentum", momentum, { min: 0, max: 1 });
  checkNumber(where, "eps", eps, { min: 0 });
  const layout = channelLayout(where, input);
  const channels = [layout.groups];
  checkAffine(where, input, { weight, bias }, channels);
  checkAffine(where, input, { weight: runningMean, bias: runningVar }, channels);
  if (!training) {
    if (runningMean === undefined || runningVar === undefined)
      throw new TypeError(
        errorText(
          where,
          "evaluation needs runningMean and runningVar, got none",
          "",
          "pass them, or {training: true}",
        ),
      );
    const statistics = {
      mean: Float64Array.from(numbers(runningMean.span)),
      variance: Float64Array.from(numbers(runningVar.span)),
    };
    return normalize(input, layout, statistics, eps, { weight, bias }, false);
  }
  const count = layout.runs * layout.runLength;
  if (count < 2)
    throw new ShapeError(
      errorText(
        where,
        `training needs more than one number per channel, got ${count}`,
        `input ${showShape(input.shape)}`,
        "use larger batches, or call model.eval() to use the running statistics",
      ),
    );
  const statistics = statisticsOf(numbers(input.span), layout);
  if (runningMean !== undefined && runningVar !== undefined)
    updateRunning(runningMean, runningVar, statistics, momentum, count);
  return normalize(input, layout, statistics, eps, { weight, bias }, true);
}

/** One group a channel: its numbers are one stretch in each sample. */
function channelLayout(where: string, input: Tensor): NormLayout {
  if (!(input instanceof Tensor))
    throw new TypeError(errorText(where, `input must be a tensor, got ${showValue(input)}`));
  if (input.ndim < 2 || input.size === 0)
    throw new ShapeError(
      errorText(
        where,
        `input must have shape [N, C, ...] with at least one number, got ${showShape(input.shape)}`,
      ),
    );
  const [samples, channels] = input.shape as [number, number];
  const places = input.size / (samples * channels);
  return {
    groups: channels,
    groupStep: places,
    runs: samples,
    runStep: channels * places,
    runLength: places,
    affineInner: places,
    affineSize: channels,
  };
}

function updateRunning(
  mean: Tensor,
  variance: Tensor,
  batch: Statistics,
  momentum: number,
  count: number,
): void {
  const blend = (old: Tensor, fresh: Float64Array, factor: number): void => {
    const values = Float64Array.from(
      numbers(old.span),
      (value, c) => (1 - momentum) * value + momentum * factor * fresh[c]!,
    );
    assign(old, values);
  };
  blend(mean, batch.mean, 1);
  blend(variance, batch.variance, count / (count - 1));
}

/** Options of {@link BatchNorm1d}, {@link BatchNorm2d} and {@link BatchNorm3d}. */
export interface BatchNormLayerOptions {
  /** Added to the variance; default 1e-5. */
  readonly eps?: number;
  /** Weight of the new value in the running statistics; null for the mean over all batches so far; default 0.1. */
  readonly momentum?: number | null;
  /** Whether γ and β exist and are learned; default true. */
  readonly affine?: boolean;
  readonly dtype?: Dtype;
}

abstract class BatchNormLayer extends Module {
  readonly weight: Tensor | null;
  readonly bias: Tensor | null;
  readonly runningMean: Tensor;
  readonly runningVar: Tensor;
  /** Training batches so far, a scalar. */
  readonly batches: Tensor;
  readonly #where: string;
  readonly #ndims: readonly number[];
  readonly #momentum: number | null;
  /** Added to the variance. */
  readonly eps: number;

  constructor(where: string, ndims: readonly number[], channels: number, options: BatchNormLayerOptions) {
    super();
    checkNumber(where, "channels", channels, { integer: true, min: 1 });
    checkOptions(where, options);
    const { eps = 1e-5, momentum = 0.1, affine = true, dtype = "float32", ...rest } = options;
    rejectUnknownOptions(where, rest, ["eps", "momentum", "affine", "dtype"]);
    checkNumber(where, "eps", eps, { min: 0 });
    if (momentum !== null) checkNumber(where, "momentum", momentum, { min: 0, max: 1 });
    checkBoolean(where, "affine", affine);
    this.weight = affine ? ones([channels], { dtype, requiresGrad: true }) : null;
    this.bias = affine ? zeros([channels], { dtype, requiresGrad: true }) : null;
    this.runningMean = zeros([channels], { dtype });
    this.runningVar = ones([channels], { dtype });
    this.batches = zeros([], { dtype });
    this.#where = where;
    this.#ndims = ndims;
    this.#momentum = momentum;
    this.eps = eps;
  }

  forward(input: Tensor): Tensor {
    const channels = this.runningMean.size;
    if (!this.#ndims.includes(input.ndim) || input.shape[1] !== channels)
      throw new ShapeError(
        errorText(
          this.#where,
          `input must have ${this.#ndims.join(" or ")} axes and ${channels} channels in the second, got ${showShape(input.shape)}`,
        ),
      );
    const training = this.training;
    if (training) assign(this.batches, [this.batches.item() + 1]);
    return batchNorm(input, {
      ...(this.weight === null || this.bias === null ? {} : { weight: this.weight, bias: this.bias }),
      runningMean: this.runningMean,
      runningVar: this.runningVar,
      training,
      momentum: this.#momentum ?? (training ? 1 / this.batches.item() : 0),
      eps: this.eps,
    });
  }

  override toString(): string {
    return `${this.#where}(${this.runningMean.size})`;
  }
}

/**
 * {@link batchNorm} as a layer for `[N, C]` or `[N, C, L]`, with learned γ (starts at 1) and β (0) and running statistics (0 and 1).
 *
 * @param channels C
 * @param options.eps default 1e-5
 * @param options.momentum weight of the new value, default 0.1; null averages all batches equally
 * @param options.affine default true
 * @example
 * new nn.BatchNorm1d(3).forward(randn([8, 3])).shape // [8, 3]
 */
export class BatchNorm1d extends BatchNormLayer {
  constructor(channels: number, options: BatchNormLayerOptions = {}) {
    super("BatchNorm1d", [2, 3], channels, options);
  }
}

/** {@link batchNorm} as a layer for images `[N, C, H, W]`; options as {@link BatchNorm1d}. */
export class BatchNorm2d extends BatchNormLayer {
  constructor(channels: number, options: BatchNormLayerOptions = {}) {
    super("BatchNorm2d", [4], channels, options);
  }
}

/** {@link batchNorm} as a layer for volumes `[N, C, D, H, W]`; options as {@link BatchNorm1d}. */
export class BatchNorm3d extends BatchNormLayer {
  constructor(channels: number, options: BatchNormLayerOptions = {}) {
    super("BatchNorm3d", [5], channels, options);
  }
}

declareBuiltIn(BatchNormLayer);
