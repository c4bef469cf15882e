// The input gradient of a convolution as a function of its own.
import { checkOptions, errorText, rejectUnknownOptions, ShapeError, showShape } from "../errors.js";
import type { Tensor } from "../tensor/tensor.js";
import { transposed } from "./convTranspose.js";
import {
  checkChannels,
  checkSameDtype,
  checkTensor,
  checkWeight,
  imageShape,
  readImage,
} from "./operands.js";
import { type Padding, type PerAxis, slidingGeometry } from "./shape.js";

/** Options of conv1dInputGrad, conv2dInputGrad and conv3dInputGrad: those of the convolution, and its input's shape. */
export interface ConvInputGradOptions {
  /** The whole shape of the convolution's input, `[N, inChannels, ...spatial]` or `[inChannels, ...spatial]`. */
  readonly inputSize: readonly number[];
  readonly stride?: PerAxis;
  readonly padding?: Padding;
  readonly dilation?: PerAxis;
  readonly groups?: number;
}

function convNdInputGrad(
  axes: number,
  gradOutput: Tensor,
  weight: Tensor,
  options: ConvInputGradOptions,
): Tensor {
  const where = `conv${axes}dInputGrad`;
  checkTensor(where, "gradOutput", gradOutput);
  checkTensor(where, "weight", weight);
  checkOptions(where, options);
  const { inputSize, stride = 1, padding = 0, dilation = 1, groups = 1, ...rest } = options;
  rejectUnknownOptions(where, rest, ["inputSize", "stride", "padding", "dilation", "groups"]);
  if (!Array.isArray(inputSize))
    throw new TypeError(
      errorText(
        where,
        "inputSize must be the shape of the convolution's input",
        "",
        "pass {inputSize: input.shape}",
      ),
    );
  const image = readImage(where, "inputSize", inputSize, axes);
  checkWeight(where, weight, axes, "outChannels, inChannels / groups");
  checkSameDtype(where, "gradOutput", gradOutput, "weight", weight);
  const outChannels = weight.shape[0]!;
  checkChannels(where, weight, image.channels, groups, `inputSize ${showShape(inputSize)}`);
  const sliding = slidingGeometry(where, image.size, weight.shape.slice(2), { stride, padding, dilation });
  const expected = imageShape(image, outChannels, sliding.outputSize.slice(3 - axes));
  if (showShape(gradOutput.shape) !== showShape(expected))
    throw new ShapeError(
      errorText(
        where,
        `gradOutput must have the shape of the convolution's output ${showShape(expected)}, got ${showShape(gradOutput.shape)}`,
        `inputSize ${showShape(inputSize)}, weight ${showShape(weight.shape)}`,
      ),
    );
  const geometry = { batch: image.batch, inChannels: image.channels, outChannels, groups, ...sliding };
  return transposed(gradOutput, weight, undefined, geometry, inputSize);
}

/**
 * The gradient of `conv1d` with respect to its input: a *full* convolution of `gradOutput` with the weight, the kernel
 * flipped and the channels exchanged.
 *
 * `dx[n, c, i] = Σ gradOutput[n, o, x] · weight[o, c, k]` over all o, x, k with `x·stride + k·dilation − padding = i`
 *
 * It equals `convTranspose1d(gradOutput, weight, …)` with
 * `outputPadding = (L + 2·padding − dilation·(k − 1) − 1) mod stride`; a strided convolution maps several input lengths to
 * one output length, which is why the input's shape must be given.
 *
 * @param gradOutput shape of the convolution's output
 * @param weight shape `[outChannels, inChannels / groups, k]`
 * @param options.inputSize the whole shape of the convolution's input
 * @param options.stride, options.padding, options.dilation, options.groups those of the convolution
 * @returns a tensor of shape `inputSize`; differentiable itself
 * @throws {ShapeError} when `gradOutput` is not what the convolution would return
 * @example
 * conv.conv1dInputGrad(tensor([[100, 10, 1]]), tensor([[[11, 13, 17]]]), { inputSize: [1, 5] }).toArray() // [[1100, 1410, 1841, 183, 17]]
 */
export function conv1dInputGrad(gradOutput: Tensor, weight: Tensor, options: ConvInputGradOptions): Tensor {
  return convNdInputGrad(1, gradOutput, weight, options);
}

/**
 * The gradient of `conv2d` with respect to its input; everything as in {@link conv1dInputGrad}.
 *
 * @example
 * conv.conv2dInputGrad(ones([1, 1, 2, 2]), ones([1, 1, 2, 2]), { inputSize: [1, 1, 3, 3] }).toArray() // [[[[1, 2, 1], [2, 4, 2], [1, 2, 1]]]]
 */
export function conv2dInputGrad(gradOutput: Tensor, weight: Tensor, options: ConvInputGradOptions): Tensor {
  return convNdInputGrad(2, gradOutput, weight, options);
}

/**
 * The gradient of `conv3d` with respect to its input; everything as in {@link conv1dInputGrad}.
 *
 * @example
 * conv.conv3dInputGrad(ones([1, 1, 2, 2, 2]), ones([1, 1, 2, 2, 2]), { inputSize: [1, 1, 3, 3, 3] }).data[13] // 8
 */
export function conv3dInputGrad(gradOutput: Tensor, weight: Tensor, options: ConvInputGradOptions): Tensor {
  return convNdInputGrad(3, gradOutput, weight, options);
}
