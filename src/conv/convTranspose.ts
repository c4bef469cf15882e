// The reverse of a convolution's geometry: transposed convolution, and the input gradient, which is the same function.
import { type ConvGeometry, engine, newSpan, type Span } from "../engine/engine.js";
import { checkOptions, errorText, rejectUnknownOptions, ShapeError, showShape } from "../errors.js";
import { accumulate, gradientTarget, hasGradient, newGradient } from "../tensor/accumulate.js";
import { defineOperation, record } from "../tensor/record.js";
import type { Tensor } from "../tensor/tensor.js";
import { forward, inputGradient, weightGradient } from "./arithmetic.js";
import {
  checkBias,
  checkGroups,
  checkSameDtype,
  checkTensor,
  checkWeight,
  imageShape,
  readImage,
} from "./operands.js";
import { type PerAxis, product, transposedGeometry } from "./shape.js";

/** Options of convTranspose1d, convTranspose2d and convTranspose3d. */
export interface ConvTransposeOptions {
  /** Shape `[outChannels]`; default none. */
  readonly bias?: Tensor;
  /** Elements between the places where two neighbouring inputs put their kernels; default 1. */
  readonly stride?: PerAxis;
  /** Elements taken away from each side of the result; default 0. */
  readonly padding?: PerAxis;
  /** Elements added at the far end of the result, less than stride or dilation; default 0. */
  readonly outputPadding?: PerAxis;
  /** Elements between taps; default 1. */
  readonly dilation?: PerAxis;
  /** Channels are cut into this many groups; default 1. */
  readonly groups?: number;
}

interface Saved {
  readonly argument: Span;
  readonly weight: Span;
  readonly geometry: ConvGeometry;
}

/**
 * The geometry is that of the convolution being reversed, so the gradient of the argument is the convolution itself, and
 * the weight's gradient is a weight gradient in which result and argument have changed places.
 */
const transposeOperation = defineOperation<Saved>(
  "convTranspose",
  (inputs, dy, { argument, weight, geometry }) => {
    const [input, kernel, bias] = inputs as [Tensor, Tensor, Tensor | undefined];
    if (kernel.requiresGrad) {
      const add = hasGradient(kernel);
      weightGradient(gradientTarget(kernel), dy, argument, geometry, add);
    }
    if (bias?.requiresGrad) {
      const add = hasGradient(bias);
      engine.channelSum(
        gradientTarget(bias),
        dy,
        geometry.batch,
        geometry.inChannels,
        product(geometry.inputSize),
        add,
      );
    }
    if (input.requiresGrad) {
      const dx = newGradient(input);
      forward(dx, dy, weight, null, "none", geometry);
      accumulate(input, dx);
    }
  },
);

/** Runs and records the reverse of the convolution described by `geometry` on checked operands. */
export function transposed(
  input: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  geometry: ConvGeometry,
  shape: readonly number[],
): Tensor {
  const y = newSpan(input.dtype, product(shape));
  inputGradient(y, input.span, weight.span, geometry);
  if (bias !== undefined) {
    const inner = product(geometry.inputSize);
    const sizes = [geometry.batch, geometry.inChannels, inner];
    const aStrides = [geometry.inChannels * inner, inner, 1];
    engine.binary("add", y, y, bias.span, { kind: "strided", sizes, aStrides, bStrides: [0, 1, 0] });
  }
  const saved: Saved = { argument: input.span, weight: weight.span, geometry };
  return record(
    transposeOperation,
    y,
    shape,
    bias === undefined ? [input, weight] : [input, weight, bias],
    saved,
  );
}

