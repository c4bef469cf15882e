import { type ConvOptions, convNd } from "../conv/conv.js";
import { convTranspose1d, convTranspose2d, convTranspose3d } from "../conv/convTranspose.js";
import type { Padding, PerAxis } from "../conv/shape.js";
import type { Activation } from "../engine/engine.js";
import {
  checkBoolean,
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  showValue,
} from "../errors.js";
import { randomOption } from "../random.js";
import type { Tensor } from "../tensor/tensor.js";
import { declareBuiltIn } from "./layer.js";
import { makeWeights, type WeightOptions, weightOptionKeys } from "./layerOptions.js";
import { Module } from "./module.js";

/** Options of {@link Conv1d}, {@link Conv2d} and {@link Conv3d}. */
export interface ConvLayerOptions extends WeightOptions {
  /** Size of the window, a number or one per axis; required. */
  readonly kernelSize: PerAxis;
  /** Elements from one window to the next; default 1. */
  readonly stride?: PerAxis;
  /** Zeros on each side, `"valid"` or `"same"`; default 0. */
  readonly padding?: Padding;
  /** Elements from one tap to the next; default 1. */
  readonly dilation?: PerAxis;
  /** Must divide both channel counts; default 1. */
  readonly groups?: number;
}

/** One whole number above 0 for each axis. */
function perAxis(where: string, name: string, value: unknown, axes: number): number[] {
  const list = Array.isArray(value) ? value : new Array<unknown>(axes).fill(value);
  if (list.length !== axes || !list.every((size) => Number.isInteger(size) && size > 0))
    throw new RangeError(
      errorText(where, `${name} must be a whole number above 0, or ${axes} of them, got ${showValue(value)}`),
    );
  return list as number[];
}

/** `3` for equal sizes, `3x5` otherwise. */
const showSizes = (sizes: readonly number[]): string =>
  new Set(sizes).size === 1 ? `${sizes[0]}` : sizes.join("x");

/** Settings that differ from their defaults, for `toString`. */
function showSettings(
  settings: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>>,
): string {
  return Object.entries(settings)
    .filter(([key, value]) => value !== undefined && value !== defaults[key])
    .map(([key, value]) => `, ${key} ${Array.isArray(value) ? value.join("x") : value}`)
    .join("");
}

/** What the three convolution layers share; the number of axes is the only difference. */
abstract class ConvLayer extends Module {
  readonly weight: Tensor;
  readonly bias: Tensor | null;
  readonly #where: string;
  readonly #axes: number;
  readonly #options: ConvOptions;
  readonly #text: string;

  constructor(
    where: string,
    axes: number,
    inChannels: number,
    outChannels: number,
    options: ConvLayerOptions,
  ) {
    super();
    checkNumber(where, "inChannels", inChannels, { integer: true, min: 1 });
    checkNumber(where, "outChannels", outChannels, { integer: true, min: 1 });
    checkOptions(where, options);
    const { kernelSize, stride = 1, padding = 0, dilation = 1, groups = 1, ...others } = options;
    const { bias = true, init, random, dtype = "float32", ...rest } = others;
    rejectUnknownOptions(where, rest, [
      "kernelSize",
      "stride",
      "padding",
      "dilation",
      "groups",
      ...weightOptionKeys,
    ]);
    checkBoolean(where, "bias", bias);
    const kernel = perAxis(where, "kernelSize", kernelSize, axes);
    checkNumber(where, "groups", groups, { integer: true, min: 1 });
    if (inChannels % groups !== 0 || outChannels % groups !== 0)
      throw new RangeError(
        errorText(
          where,
          `groups must divide both channel counts, got groups ${groups} for inChannels ${inChannels} and outChannels ${outChannels}`,
        ),
      );
    const settings = { bias, init, random: randomOption(where, random), dtype };
    const made = makeWeights(where, [outChannels, inChannels / groups, ...kernel], outChannels, settings);
    this.weight = made.weight;
    this.bias = made.bias;
    this.#where = where;
    this.#axes = axes;
    this.#options = { stride, padding, dilation, groups, ...(made.bias === null ? {} : { bias: made.bias }) };
    const shown = showSettings(
      { stride, padding, dilation, groups },
      { stride: 1, padding: 0, dilation: 1, groups: 1 },
    );
    this.#text = `${where}(${inChannels}, ${outChannels}, kernelSize ${showSizes(kernel)}${shown}${bias ? "" : ", no bias"})`;
  }

