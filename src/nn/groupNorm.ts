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
import { declareBuiltIn } from "./layer.js";
import { Module } from "./module.js";
import { type Affine, checkAffine, normalize, statisticsOf } from "./normalize.js";

/** Options of {@link groupNorm}. */
export interface GroupNormOptions {
  /** Groups the channels are cut into; required, must divide their number. */
  readonly numGroups: number;
  /** γ and β, shape `[C]`; both or neither. */
  readonly weight?: Tensor;
  readonly bias?: Tensor;
  /** Added to the variance; default 1e-5. */
  readonly eps?: number;
}

/** Options of {@link instanceNorm}. */
export type InstanceNormOptions = Omit<GroupNormOptions, "numGroups">;

/** Normalizes each sample's groups of channels. */
function normalizeGroups(
  where: string,
  input: Tensor,
  numGroups: number | "each",
  affine: Affine,
  eps: number,
): Tensor {
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
  const groups = numGroups === "each" ? channels : numGroups;
  if (channels % groups !== 0)
    throw new ShapeError(
      errorText(
        where,
        `numGroups must divide the number of channels, got numGroups ${groups} for ${channels} channels`,
        `input ${showShape(input.shape)}`,
      ),
    );
  checkAffine(where, input, affine, [channels]);
  const length = input.size / (samples * groups);
  const layout = {
    groups: samples * groups,
    groupStep: length,
    runs: 1,
    runStep: 0,
    runLength: length,
    affineInner: input.size / (samples * channels),
    affineSize: channels,
  };
  return normalize(input, layout, statisticsOf(numbers(input.span), layout), eps, affine, true);
}

/**
 * Group normalization: the channels of each sample are cut into groups, and each group is normalized over its channels and all places.
 * The same in training and evaluation, at any batch size. One group is layer norm over `[C, ...spatial]`, C groups are
 * instance norm.
 *
 * `y = γ·(x − mean) / √(variance + eps) + β`, biased variance
 *
 * @param input shape `[N, C, ...spatial]`
 * @param options.numGroups must divide C
 * @param options.weight, options.bias γ and β `[C]`; default none
 * @param options.eps default 1e-5
 * @throws {ShapeError} when numGroups does not divide C
 * @see Wu and He 2018, arXiv:1803.08494
 * @example
 * nn.groupNorm(tensor([[1, 3, 10, 30]]), { numGroups: 2, eps: 0 }).toArray() // [[-1, 1, -1, 1]]
 */
export function groupNorm(input: Tensor, options: GroupNormOptions): Tensor {
  const where = "groupNorm";
  checkOptions(where, options);
  const { numGroups, weight, bias, eps = 1e-5, ...rest } = options;
  rejectUnknownOptions(where, rest, ["numGroups", "weight", "bias", "eps"]);
  checkNumber(where, "numGroups", numGroups, { integer: true, min: 1 });
  checkNumber(where, "eps", eps, { min: 0 });
  return normalizeGroups(where, input, numGroups, { weight, bias }, eps);
}

/**
 * Instance normalization: each channel of each sample over its places. {@link groupNorm} with as many groups as channels.
 *
 * @param input shape `[N, C, ...spatial]` with more than one place
 * @param options.weight, options.bias γ and β `[C]`; default none
 * @param options.eps default 1e-5
 * @throws {ShapeError} when there is a single place, which normalization would turn into 0
 * @see Ulyanov, Vedaldi and Lempitsky 2016, arXiv:1607.08022
 * @example
 * nn.instanceNorm(tensor([[[1, 3], [10, 30]]]), { eps: 0 }).toArray() // [[[-1, 1], [-1, 1]]]
 */
export function instanceNorm(input: Tensor, options: InstanceNormOptions = {}): Tensor {
  const where = "instanceNorm";
  checkOptions(where, options);
  const { weight, bias, eps = 1e-5, ...rest } = options;
  rejectUnknownOptions(where, rest, ["weight", "bias", "eps"]);
  checkNumber(where, "eps", eps, { min: 0 });
  if (input instanceof Tensor && input.ndim >= 2 && input.size === input.shape[0]! * input.shape[1]!)
    throw new ShapeError(
      errorText(
        where,
        "input must have more than one place per channel, got one",
        `input ${showShape(input.shape)}`,
      ),
    );
  return normalizeGroups(where, input, "each", { weight, bias }, eps);
}

