import {
  checkChoice,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  ShapeError,
  showShape,
} from "../errors.js";
import { tensor } from "../tensor/create.js";
import { type NestedNumbers, Tensor } from "../tensor/tensor.js";
import { type Padding, type PerAxis, product, type SlidingGeometry, slidingGeometry } from "./shape.js";

/** One position of the sliding window. */
export interface ConvStep {
  /** Index of the output element; the output channel first when there are several. */
  readonly position: readonly number[];
  /** Index in the input of the window's first element, one per axis; negative in the padding. */
  readonly start: readonly number[];
  /** The input under the kernel, zeros where it hangs over; the kernel's shape without its output channels. */
  readonly window: NestedNumbers;
  /** The kernel as it is multiplied: flipped when `flip` is set. */
  readonly kernel: NestedNumbers;
  /** `window · kernel`, element by element. */
  readonly products: NestedNumbers;
  /** The sum of the products: the output element. */
  readonly sum: number;
}

/** Options of `steps`: as of conv1d, and `flip`. */
export interface StepsOptions {
  readonly stride?: PerAxis;
  readonly padding?: Padding;
  readonly dilation?: PerAxis;
  /** Flip the kernel along every axis first: convolution in the mathematical sense. Default false. */
  readonly flip?: boolean;
}

/**
 * A convolution step by step: for each output element its window, the products and their sum, in row-major order.
 *
 * @param input shape `[...spatial]`, or `[C, ...spatial]` with a kernel of one axis more
 * @param kernel shape `[...kernel]` with as many axes as the input, or `[O, C, ...kernel]`
 * @param options.stride, options.padding, options.dilation as in `conv.conv1d`
 * @param options.flip default false
 * @returns an iterable; each pass over it starts at the first position
 * @throws {ShapeError} when the kernel's axes or channels do not fit the input
 * @example
 * [...conv.steps(tensor([1, 2, 3]), tensor([10, 1]))].map((step) => step.sum) // [12, 23]
 */
export function steps(
  input: Tensor | NestedNumbers,
  kernel: Tensor | NestedNumbers,
  options: StepsOptions = {},
): Iterable<ConvStep> {
  const where = "steps";
  const x = input instanceof Tensor ? input : tensor(input, { dtype: "float64" });
  const w = kernel instanceof Tensor ? kernel : tensor(kernel, { dtype: "float64" });
  checkOptions(where, options);
  const { stride = 1, padding = 0, dilation = 1, flip = false, ...rest } = options;
  rejectUnknownOptions(where, rest, ["stride", "padding", "dilation", "flip"]);
  checkChoice(where, "flip", String(flip), ["true", "false"]);
  const withChannels = w.ndim === x.ndim + 1;
  const axes = withChannels ? x.ndim - 1 : x.ndim;
  const shapes = `input ${showShape(x.shape)}, kernel ${showShape(w.shape)}`;
  if ((!withChannels && w.ndim !== x.ndim) || axes < 1 || axes > 3)
    throw new ShapeError(
      errorText(
        where,
        "input and kernel must both be [...spatial] with one to three axes, or [C, ...spatial] and [O, C, ...kernel]",
        shapes,
      ),
    );
  const channels = withChannels ? x.shape[0]! : 1;
  const outputs = withChannels ? w.shape[0]! : 1;
  if (withChannels && w.shape[1] !== channels)
    throw new ShapeError(
      errorText(where, `the kernel must have ${channels} channels, got ${w.shape[1]}`, shapes),
    );
  const geometry = slidingGeometry(where, x.shape.slice(-axes), w.shape.slice(-axes), {
    stride,
    padding,
    dilation,
  });
  const size = product(w.shape) / outputs;
  const windowShape = withChannels ? w.shape.slice(1) : w.shape;
  const weights = Array.from({ length: outputs }, (_, o) => {
    const own = Array.from(w.data.slice(o * size, (o + 1) * size));
    return flip ? flipped(own, channels) : own;
  });
  return {
    *[Symbol.iterator](): Iterator<ConvStep> {
      for (let o = 0; o < outputs; o++) {
        for (const place of indices(geometry.outputSize)) {
          const start = place.map((p, axis) => p * geometry.stride[axis]! - geometry.padding[axis]!);
          const window = windowAt(x.data, channels, start, geometry);
          const products = window.map((value, t) => value * weights[o]![t]!);
          const position = place.slice(3 - axes);
          yield {
            position: withChannels ? [o, ...position] : position,
            start: start.slice(3 - axes),
            window: nest(window, windowShape),
            kernel: nest(weights[o]!, windowShape),
            products: nest(products, windowShape),
            sum: products.reduce((total, value) => total + value, 0),
          };
        }
      }
    },
  };
}

/** Every index of a shape, row-major. */
function* indices(sizes: readonly number[]): Generator<number[]> {
  const count = product(sizes);
  for (let n = 0; n < count; n++) {
    const index: number[] = [];
    for (let axis = sizes.length - 1, rest = n; axis >= 0; axis--) {
      index.unshift(rest % sizes[axis]!);
      rest = Math.floor(rest / sizes[axis]!);
    }
    yield index;
  }
}

/** The elements under the kernel, channel by channel; 0 outside the input. */
function windowAt(
  x: ArrayLike<number>,
  channels: number,
  start: readonly number[],
  geometry: SlidingGeometry,
): number[] {
  const { inputSize, kernelSize, dilation } = geometry;
  const values: number[] = [];
  for (let c = 0; c < channels; c++) {
    for (const tap of indices(kernelSize)) {
      const at = tap.map((k, axis) => start[axis]! + k * dilation[axis]!);
      const inside = at.every((i, axis) => i >= 0 && i < inputSize[axis]!);
      const offset = at.reduce((total, i, axis) => total * inputSize[axis]! + i, c);
      values.push(inside ? x[offset]! : 0);
    }
  }
  return values;
}

/** Each channel's kernel reversed along every axis, which for row-major numbers is the reversed list. */
function flipped(weights: readonly number[], channels: number): number[] {
  const size = weights.length / channels;
  return Array.from({ length: channels }, (_, c) => weights.slice(c * size, (c + 1) * size).reverse()).flat();
}

function nest(values: readonly number[], shape: readonly number[]): NestedNumbers {
  if (shape.length === 0) return values[0]!;
  const step = values.length / shape[0]!;
  return Array.from({ length: shape[0]! }, (_, i) =>
    nest(values.slice(i * step, (i + 1) * step), shape.slice(1)),
  );
}