  /** `[N, inChannels, ...spatial] -> [N, outChannels, ...spatial]`; without N too. */
  forward(input: Tensor): Tensor {
    return convNd(this.#where, this.#axes, input, this.weight, this.#options, "none");
  }

  /** @internal */
  forwardWith(input: Tensor, activation: Activation): Tensor {
    return convNd(this.#where, this.#axes, input, this.weight, this.#options, activation);
  }

  override toString(): string {
    return this.#text;
  }
}

/**
 * Convolution along one axis with weights that are learned; see `conv.conv1d` for formula and output size.
 *
 * Parameters: `weight [outChannels, inChannels / groups, k]`, `bias [outChannels]`, by default `U(−1/√fanIn, 1/√fanIn)` with
 * `fanIn = inChannels / groups · k`, as in PyTorch.
 *
 * @param options.kernelSize required; stride 1, padding 0, dilation 1, groups 1, bias true by default
 * @example
 * new nn.Conv1d(2, 4, { kernelSize: 3 }).forward(zeros([8, 2, 10])).shape // [8, 4, 8]
 */
export class Conv1d extends ConvLayer {
  constructor(inChannels: number, outChannels: number, options: ConvLayerOptions) {
    super("Conv1d", 1, inChannels, outChannels, options);
  }
}

/**
 * Convolution over images with weights that are learned; see `conv.conv2d` for formula and output size, {@link Conv1d} for the rest.
 *
 * @example
 * new nn.Conv2d(1, 8, { kernelSize: 3, padding: "same" }).forward(zeros([4, 1, 28, 28])).shape // [4, 8, 28, 28]
 */
export class Conv2d extends ConvLayer {
  constructor(inChannels: number, outChannels: number, options: ConvLayerOptions) {
    super("Conv2d", 2, inChannels, outChannels, options);
  }
}

/**
 * Convolution over volumes or video with weights that are learned; see `conv.conv3d` for formula and output size, {@link Conv1d} for
 * the rest.
 *
 * @example
 * new nn.Conv3d(1, 2, { kernelSize: 3 }).forward(zeros([1, 1, 5, 6, 7])).shape // [1, 2, 3, 4, 5]
 */
export class Conv3d extends ConvLayer {
  constructor(inChannels: number, outChannels: number, options: ConvLayerOptions) {
    super("Conv3d", 3, inChannels, outChannels, options);
  }
}

/** Options of {@link ConvTranspose1d}, {@link ConvTranspose2d} and {@link ConvTranspose3d}. */
export interface ConvTransposeLayerOptions extends Omit<ConvLayerOptions, "padding"> {
  /** Elements cut off each side of the output; default 0. */
  readonly padding?: PerAxis;
  /** Elements added to one side of the output, to choose between sizes that a stride makes equal; default 0. */
  readonly outputPadding?: PerAxis;
}

const transposed = [convTranspose1d, convTranspose2d, convTranspose3d] as const;

abstract class ConvTransposeLayer extends Module {
  readonly weight: Tensor;
  readonly bias: Tensor | null;
  readonly #run: (typeof transposed)[number];
  readonly #options: NonNullable<Parameters<(typeof transposed)[number]>[2]>;
  readonly #text: string;

  constructor(
    where: string,
    axes: number,
    inChannels: number,
    outChannels: number,
    options: ConvTransposeLayerOptions,
  ) {
    super();
    checkNumber(where, "inChannels", inChannels, { integer: true, min: 1 });
    checkNumber(where, "outChannels", outChannels, { integer: true, min: 1 });
    checkOptions(where, options);
    const {
      kernelSize,
      stride = 1,
      padding = 0,
      outputPadding = 0,
      dilation = 1,
      groups = 1,
      ...others
    } = options;
    const { bias = true, init, random, dtype = "float32", ...rest } = others;
    rejectUnknownOptions(where, rest, [
      "kernelSize",
      "stride",
      "padding",
      "outputPadding",
      "dilation",
      "groups",
      ...weightOptionKeys,
    ]);
    checkBoolean(where, "bias", bias);
    const kernel = perAxis(where, "kernelSize", kernelSize, axes);
    checkNumber(where, "groups", groups, { integer: true, min: 1 });
    if (inChannels % groups !== 0 || outChannels % groups !== 0)
      throw new RangeError(
        errorText(
          where,
          `groups must divide both channel counts, got groups ${groups} for inChannels ${inChannels} and outChannels ${outChannels}`,
        ),
      );
    const settings = { bias, init, random: randomOption(where, random), dtype };
    const made = makeWeights(where, [inChannels, outChannels / groups, ...kernel], outChannels, settings);
    this.weight = made.weight;
    this.bias = made.bias;
    this.#run = transposed[axes - 1]!;
    this.#options = {
      stride,
      padding,
      outputPadding,
      dilation,
      groups,
      ...(made.bias === null ? {} : { bias: made.bias }),
    };
    const shown = showSettings(
      { stride, padding, outputPadding, dilation, groups },
      { stride: 1, padding: 0, outputPadding: 0, dilation: 1, groups: 1 },
    );
    this.#text = `${where}(${inChannels}, ${outChannels}, kernelSize ${showSizes(kernel)}${shown}${bias ? "" : ", no bias"})`;
  }

  forward(input: Tensor): Tensor {
    return this.#run(input, this.weight, this.#options);
  }

  override toString(): string {
    return this.#text;
  }
}

/**
 * Transposed convolution along one axis: makes signals longer; see `conv.convTranspose1d`.
 *
 * Parameters: `weight [inChannels, outChannels / groups, k]`, `bias [outChannels]`, started as in PyTorch, whose fan counts
 * `outChannels / groups · k`.
 *
 * @example
 * new nn.ConvTranspose1d(4, 2, { kernelSize: 2, stride: 2 }).forward(zeros([8, 4, 5])).shape // [8, 2, 10]
 */
export class ConvTranspose1d extends ConvTransposeLayer {
  constructor(inChannels: number, outChannels: number, options: ConvTransposeLayerOptions) {
    super("ConvTranspose1d", 1, inChannels, outChannels, options);
  }
}

/** Transposed convolution over images; see `conv.convTranspose2d` and {@link ConvTranspose1d}. */
export class ConvTranspose2d extends ConvTransposeLayer {
  constructor(inChannels: number, outChannels: number, options: ConvTransposeLayerOptions) {
    super("ConvTranspose2d", 2, inChannels, outChannels, options);
  }
}

/** Transposed convolution over volumes; see `conv.convTranspose3d` and {@link ConvTranspose1d}. */
export class ConvTranspose3d extends ConvTransposeLayer {
  constructor(inChannels: number, outChannels: number, options: ConvTransposeLayerOptions) {
    super("ConvTranspose3d", 3, inChannels, outChannels, options);
  }
}

declareBuiltIn(ConvLayer, ConvTransposeLayer);
