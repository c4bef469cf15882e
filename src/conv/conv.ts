// Convolution as a recorded operation: conv1d, conv2d, conv3d. The loops are in convNd.ts.
import { type Activation, type ConvGeometry, engine, newSpan, type Span } from "../engine/engine.js";
import { checkOptions, rejectUnknownOptions, showShape } from "../errors.js";
import { accumulate, gradientTarget, hasGradient, newGradient } from "../tensor/accumulate.js";
import { defineOperation, record } from "../tensor/record.js";
import type { Tensor } from "../tensor/tensor.js";
import { forward, inputGradient, weightGradient } from "./arithmetic.js";
import {
  checkBias,
  checkChannels,
  checkSameDtype,
  checkTensor,
  checkWeight,
  imageShape,
  readImage,
} from "./operands.js";
import { type Padding, type PerAxis, product, slidingGeometry } from "./shape.js";

/** Options of conv1d, conv2d and conv3d. */
export interface ConvOptions {
  /** Shape `[outChannels]`; default none. */
  readonly bias?: Tensor;
  /** Elements from one window to the next; default 1. */
  readonly stride?: PerAxis;
  /** Zeros on each side, `"valid"` or `"same"`; default 0. */
  readonly padding?: Padding;
  /** Elements from one tap to the next; default 1. */
  readonly dilation?: PerAxis;
  /** Channels are cut into this many groups that do not see each other; default 1. */
  readonly groups?: number;
}

interface Saved {
  readonly x: Span;
  readonly weight: Span;
  readonly y: Span;
  readonly activation: Activation;
  readonly geometry: ConvGeometry;
}

/** dx = the full convolution of dy with the weight, dw = the correlation of x with dy, db = the sum of dy. */
const convOperation = defineOperation<Saved>("conv", (inputs, dy, { x, weight, y, activation, geometry }) => {
  const [input, kernel, bias] = inputs as [Tensor, Tensor, Tensor | undefined];
  let dz = dy;
  if (activation !== "none") {
    dz = newSpan(dy.dtype, dy.length);
    dz.internal = true;
    engine.activationGrad(activation, dz, dy, y);
  }
  if (kernel.requiresGrad) {
    const add = hasGradient(kernel);
    weightGradient(gradientTarget(kernel), x, dz, geometry, add);
  }
  if (bias?.requiresGrad) {
    const add = hasGradient(bias);
    engine.channelSum(
      gradientTarget(bias),
      dz,
      geometry.batch,
      geometry.outChannels,
      product(geometry.outputSize),
      add,
    );
  }
  if (input.requiresGrad) {
    const dx = newGradient(input);
    inputGradient(dx, dz, weight, geometry);
    accumulate(input, dx);
  }
});

/**
 * The convolution of a layer and the activation after it as one record.
 * @param where the caller's name, for messages
 * @param axes spatial axes, 1 to 3
 */
export function convNd(
  where: string,
  axes: number,
  input: Tensor,
  weight: Tensor,
  options: ConvOptions = {},
  activation: Activation = "none",
): Tensor {
  checkTensor(where, "input", input);
  checkTensor(where, "weight", weight);
  checkOptions(where, options);
  const { bias, stride = 1, padding = 0, dilation = 1, groups = 1, ...rest } = options;
  rejectUnknownOptions(where, rest, ["bias", "stride", "padding", "dilation", "groups"]);
  const image = readImage(where, "input", input.shape, axes);
  checkWeight(where, weight, axes, "outChannels, inChannels / groups");
  checkSameDtype(where, "input", input, "weight", weight);
  const outChannels = weight.shape[0]!;
  checkChannels(where, weight, image.channels, groups, `input ${showShape(input.shape)}`);
  checkBias(where, bias, outChannels, weight);
  const sliding = slidingGeometry(where, image.size, weight.shape.slice(2), { stride, padding, dilation });
  const geometry = { batch: image.batch, inChannels: image.channels, outChannels, groups, ...sliding };
  return convolution(
    input,
    weight,
    bias,
    activation,
    geometry,
    imageShape(image, outChannels, sliding.outputSize.slice(3 - axes)),
  );
}