function convTransposeNd(axes: number, input: Tensor, weight: Tensor, options: ConvTransposeOptions): Tensor {
  const where = `convTranspose${axes}d`;
  checkTensor(where, "input", input);
  checkTensor(where, "weight", weight);
  checkOptions(where, options);
  const { bias, stride = 1, padding = 0, outputPadding = 0, dilation = 1, groups = 1, ...rest } = options;
  rejectUnknownOptions(where, rest, ["bias", "stride", "padding", "outputPadding", "dilation", "groups"]);
  const image = readImage(where, "input", input.shape, axes);
  checkWeight(where, weight, axes, "inChannels, outChannels / groups");
  checkSameDtype(where, "input", input, "weight", weight);
  if (weight.shape[0] !== image.channels)
    throw new ShapeError(
      errorText(
        where,
        `weight expects ${weight.shape[0]} input channels (its first size), got ${image.channels}`,
        `input ${showShape(input.shape)}, weight ${showShape(weight.shape)}, groups ${groups}`,
        "the weight of a transposed convolution is [inChannels, outChannels / groups, ...kernel]",
      ),
    );
  checkGroups(where, groups, "input channels", image.channels);
  const outChannels = weight.shape[1]! * groups;
  checkBias(where, bias, outChannels, weight);
  const sliding = transposedGeometry(where, image.size, weight.shape.slice(2), {
    stride,
    padding,
    dilation,
    outputPadding,
  });
  const geometry = {
    batch: image.batch,
    inChannels: outChannels,
    outChannels: image.channels,
    groups,
    ...sliding,
  };
  return transposed(
    input,
    weight,
    bias,
    geometry,
    imageShape(image, outChannels, sliding.inputSize.slice(3 - axes)),
  );
}

/**
 * Transposed convolution in one dimension: every input element puts the kernel, times its value, into the result, `stride`
 * elements from its neighbour's; where they overlap they add up.
 *
 * It has the shapes of a convolution run backwards, and is exactly the input gradient of `conv1d`. It is **not** its
 * inverse: `convTranspose1d(conv1d(x, w), w)` is not x.
 *
 * `out[n, o, x·stride + k·dilation − padding] += input[n, c, x] · weight[c, o, k]`, plus `bias[o]`
 *
 * @param input shape `[N, inChannels, L]` or `[inChannels, L]`
 * @param weight shape `[inChannels, outChannels / groups, k]`: input channels first, unlike `conv1d`
 * @param options.bias shape `[outChannels]`; default none
 * @param options.stride default 1
 * @param options.padding elements *taken away* from each side; default 0
 * @param options.outputPadding elements added at the end, to choose among the sizes that a strided convolution maps to the
 *   same one; default 0
 * @param options.dilation default 1
 * @param options.groups must divide both channel counts; default 1. PyTorch's positional order (groups before dilation)
 *   does not exist here, options have names
 * @returns shape `[N, outChannels, outL]`, `outL = (L − 1)·stride − 2·padding + dilation·(k − 1) + outputPadding + 1`
 * @throws {ShapeError} when axes or channels do not fit, or nothing is left of the result
 * @see Dumoulin and Visin 2016, arXiv:1603.07285
 * @example
 * conv.convTranspose1d(tensor([[100, 10, 1]]), tensor([[[11, 13, 17]]])).toArray() // [[1100, 1410, 1841, 183, 17]]
 */
export function convTranspose1d(input: Tensor, weight: Tensor, options: ConvTransposeOptions = {}): Tensor {
  return convTransposeNd(1, input, weight, options);
}

/**
 * Transposed convolution in two dimensions; everything as in {@link convTranspose1d}.
 *
 * @param input shape `[N, inChannels, H, W]` or `[inChannels, H, W]`
 * @param weight shape `[inChannels, outChannels / groups, kH, kW]`
 * @param options as in {@link convTranspose1d}, numbers or `[vertical, horizontal]`
 * @returns shape `[N, outChannels, outH, outW]`
 * @throws {ShapeError} when axes or channels do not fit, or nothing is left of the result
 * @example
 * conv.convTranspose2d(ones([1, 4, 7, 7]), ones([4, 2, 2, 2]), { stride: 2 }).shape // [1, 2, 14, 14]
 */
export function convTranspose2d(input: Tensor, weight: Tensor, options: ConvTransposeOptions = {}): Tensor {
  return convTransposeNd(2, input, weight, options);
}

/**
 * Transposed convolution in three dimensions; everything as in {@link convTranspose1d}.
 *
 * @param input shape `[N, inChannels, D, H, W]` or `[inChannels, D, H, W]`
 * @param weight shape `[inChannels, outChannels / groups, kD, kH, kW]`
 * @param options as in {@link convTranspose1d}, numbers or one per axis
 * @returns shape `[N, outChannels, outD, outH, outW]`
 * @throws {ShapeError} when axes or channels do not fit, or nothing is left of the result
 * @example
 * conv.convTranspose3d(ones([1, 1, 2, 2, 2]), ones([1, 1, 3, 3, 3])).shape // [1, 1, 4, 4, 4]
 */
export function convTranspose3d(input: Tensor, weight: Tensor, options: ConvTransposeOptions = {}): Tensor {
  return convTransposeNd(3, input, weight, options);
}