/** Options of the layers in this file. */
export interface GroupNormLayerOptions {
  /** Added to the variance; default 1e-5. */
  readonly eps?: number;
  /** Whether γ and β exist and are learned; default true for GroupNorm, false for InstanceNorm. */
  readonly affine?: boolean;
  readonly dtype?: Dtype;
}

/** What the layers share: options, γ and β. */
abstract class GroupNormLayer extends Module {
  readonly weight: Tensor | null;
  readonly bias: Tensor | null;
  protected readonly settings: { readonly eps: number; readonly weight?: Tensor; readonly bias?: Tensor };

  constructor(where: string, channels: number, options: GroupNormLayerOptions, defaultAffine: boolean) {
    super();
    checkNumber(where, "channels", channels, { integer: true, min: 1 });
    checkOptions(where, options);
    const { eps = 1e-5, affine = defaultAffine, dtype = "float32", ...rest } = options;
    rejectUnknownOptions(where, rest, ["eps", "affine", "dtype"]);
    checkNumber(where, "eps", eps, { min: 0 });
    checkBoolean(where, "affine", affine);
    this.weight = affine ? ones([channels], { dtype, requiresGrad: true }) : null;
    this.bias = affine ? zeros([channels], { dtype, requiresGrad: true }) : null;
    this.settings = {
      eps,
      ...(this.weight === null || this.bias === null ? {} : { weight: this.weight, bias: this.bias }),
    };
  }
}

/**
 * {@link groupNorm} as a layer, with learned γ (starts at 1) and β (0).
 *
 * @param numGroups must divide channels
 * @param channels C
 * @param options.eps default 1e-5
 * @param options.affine default true
 * @example
 * new nn.GroupNorm(2, 4).forward(randn([8, 4, 5, 5])).shape // [8, 4, 5, 5]
 */
export class GroupNorm extends GroupNormLayer {
  readonly #numGroups: number;
  readonly #channels: number;

  constructor(numGroups: number, channels: number, options: GroupNormLayerOptions = {}) {
    super("GroupNorm", channels, options, true);
    this.#numGroups = checkNumber("GroupNorm", "numGroups", numGroups, { integer: true, min: 1 });
    this.#channels = channels;
    if (channels % numGroups !== 0)
      throw new RangeError(
        errorText(
          "GroupNorm",
          `numGroups must divide channels, got numGroups ${numGroups} for ${channels} channels`,
        ),
      );
  }

  forward(input: Tensor): Tensor {
    return groupNorm(input, { numGroups: this.#numGroups, ...this.settings });
  }

  override toString(): string {
    return `GroupNorm(${this.#numGroups}, ${this.#channels})`;
  }
}

abstract class InstanceNormLayer extends GroupNormLayer {
  readonly #where: string;
  readonly #channels: number;
  readonly #ndim: number;

  constructor(where: string, ndim: number, channels: number, options: GroupNormLayerOptions) {
    super(where, channels, options, false);
    this.#where = where;
    this.#channels = channels;
    this.#ndim = ndim;
  }

  forward(input: Tensor): Tensor {
    if (input.ndim !== this.#ndim || input.shape[1] !== this.#channels)
      throw new ShapeError(
        errorText(
          this.#where,
          `input must have ${this.#ndim} axes and ${this.#channels} channels in the second, got ${showShape(input.shape)}`,
        ),
      );
    return instanceNorm(input, this.settings);
  }

  override toString(): string {
    return `${this.#where}(${this.#channels})`;
  }
}

/** {@link instanceNorm} as a layer for `[N, C, L]`; without γ and β, as in PyTorch, unless `affine` is true. No running statistics. */
export class InstanceNorm1d extends InstanceNormLayer {
  constructor(channels: number, options: GroupNormLayerOptions = {}) {
    super("InstanceNorm1d", 3, channels, options);
  }
}

/** {@link instanceNorm} as a layer for images `[N, C, H, W]`; without γ and β, as in PyTorch, unless `affine` is true. No running statistics. */
export class InstanceNorm2d extends InstanceNormLayer {
  constructor(channels: number, options: GroupNormLayerOptions = {}) {
    super("InstanceNorm2d", 4, channels, options);
  }
}

/** {@link instanceNorm} as a layer for volumes `[N, C, D, H, W]`; without γ and β, as in PyTorch, unless `affine` is true. No running statistics. */
export class InstanceNorm3d extends InstanceNormLayer {
  constructor(channels: number, options: GroupNormLayerOptions = {}) {
    super("InstanceNorm3d", 5, channels, options);
  }
}

declareBuiltIn(GroupNorm, InstanceNormLayer);
