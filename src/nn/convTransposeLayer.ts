import { convTranspose1d, convTranspose2d, convTranspose3d } from "../conv/convTranspose.js";
import type { PerAxis } from "../conv/shape.js";
import { checkBoolean, checkOptions, rejectUnknownOptions } from "../errors.js";
import { randomOption } from "../random.js";
import type { Tensor } from "../tensor/tensor.js";
import type { ConvLayerOptions } from "./convLayer.js";
import { checkLayerChannels, perAxis, showSettings, showSizes } from "./convSettings.js";
import { declareBuiltIn } from "./layer.js";
import { makeWeights, weightOptionKeys } from "./layerOptions.js";
import { Module } from "./module.js";

/** Options of {@link ConvTranspose1d}, {@link ConvTranspose2d} and {@link ConvTranspose3d}. */
export interface ConvTransposeLayerOptions extends Omit<ConvLayerOptions, "padding" | "paddingMode"> {
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
    checkLayerChannels(where, inChannels, outChannels, groups);
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

declareBuiltIn(ConvTransposeLayer);
