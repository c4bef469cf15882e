import { checkOptions, errorText, rejectUnknownOptions } from "../errors.js";
import { type Padding, type PerAxis, perAxis, slidingGeometry, transposedGeometry } from "./shape.js";

/** Settings of `outputSize`: lengths and distances in elements. */
export interface OutputSizeSettings {
  /** Length of the input, a number or one per axis. */
  readonly input: PerAxis;
  /** Length of the kernel, a number or one per axis. */
  readonly kernel: PerAxis;
  /** Default 1. */
  readonly stride?: PerAxis;
  /** Zeros on each side, `"valid"` or `"same"`; default 0. */
  readonly padding?: Padding;
  /** Default 1. */
  readonly dilation?: PerAxis;
  /** The size of a transposed convolution instead; default false. */
  readonly transposed?: boolean;
  /** Elements added to the end of a transposed result; default 0. */
  readonly outputPadding?: PerAxis;
}

const KEYS = ["input", "kernel", "stride", "padding", "dilation", "transposed", "outputPadding"];

/**
 * How long the output of a convolution is, per axis.
 *
 * `⌊(input + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1`
 *
 * and for a transposed convolution, which has no floor,
 *
 * `(input − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1`
 *
 * The well-known `input − kernel + 1` is the case of stride 1, padding 0, dilation 1.
 *
 * @param settings see {@link OutputSizeSettings}
 * @returns a number when `input` and `kernel` are numbers, else one number per axis
 * @throws {ShapeError} when the window does not fit, with its span and the padded length
 * @throws {RangeError} for `"same"` with a stride, or `outputPadding` where it would be ignored
 * @see Dumoulin and Visin 2016, arXiv:1603.07285
 * @example
 * conv.outputSize({ input: 28, kernel: 3 }) // 26
 * conv.outputSize({ input: [28, 32], kernel: [3, 5], stride: 2, padding: 1 }) // [14, 15]
 * conv.outputSize({ input: 14, kernel: 3, stride: 2, padding: 1, outputPadding: 1, transposed: true }) // 28
 */
export function outputSize(settings: OutputSizeSettings & { input: number; kernel: number }): number;
export function outputSize(settings: OutputSizeSettings): number | number[];
export function outputSize(settings: OutputSizeSettings): number | number[] {
  const where = "outputSize";
  checkOptions(where, settings);
  const { input, kernel, stride = 1, padding = 0, dilation = 1, transposed = false, ...others } = settings;
  const { outputPadding, ...rest } = others;
  rejectUnknownOptions(where, rest, KEYS);
  const list = [input, kernel, stride, padding, dilation, outputPadding].find(Array.isArray);
  const axes = list === undefined ? 1 : list.length;
  if (axes < 1 || axes > 3)
    throw new RangeError(errorText(where, `one to three axes are possible, got ${axes}`));
  const inputs = perAxis(where, "input", input, axes, 1);
  const kernels = perAxis(where, "kernel", kernel, axes, 1);
  let sizes: readonly number[];
  if (transposed) {
    const options = { stride, padding, dilation, outputPadding: outputPadding ?? 0 };
    sizes = transposedGeometry(where, inputs, kernels, options).inputSize;
  } else {
    if (outputPadding !== undefined)
      throw new RangeError(
        errorText(
          where,
          `outputPadding belongs to transposed convolutions, got outputPadding ${outputPadding}`,
          "",
          "add {transposed: true}",
        ),
      );
    sizes = slidingGeometry(where, inputs, kernels, { stride, padding, dilation }).outputSize;
  }
  return list === undefined ? sizes[2]! : sizes.slice(3 - axes);
}