/** Runs and records a convolution of checked operands. */
export function convolution(
  input: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  activation: Activation,
  geometry: ConvGeometry,
  shape: readonly number[],
): Tensor {
  const y = newSpan(input.dtype, product(shape));
  forward(y, input.span, weight.span, bias?.span ?? null, activation, geometry);
  const saved: Saved = { x: input.span, weight: weight.span, y, activation, geometry };
  return record(convOperation, y, shape, bias === undefined ? [input, weight] : [input, weight, bias], saved);
}

/**
 * One-dimensional convolution, for signals and sequences: the kernel slides along one axis. As in every deep-learning
 * library it is a cross-correlation, the kernel is not flipped.
 *
 * `out[n, o, x] = bias[o] + Σ_{c,k} input[n, c, x·stride + k·dilation − padding] · weight[o, c, k]`
 *
 * @param input shape `[N, inChannels, L]` or `[inChannels, L]`
 * @param weight shape `[outChannels, inChannels / groups, k]`
 * @param options.bias shape `[outChannels]`; default none
 * @param options.stride elements between windows; default 1
 * @param options.padding zeros on each side, `"valid"` (none), or `"same"` (stride 1 only; an even kernel gets the odd
 *   zero on the right); default 0
 * @param options.dilation elements between taps; default 1
 * @param options.groups must divide both channel counts; default 1
 * @returns shape `[N, outChannels, outL]`, `outL = ⌊(L + 2·padding − dilation·(k − 1) − 1) / stride⌋ + 1`
 * @throws {ShapeError} when axes, channels or the window do not fit
 * @see Dumoulin and Visin 2016, arXiv:1603.07285
 * @example
 * conv.conv1d(tensor([[1, 2, 3, 5, 7]]), tensor([[[11, 13, 17]]])).toArray() // [[88, 146, 217]]
 */
export function conv1d(input: Tensor, weight: Tensor, options: ConvOptions = {}): Tensor {
  return convNd("conv1d", 1, input, weight, options);
}

/**
 * Two-dimensional convolution, for images: every output channel sees all input channels under the window and sums them.
 * It is a cross-correlation, the kernel is not flipped.
 *
 * `out[n, o, y, x] = bias[o] + Σ_{c,i,j} input[n, c, y·stride + i·dilation − padding, …] · weight[o, c, i, j]`
 *
 * @param input shape `[N, inChannels, H, W]` or `[inChannels, H, W]`
 * @param weight shape `[outChannels, inChannels / groups, kH, kW]`
 * @param options as in {@link conv1d}; stride, padding and dilation are a number or `[vertical, horizontal]`
 * @returns shape `[N, outChannels, outH, outW]`, `outH = ⌊(H + 2·padding − dilation·(kH − 1) − 1) / stride⌋ + 1`
 * @throws {ShapeError} when axes, channels or the window do not fit
 * @example
 * conv.conv2d(ones([1, 1, 28, 28]), ones([6, 1, 3, 3])).shape // [1, 6, 26, 26]
 */
export function conv2d(input: Tensor, weight: Tensor, options: ConvOptions = {}): Tensor {
  return convNd("conv2d", 2, input, weight, options);
}

/**
 * Three-dimensional convolution, for volumes and video: the kernel slides along depth (or time) too. A color image under
 * a kernel that spans its three channels is *not* this, but `conv2d`.
 *
 * `out[n, o, z, y, x] = bias[o] + Σ_{c,h,i,j} input[n, c, z·stride + h·dilation − padding, …] · weight[o, c, h, i, j]`
 *
 * @param input shape `[N, inChannels, D, H, W]` or `[inChannels, D, H, W]`
 * @param weight shape `[outChannels, inChannels / groups, kD, kH, kW]`
 * @param options as in {@link conv1d}; stride, padding and dilation are a number or one per axis
 * @returns shape `[N, outChannels, outD, outH, outW]`, each size by the formula of {@link conv1d}
 * @throws {ShapeError} when axes, channels or the window do not fit
 * @example
 * conv.conv3d(ones([1, 1, 8, 16, 16]), ones([4, 1, 3, 3, 3]), { padding: "same" }).shape // [1, 4, 8, 16, 16]
 */
export function conv3d(input: Tensor, weight: Tensor, options: ConvOptions = {}): Tensor {
  return convNd("conv3d", 3, input, weight, options);
}
