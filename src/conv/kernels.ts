import type { Dtype } from "../engine/engine.js";
import { checkChoice, checkNumber, checkOptions, errorText, rejectUnknownOptions } from "../errors.js";
import { tensor } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";

/** Options of the named kernels. */
export interface KernelOptions {
  /** Rows and columns; the kernels of fixed size accept 3 only. */
  readonly size?: number;
  /** Standard deviation of `gaussian`, in pixels. */
  readonly sigma?: number;
  /** Default "float32". */
  readonly dtype?: Dtype;
}

function make(
  name: string,
  options: KernelOptions,
  values: (size: number) => number[],
  fallback: number,
): Tensor {
  const where = `kernels.${name}`;
  checkOptions(where, options);
  const { size = fallback, dtype = "float32", sigma, ...rest } = options;
  if (sigma !== undefined)
    throw new TypeError(errorText(where, `sigma belongs to kernels.gaussian, got sigma ${sigma}`));
  rejectUnknownOptions(where, rest, ["size", "dtype"]);
  checkNumber(where, "size", size, { integer: true, min: 1 });
  checkChoice(where, "dtype", dtype, ["float32", "float64"]);
  return tensor(values(size), { shape: [size, size], dtype });
}

function fixed(name: string, values: readonly number[]): (options?: KernelOptions) => Tensor {
  return (options = {}) =>
    make(
      name,
      options,
      (size) => {
        if (size !== 3) throw new RangeError(errorText(`kernels.${name}`, `size must be 3, got ${size}`));
        return [...values];
      },
      3,
    );
}

/** Blur: the mean of a square. `size` default 3. Sums to 1. */
function box(options: KernelOptions = {}): Tensor {
  return make("box", options, (size) => new Array<number>(size * size).fill(1 / (size * size)), 3);
}

/**
 * Blur: `exp(−(x² + y²) / 2σ²)` around the center, divided by its sum. `sigma` default 1, `size` default 2·⌈2·sigma⌉ + 1,
 * which holds 95 % of the bell along each axis.
 */
function gaussian(options: KernelOptions = {}): Tensor {
  checkOptions("kernels.gaussian", options);
  const { sigma = 1, ...rest } = options;
  checkNumber("kernels.gaussian", "sigma", sigma, { above: 0 });
  const bell = (size: number): number[] => {
    const center = (size - 1) / 2;
    const along = Array.from({ length: size }, (_, i) =>
      Math.exp(-((i - center) ** 2) / (2 * sigma * sigma)),
    );
    const sum = along.reduce((total, value) => total + value, 0);
    return along.flatMap((row) => along.map((column) => (row * column) / (sum * sum)));
  };
  return make("gaussian", rest, bell, 2 * Math.ceil(2 * sigma) + 1);
}

/** Leaves an image as it is: 1 in the middle. `size` default 3, odd. */
function identity(options: KernelOptions = {}): Tensor {
  const one = (size: number): number[] => {
    if (size % 2 === 0) throw new RangeError(errorText("kernels.identity", `size must be odd, got ${size}`));
    return Array.from({ length: size * size }, (_, i) => (i === (size * size - 1) / 2 ? 1 : 0));
  };
  return make("identity", options, one, 3);
}

/**
 * Named image filters, as `[size, size]` tensors for `conv.crossCorrelate` and, reshaped to `[1, 1, size, size]`, for
 * `conv.conv2d`. They are written for correlation: `sobelX` is positive where the image gets brighter to the right.
 *
 * @example
 * conv.kernels.sobelX().toArray() // [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
 * conv.kernels.gaussian({ sigma: 1 }).shape // [5, 5]
 */
export const kernels: Readonly<
  Record<
    "box" | "gaussian" | "sobelX" | "sobelY" | "laplacian" | "sharpen" | "emboss" | "identity",
    (options?: KernelOptions) => Tensor
  >
> = {
  box,
  gaussian,
  /** Slope from left to right: positive at edges from dark to bright. */
  sobelX: fixed("sobelX", [-1, 0, 1, -2, 0, 2, -1, 0, 1]),
  /** Slope from top to bottom. */
  sobelY: fixed("sobelY", [-1, -2, -1, 0, 0, 0, 1, 2, 1]),
  /** Sum of the second differences: 0 on ramps, large at dots and on both sides of an edge. */
  laplacian: fixed("laplacian", [0, 1, 0, 1, -4, 1, 0, 1, 0]),
  /** The image minus its laplacian. */
  sharpen: fixed("sharpen", [0, -1, 0, -1, 5, -1, 0, -1, 0]),
  /** The image plus its slope along the diagonal, which looks like light from the upper left. */
  emboss: fixed("emboss", [-2, -1, 0, -1, 1, 1, 0, 1, 2]),
  identity,
};
