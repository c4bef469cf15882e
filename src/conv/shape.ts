// Shape arithmetic of convolution and pooling: integers in, integers out, no tensors.
// Every function takes the caller's name, so that an error speaks about what the user called.
// Formulas: Dumoulin and Visin 2016, "A guide to convolution arithmetic for deep learning", arXiv:1603.07285.
import type { ConvGeometry } from "../engine/engine.js";
import { errorText, ShapeError, showShape, showValue } from "../errors.js";

/** One number for all axes, or one number per axis in the order of the shape. */
export type PerAxis = number | readonly number[];

/** Zeros on each side in elements: a number, one per axis, `"valid"` (none) or `"same"` (output as long as the input). */
export type Padding = PerAxis | "valid" | "same";

type Triple = readonly [number, number, number];

/** The spatial part of a ConvGeometry, and nothing else. */
export type SlidingGeometry = Omit<ConvGeometry, "batch" | "inChannels" | "outChannels" | "groups">;

/**
 * Expands an option to one whole number per axis.
 * @throws {TypeError} when it is neither a number nor an array
 * @throws {RangeError} when a value is not a whole number of at least `least`, or their count is not `axes`
 */
export function perAxis(caller: string, name: string, value: unknown, axes: number, least: number): number[] {
  if (typeof value !== "number" && !Array.isArray(value))
    throw new TypeError(
      errorText(caller, `${name} must be a number or one number per axis, got ${showValue(value)}`),
    );
  const values: number[] = typeof value === "number" ? new Array<number>(axes).fill(value) : [...value];
  if (values.length !== axes)
    throw new RangeError(
      errorText(caller, `${name} must have one number per axis (${axes}), got ${showValue(value)}`),
    );
  if (!values.every((one) => Number.isInteger(one) && one >= least))
    throw new RangeError(
      errorText(caller, `${name} must be whole and at least ${least}, got ${showValue(value)}`),
    );
  return values;
}

/** Zeros before and after each axis. `"same"` puts the odd one of an even kernel on the right, as PyTorch does. */
export function resolvePadding(
  caller: string,
  padding: unknown,
  kernel: readonly number[],
  stride: readonly number[],
  dilation: readonly number[],
): { before: number[]; after: number[] } {
  if (padding === "same") {
    if (stride.some((s) => s !== 1))
      throw new RangeError(
        errorText(
          caller,
          `padding "same" needs stride 1, got ${showShape(stride)}`,
          "",
          "give the padding as a number; conv.outputSize tells the size it leads to",
        ),
      );
    const total = kernel.map((k, axis) => dilation[axis]! * (k - 1));
    const before = total.map((zeros) => Math.floor(zeros / 2));
    return { before, after: total.map((zeros, axis) => zeros - before[axis]!) };
  }
  if (typeof padding === "string" && padding !== "valid")
    throw new RangeError(
      errorText(caller, `padding must be numbers, "valid" or "same", got ${showValue(padding)}`),
    );
  const both = perAxis(caller, "padding", padding === "valid" ? 0 : padding, kernel.length, 0);
  return { before: both, after: both };
}

/**
 * How a window of `kernel` elements slides over `input` (spatial sizes, one to three axes).
 * Output length per axis: `⌊(input + before + after − dilation·(kernel − 1) − 1) / stride⌋ + 1`.
 * @throws {ShapeError} when the window is longer than the padded input, with both lengths
 */
export function slidingGeometry(
  caller: string,
  input: readonly number[],
  kernel: readonly number[],
  options: { readonly stride: unknown; readonly padding: unknown; readonly dilation: unknown },
): SlidingGeometry {
  const axes = kernel.length;
  const stride = perAxis(caller, "stride", options.stride, axes, 1);
  const dilation = perAxis(caller, "dilation", options.dilation, axes, 1);
  const { before, after } = resolvePadding(caller, options.padding, kernel, stride, dilation);
  const output = kernel.map((k, axis) => {
    const extent = dilation[axis]! * (k - 1) + 1;
    const padded = input[axis]! + before[axis]! + after[axis]!;
    if (k < 1)
      throw new ShapeError(
        errorText(caller, `the kernel must have at least 1 element along each axis, got ${k}`),
      );
    if (extent > padded)
      throw new ShapeError(
        errorText(
          caller,
          `the window spans ${extent} elements, more than the padded input's ${padded} (axis ${axis - axes})`,
          `input ${showShape(input)}, kernel ${showShape(kernel)}, padding ${showShape(before)}, dilation ${showShape(dilation)}`,
          "pad more, or use a smaller kernel or dilation",
        ),
      );
    return Math.floor((padded - extent) / stride[axis]!) + 1;
  });
  return {
    inputSize: triple(input, 1),
    kernelSize: triple(kernel, 1),
    outputSize: triple(output, 1),
    stride: triple(stride, 1),
    padding: triple(before, 0),
    dilation: triple(dilation, 1),
  };
}

/**
 * The geometry of the convolution that a transposed convolution reverses: `outputSize` is the size of its argument and
 * `inputSize` that of its result, `(size − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1` per axis.
 */
export function transposedGeometry(
  caller: string,
  argument: readonly number[],
  kernel: readonly number[],
  options: {
    readonly stride: unknown;
    readonly padding: unknown;
    readonly dilation: unknown;
    readonly outputPadding: unknown;
  },
): SlidingGeometry {
  const axes = kernel.length;
  const stride = perAxis(caller, "stride", options.stride, axes, 1);
  const dilation = perAxis(caller, "dilation", options.dilation, axes, 1);
  const padding = perAxis(caller, "padding", options.padding, axes, 0);
  const extra = perAxis(caller, "outputPadding", options.outputPadding, axes, 0);
  const result = kernel.map((k, axis) => {
    const s = stride[axis]!;
    const d = dilation[axis]!;
    const p = padding[axis]!;
    const e = extra[axis]!;
    if (e >= s && e >= d)
      throw new RangeError(
        errorText(
          caller,
          `outputPadding must be smaller than stride or dilation, got outputPadding ${e}, stride ${s}, dilation ${d}`,
        ),
      );
    const size = (argument[axis]! - 1) * s - 2 * p + d * (k - 1) + e + 1;
    if (size < 1)
      throw new ShapeError(
        errorText(
          caller,
          `the result must have at least 1 element along each axis, got ${size} (axis ${axis - axes})`,
          `input ${showShape(argument)}, kernel ${showShape(kernel)}, padding ${showShape(padding)}`,
          "the padding of a transposed convolution takes elements away; use less of it",
        ),
      );
    return size;
  });
  return {
    inputSize: triple(result, 1),
    kernelSize: triple(kernel, 1),
    outputSize: triple(argument, 1),
    stride: triple(stride, 1),
    padding: triple(padding, 0),
    dilation: triple(dilation, 1),
  };
}

/** `[W]` or `[H, W]` as three entries, the missing axes first. */
export function triple(values: readonly number[], missing: number): Triple {
  return [values.at(-3) ?? missing, values.at(-2) ?? missing, values.at(-1) ?? missing];
}

/** Number of elements of a shape. */
export function product(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total * size, 1);
}
