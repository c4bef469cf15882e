// The weight gradient of a convolution as a function of its own.
import { type ConvGeometry, newSpan, type Span } from "../engine/engine.js";
import { checkOptions, errorText, rejectUnknownOptions, ShapeError, showShape } from "../errors.js";
import { accumulate, newGradient } from "../tensor/accumulate.js";
import { defineOperation, record } from "../tensor/record.js";
import type { Tensor } from "../tensor/tensor.js";
import { forward, inputGradient, weightGradient } from "./arithmetic.js";
import { checkGroups, checkSameDtype, checkTensor, imageShape, readImage } from "./operands.js";
import { type Padding, type PerAxis, perAxis, product, slidingGeometry } from "./shape.js";

/** Options of conv1dWeightGrad, conv2dWeightGrad and conv3dWeightGrad: those of the convolution, and its kernel's size. */
export interface ConvWeightGradOptions {
  /** Size of the window, a number or one per axis. */
  readonly kernelSize: PerAxis;
  readonly stride?: PerAxis;
  readonly padding?: Padding;
  readonly dilation?: PerAxis;
  readonly groups?: number;
}

interface Saved {
  readonly x: Span;
  readonly dy: Span;
  readonly geometry: ConvGeometry;
}

/** The result is bilinear in input and gradOutput: with g in the place of the weight, both gradients are known functions. */
const weightGradOperation = defineOperation<Saved>("convWeightGrad", (inputs, g, { x, dy, geometry }) => {
  const [input, gradOutput] = inputs as [Tensor, Tensor];
  if (input.requiresGrad) {
    const dx = newGradient(input);
    inputGradient(dx, dy, g, geometry);
    accumulate(input, dx);
  }
  if (gradOutput.requiresGrad) {
    const d = newGradient(gradOutput);
    forward(d, x, g, null, "none", geometry);
    accumulate(gradOutput, d);
  }
});

function convNdWeightGrad(
  axes: number,
  input: Tensor,
  gradOutput: Tensor,
  options: ConvWeightGradOptions,
): Tensor {
  const where = `conv${axes}dWeightGrad`;
  checkTensor(where, "input", input);
  checkTensor(where, "gradOutput", gradOutput);
  checkOptions(where, options);
  const { kernelSize, stride = 1, padding = 0, dilation = 1, groups = 1, ...rest } = options;
  rejectUnknownOptions(where, rest, ["kernelSize", "stride", "padding", "dilation", "groups"]);
  const kernel = perAxis(where, "kernelSize", kernelSize, axes, 1);
  const image = readImage(where, "input", input.shape, axes);
  const output = readImage(where, "gradOutput", gradOutput.shape, axes);
  checkSameDtype(where, "input", input, "gradOutput", gradOutput);
  checkGroups(where, groups, "input channels", image.channels);
  checkGroups(where, groups, "output channels", output.channels);
  const sliding = slidingGeometry(where, image.size, kernel, { stride, padding, dilation });
  const expected = imageShape(image, output.channels, sliding.outputSize.slice(3 - axes));
  if (showShape(gradOutput.shape) !== showShape(expected))
    throw new ShapeError(
      errorText(
        where,
        `gradOutput must have the shape of the convolution's output ${showShape(expected)}, got ${showShape(gradOutput.shape)}`,
        `input ${showShape(input.shape)}, kernelSize ${showShape(kernel)}`,
      ),
    );
  const geometry = {
    batch: image.batch,
    inChannels: image.channels,
    outChannels: output.channels,
    groups,
    ...sliding,
  };
  const shape = [output.channels, image.channels / groups, ...kernel];
  const dw = newSpan(input.dtype, product(shape));
  weightGradient(dw, input.span, gradOutput.span, geometry, false);
  return record(weightGradOperation, dw, shape, [input, gradOutput], {
    x: input.span,
    dy: gradOutput.span,
    geometry,
  });
}

/**
 * The gradient of `conv1d` with respect to its weight: the correlation of the input with `gradOutput`, whose elements lie
 * `stride` apart; nothing is flipped. A weight is shared by all positions, so its gradient is a sum over all of them.
 *
 * `dw[o, c, k] = Σ_{n,x} gradOutput[n, o, x] · input[n, c, x·stride + k·dilation − padding]`
 *
 * The bias gradient is `Σ_{n,x} gradOutput[n, o, x]`, that is `gradOutput.sum({ dim: [0, 2] })`.
 *
 * @param input shape `[N, inChannels, L]` or `[inChannels, L]`
 * @param gradOutput shape of the convolution's output
 * @param options.kernelSize size of the window: strides make it impossible to infer
 * @param options.stride, options.padding, options.dilation, options.groups those of the convolution
 * @returns shape `[outChannels, inChannels / groups, k]`; differentiable itself
 * @throws {ShapeError} when `gradOutput` is not what the convolution would return
 * @example
 * conv.conv1dWeightGrad(tensor([[1, 2, 3, 5, 7]]), tensor([[100, 10, 1]]), { kernelSize: 3 }).toArray() // [[[123, 235, 357]]]
 */
export function conv1dWeightGrad(input: Tensor, gradOutput: Tensor, options: ConvWeightGradOptions): Tensor {
  return convNdWeightGrad(1, input, gradOutput, options);
}

/**
 * The gradient of `conv2d` with respect to its weight; everything as in {@link conv1dWeightGrad}.
 *
 * @example
 * conv.conv2dWeightGrad(ones([2, 1, 3, 3]), ones([2, 1, 2, 2]), { kernelSize: 2 }).toArray() // [[[[8, 8], [8, 8]]]]
 */
export function conv2dWeightGrad(input: Tensor, gradOutput: Tensor, options: ConvWeightGradOptions): Tensor {
  return convNdWeightGrad(2, input, gradOutput, options);
}

/**
 * The gradient of `conv3d` with respect to its weight; everything as in {@link conv1dWeightGrad}.
 *
 * @example
 * conv.conv3dWeightGrad(ones([1, 2, 3, 3, 3]), ones([1, 4, 1, 1, 1]), { kernelSize: 3 }).shape // [4, 2, 3, 3, 3]
 */
export function conv3dWeightGrad(input: Tensor, gradOutput: Tensor, options: ConvWeightGradOptions): Tensor {
  return convNdWeightGrad(3, input, gradOutput, options);
}
