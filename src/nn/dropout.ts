import { arraySpan, newArray } from "../engine/engine.js";
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
import { type Random, randomOption } from "../random.js";
import { add, mul } from "../tensor/elementwise.js";
import { linear } from "../tensor/matmul.js";
import { Tensor } from "../tensor/tensor.js";
import { declareBuiltIn } from "./layer.js";
import { Linear, type LinearOptions } from "./linear.js";
import { Module } from "./module.js";

/** Options of {@link dropout} and {@link dropConnect}. */
export interface DropoutOptions {
  /** Probability of dropping, from 0 up to but not including 1; default 0.5. */
  readonly p?: number;
  /** Whether anything is dropped; default true. */
  readonly training?: boolean;
  /** Generator of the mask; default the shared one. */
  readonly random?: Random;
}

/** @throws {RangeError} unless 0 <= p < 1 */
function checkDropProbability(where: string, p: number): number {
  return checkNumber(where, "p", p, {
    min: 0,
    below: 1,
    help: "p is the probability of dropping; for a keep probability k pass {p: 1 - k}",
  });
}

/** `kept` with probability 1 − p, otherwise `dropped`, for each place of a shape. */
function mask(
  like: Tensor,
  shape: readonly number[],
  p: number,
  random: Random,
  kept: number,
  dropped: number,
): Tensor {
  const values = newArray(
    like.dtype,
    shape.reduce((product, size) => product * size, 1),
  );
  for (let i = 0; i < values.length; i++) values[i] = random.uniform() < p ? dropped : kept;
  return new Tensor(arraySpan(values), shape);
}

function readDropout(
  where: string,
  input: Tensor,
  options: DropoutOptions,
): { p: number; random: Random } | null {
  if (!(input instanceof Tensor))
    throw new TypeError(errorText(where, `input must be a tensor, got ${showValue(input)}`));
  checkOptions(where, options);
  const { p = 0.5, training = true, random, ...rest } = options;
  rejectUnknownOptions(where, rest, ["p", "training", "random"]);
  checkDropProbability(where, p);
  checkBoolean(where, "training", training);
  const generator = randomOption(where, random);
  return training && p > 0 ? { p, random: generator } : null;
}

/**
 * Dropout: every number becomes 0 with probability p, the others are multiplied by `1 / (1 − p)`, so that the mean stays. In evaluation
 * the input comes back as it is.
 *
 * @param input any shape
 * @param options.p probability of *dropping*, default 0.5; CS231n's p is the probability of keeping
 * @param options.training default true
 * @param options.random generator of the mask; default the shared one
 * @throws {RangeError} when p is not in [0, 1)
 * @see Srivastava et al. 2014, "Dropout: a simple way to prevent neural networks from overfitting", JMLR 15
 * @example
 * nn.dropout(tensor([3]), { p: 0 }).toArray() // [3]
 */
export function dropout(input: Tensor, options: DropoutOptions = {}): Tensor {
  const on = readDropout("dropout", input, options);
  if (on === null) return input;
  return mul(input, mask(input, input.shape, on.p, on.random, 1 / (1 - on.p), 0));
}

/**
 * DropConnect: the same on a layer's weights. The masked weights go into the layer in place of the real ones.
 *
 * Each weight becomes 0 with probability p and is multiplied by `1 / (1 − p)` otherwise, so that the mean of the layer's output stays.
 * One mask serves the whole batch; the paper draws one a sample and approximates at test time by a normal distribution.
 *
 * @param weight any shape
 * @param options.p probability of dropping, default 0.5; `training` default true; `random` generator of the mask
 * @throws {RangeError} when p is not in [0, 1)
 * @see Wan et al. 2013, "Regularization of neural networks using DropConnect"
 * @example
 * nn.dropConnect(tensor([3]), { training: false }).toArray() // [3]
 */
export function dropConnect(weight: Tensor, options: DropoutOptions = {}): Tensor {
  const on = readDropout("dropConnect", weight, options);
  if (on === null) return weight;
  return mul(weight, mask(weight, weight.shape, on.p, on.random, 1 / (1 - on.p), 0));
}

/** Options of the dropout layers. */
export type DropoutLayerOptions = Pick<DropoutOptions, "p" | "random">;

abstract class DropoutLayer extends Module {
  readonly p: number;
  readonly #random: Random | undefined;
  readonly #where: string;

  constructor(where: string, options: DropoutLayerOptions) {
    super();
    checkOptions(where, options);
    const { p = 0.5, random, ...rest } = options;
    rejectUnknownOptions(where, rest, ["p", "random"]);
    this.p = checkDropProbability(where, p);
    if (random !== undefined) randomOption(where, random);
    this.#random = random;
    this.#where = where;
  }

