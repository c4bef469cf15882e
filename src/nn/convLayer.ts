import { convNd } from "../conv/conv.js";
import type { Padding, PerAxis } from "../conv/shape.js";
import type { Activation } from "../engine/engine.js";
import { checkBoolean, checkOptions, rejectUnknownOptions } from "../errors.js";
import { randomOption } from "../random.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkLayerChannels, perAxis, showSettings, showSizes } from "./convSettings.js";
import { declareBuiltIn } from "./layer.js";
import { makeWeights, type WeightOptions, weightOptionKeys } from "./layerOptions.js";
import { Module } from "./module.js";
import { type PaddingMode, padSides, type Sides, sidesOf } from "./paddingMode.js";

/** Options of {@link Conv1d}, {@link Conv2d} and {@link Conv3d}. */
export interface ConvLayerOptions extends WeightOptions {
  /** Size of the window, a number or one per axis; required. */
  readonly kernelSize: PerAxis;
  /** Elements from one window to the next; default 1. */
  readonly stride?: PerAxis;
  /** Elements added on each side, `"valid"` (none) or `"same"`; default 0. */
  readonly padding?: Padding;
  /** What the added elements hold: `"zeros"`, `"reflect"`, `"replicate"` or `"circular"`; default `"zeros"`. Others need padding. */
  readonly paddingMode?: PaddingMode;
  /** Elements from one tap to the next; default 1. */
  readonly dilation?: PerAxis;
  /** Must divide both channel counts; default 1. */
  readonly groups?: number;
}

/** The settings of a convolution layer, complete. */
export interface ConvLayerSettings {
  readonly kernelSize: readonly number[];
  readonly stride: PerAxis;
  readonly padding: Padding;
  readonly paddingMode: PaddingMode;
  readonly dilation: PerAxis;
  readonly groups: number;
}

/** What the three convolution layers share; the number of axes is the only difference. */
abstract class ConvLayer extends Module {
  readonly weight: Tensor;
  readonly bias: Tensor | null;
  /** What the layer was made with; its constructor takes them as options again. */
  readonly settings: ConvLayerSettings;
  readonly #where: string;
  readonly #axes: number;
  /** Elements the layer adds itself before it slides; null where the convolution adds zeros. */
  readonly #sides: Sides | null;
  readonly #text: string;

  constructor(
    where: string,
    axes: number,
    inChannels: number,
    outChannels: number,
    options: ConvLayerOptions,
  ) {
    super();
    checkOptions(where, options);
    const { kernelSize, stride = 1, padding = 0, dilation = 1, groups = 1, ...others } = options;
    const { paddingMode = "zeros", bias = true, init, random, dtype = "float32", ...rest } = others;
    rejectUnknownOptions(where, rest, [
      "kernelSize",
      "stride",
      "padding",
      "paddingMode",
      "dilation",
      "groups",
      ...weightOptionKeys,
    ]);
    checkBoolean(where, "bias", bias);
    const kernel = perAxis(where, "kernelSize", kernelSize, axes);
    checkLayerChannels(where, inChannels, outChannels, groups);
    this.settings = { kernelSize: kernel, stride, padding, paddingMode, dilation, groups };
    this.#sides = sidesOf(where, this.settings);
    const start = { bias, init, random: randomOption(where, random), dtype };
    const made = makeWeights(where, [outChannels, inChannels / groups, ...kernel], outChannels, start);
    this.weight = made.weight;
    this.bias = made.bias;
    this.#where = where;
    this.#axes = axes;
    const shown = showSettings(
      { stride, padding, paddingMode, dilation, groups },
      { stride: 1, padding: 0, paddingMode: "zeros", dilation: 1, groups: 1 },
    );
    this.#text = `${where}(${inChannels}, ${outChannels}, kernelSize ${showSizes(kernel)}${shown}${bias ? "" : ", no bias"})`;
  }

  /** `[N, inChannels, ...spatial] -> [N, outChannels, ...spatial]`; without N too. */
  forward(input: Tensor): Tensor {
    return this.forwardWith(input, "none");
  }

  /** @internal */
  forwardWith(input: Tensor, activation: Activation): Tensor {
    const { stride, padding, dilation, groups } = this.settings;
    const bias = this.bias === null ? {} : { bias: this.bias };
    const options = { stride, padding: this.#sides === null ? padding : 0, dilation, groups, ...bias };
    const padded =
      this.#sides === null ? input : padSides(this.#where, input, this.#sides, this.settings.paddingMode);
    return convNd(this.#where, this.#axes, padded, this.weight, options, activation);
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
 * @param options.paddingMode default `"zeros"`; `"reflect"` mirrors the input about its first and last element, `"replicate"` repeats
 *   them, `"circular"` continues with the other end, so that the layer commutes with shifts that wrap around. Only with padding
 * @throws {RangeError} for a paddingMode without padding; {ShapeError} in forward, when reflect or circular pads more than the input has
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

declareBuiltIn(ConvLayer);
