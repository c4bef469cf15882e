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
import { checkAffine, normalize, statisticsOf } from "./normalize.js";

/** Options of {@link layerNorm}. */
export interface LayerNormOptions {
  /** The last axes, over which each sample is normalized; required. */
  readonly normalizedShape: readonly number[];
  /** γ and β of that shape; both or neither. */
  readonly weight?: Tensor;
  readonly bias?: Tensor;
  /** Added to the variance; default 1e-5. */
  readonly eps?: number;
}

/**
 * Layer normalization: each sample by itself, `y = γ·(x − mean) / √(variance + eps) + β` with mean and biased variance over the last axes.
 * The same in training and evaluation, and for a batch of one.
 *
 * @param input shape `[..., ...normalizedShape]`
 * @param options.normalizedShape sizes of the last axes
 * @param options.weight, options.bias γ and β of that shape; default none
 * @param options.eps default 1e-5
 * @throws {ShapeError} when the input does not end in normalizedShape
 * @see Ba, Kiros and Hinton 2016, arXiv:1607.06450
 * @example
 * nn.layerNorm(tensor([[1, 3]]), { normalizedShape: [2], eps: 0 }).toArray() // [[-1, 1]]
 */
export function layerNorm(input: Tensor, options: LayerNormOptions): Tensor {
  const where = "layerNorm";
  checkOptions(where, options);
  const { normalizedShape, weight, bias, eps = 1e-5, ...rest } = options;
  rejectUnknownOptions(where, rest, ["normalizedShape", "weight", "bias", "eps"]);
  checkNumber(where, "eps", eps, { min: 0 });
  checkNormalizedShape(where, normalizedShape);
  if (!(input instanceof Tensor))
    throw new TypeError(errorText(where, `input must be a tensor, got ${showValue(input)}`));
  const last = input.shape.slice(-normalizedShape.length);
  if (last.join() !== normalizedShape.join())
    throw new ShapeError(
      errorText(
        where,
        `input must end in normalizedShape ${showShape(normalizedShape)}, got ${showShape(input.shape)}`,
      ),
    );
  checkAffine(where, input, { weight, bias }, normalizedShape);
  const length = normalizedShape.reduce((product, size) => product * size, 1);
  const layout = {
    groups: input.size / length,
    groupStep: length,
    runs: 1,
    runStep: 0,
    runLength: length,
    affineInner: 1,
    affineSize: length,
  };
  return normalize(input, layout, statisticsOf(numbers(input.span), layout), eps, { weight, bias }, true);
}

function checkNormalizedShape(where: string, shape: unknown): void {
  if (
    !Array.isArray(shape) ||
    shape.length === 0 ||
    !shape.every((size) => Number.isInteger(size) && size > 0)
  )
    throw new RangeError(
      errorText(where, `normalizedShape must be a list of whole numbers above 0, got ${showValue(shape)}`),
    );
}

/** Options of {@link LayerNorm}. */
export interface LayerNormLayerOptions {
  /** Added to the variance; default 1e-5. */
  readonly eps?: number;
  /** Whether γ and β exist and are learned; default true. */
  readonly affine?: boolean;
  readonly dtype?: Dtype;
}

/**
 * {@link layerNorm} as a layer, with learned γ (starts at 1) and β (0).
 *
 * @param shape sizes of the last axes; a number for one axis
 * @param options.eps default 1e-5
 * @param options.affine default true
 * @example
 * new nn.LayerNorm(4).forward(randn([2, 3, 4])).shape // [2, 3, 4]
 */
export class LayerNorm extends Module {
  readonly weight: Tensor | null;
  readonly bias: Tensor | null;
  readonly #shape: readonly number[];
  readonly #eps: number;

  constructor(shape: number | readonly number[], options: LayerNormLayerOptions = {}) {
    super();
    const where = "LayerNorm";
    checkOptions(where, options);
    const { eps = 1e-5, affine = true, dtype = "float32", ...rest } = options;
    rejectUnknownOptions(where, rest, ["eps", "affine", "dtype"]);
    checkBoolean(where, "affine", affine);
    this.#shape = typeof shape === "number" ? [shape] : shape;
    checkNormalizedShape(where, this.#shape);
    this.#eps = checkNumber(where, "eps", eps, { min: 0 });
    this.weight = affine ? ones(this.#shape, { dtype, requiresGrad: true }) : null;
    this.bias = affine ? zeros(this.#shape, { dtype, requiresGrad: true }) : null;
  }

  forward(input: Tensor): Tensor {
    const affine = this.weight === null || this.bias === null ? {} : { weight: this.weight, bias: this.bias };
    return layerNorm(input, { normalizedShape: this.#shape, eps: this.#eps, ...affine });
  }

  override toString(): string {
    return `LayerNorm(${showShape(this.#shape)})`;
  }
}

declareBuiltIn(LayerNorm);