  /** The layer's generator, or the shared one at the time of the call. */
  protected get random(): Random {
    return randomOption(this.#where, this.#random);
  }

  override toString(): string {
    return `${this.#where}(p ${this.p})`;
  }
}

/**
 * {@link dropout} as a layer: active in training, passes everything in evaluation.
 *
 * @param options.p probability of dropping, default 0.5
 * @param options.random generator of the masks; default the shared one
 * @example
 * new nn.Dropout({ p: 0.3 }).eval().forward(tensor([1, 2])).toArray() // [1, 2]
 */
export class Dropout extends DropoutLayer {
  constructor(options: DropoutLayerOptions = {}) {
    super("Dropout", options);
  }
  forward(input: Tensor): Tensor {
    return dropout(input, { p: this.p, training: this.training, random: this.random });
  }
}

/** Drops whole channels: neighbors in a channel are alike, so dropping single numbers would hide nothing. */
abstract class ChannelDropout extends DropoutLayer {
  readonly #ndim: number;
  readonly #name: string;

  constructor(where: string, ndim: number, options: DropoutLayerOptions) {
    super(where, options);
    this.#ndim = ndim;
    this.#name = where;
  }

  forward(input: Tensor): Tensor {
    if (input.ndim !== this.#ndim)
      throw new ShapeError(
        errorText(
          this.#name,
          `input must have ${this.#ndim} axes [N, C, ...], got ${showShape(input.shape)}`,
        ),
      );
    if (!this.training || this.p === 0) return input;
    const [samples, channels] = input.shape as [number, number];
    const shape = [samples, channels, ...new Array<number>(input.ndim - 2).fill(1)];
    return mul(input, mask(input, shape, this.p, this.random, 1 / (1 - this.p), 0));
  }
}

/** Dropout of whole channels of `[N, C, L]`. @param options.p probability of dropping a channel, default 0.5 @see Tompson et al. 2015, arXiv:1411.4280 */
export class Dropout1d extends ChannelDropout {
  constructor(options: DropoutLayerOptions = {}) {
    super("Dropout1d", 3, options);
  }
}

/** Dropout of whole channels of images `[N, C, H, W]`. @param options.p probability of dropping a channel, default 0.5 @see Tompson et al. 2015, arXiv:1411.4280 */
export class Dropout2d extends ChannelDropout {
  constructor(options: DropoutLayerOptions = {}) {
    super("Dropout2d", 4, options);
  }
}

/** Dropout of whole channels of volumes `[N, C, D, H, W]`. @param options.p probability of dropping a channel, default 0.5 @see Tompson et al. 2015, arXiv:1411.4280 */
export class Dropout3d extends ChannelDropout {
  constructor(options: DropoutLayerOptions = {}) {
    super("Dropout3d", 5, options);
  }
}

/** The value SELU goes to at −∞: −λα. */
const seluFloor = -1.0507009873554805 * 1.6732632423543772;

/**
 * Dropout for networks of SELU units: dropped numbers take SELU's lowest value, and the result is shifted and scaled so that mean 0 and
 * variance 1 stay.
 *
 * `y = a·(x·m + α′·(1 − m)) + b`, `α′ = −λα`, `a = ((1 − p)(1 + p·α′²))^(−1/2)`, `b = −a·p·α′`
 *
 * @param options.p probability of dropping, default 0.5
 * @see Klambauer et al. 2017, arXiv:1706.02515
 */
export class AlphaDropout extends DropoutLayer {
  constructor(options: DropoutLayerOptions = {}) {
    super("AlphaDropout", options);
  }
  forward(input: Tensor): Tensor {
    const { p } = this;
    if (!this.training || p === 0) return input;
    const a = 1 / Math.sqrt((1 - p) * (1 + p * seluFloor * seluFloor));
    const b = -a * p * seluFloor;
    const factor = mask(input, input.shape, p, this.random, a, 0);
    const shift = newArray(input.dtype, input.size);
    const factors = factor.span.array!;
    for (let i = 0; i < shift.length; i++) shift[i] = factors[i] === 0 ? a * seluFloor + b : b;
    return add(mul(input, factor), new Tensor(arraySpan(shift), input.shape));
  }
}

/**
 * A linear layer whose weights are dropped at random in training; see {@link dropConnect}.
 *
 * @param options.p probability of dropping a weight, default 0.5; the other options are those of {@link Linear}
 * @example
 * new nn.DropConnect(3, 2, { p: 0.2 }).forward(ones([5, 3])).shape // [5, 2]
 */
export class DropConnect extends Linear {
  readonly p: number;
  readonly #random: Random | undefined;

  constructor(
    inFeatures: number,
    outFeatures: number,
    options: LinearOptions & { readonly p?: number } = {},
  ) {
    checkOptions("DropConnect", options);
    const { p = 0.5, ...rest } = options;
    super(inFeatures, outFeatures, rest);
    this.p = checkDropProbability("DropConnect", p);
    this.#random = options.random;
  }

  override forward(input: Tensor): Tensor {
    const random = randomOption("DropConnect", this.#random);
    const weight = dropConnect(this.weight, { p: this.p, training: this.training, random });
    return linear(input, weight, this.bias, "none");
  }

  override toString(): string {
    return `DropConnect(${this.weight.shape[1]}, ${this.weight.shape[0]}, p ${this.p})`;
  }
}

declareBuiltIn(Dropout, ChannelDropout, AlphaDropout);
