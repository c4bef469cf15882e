import { newSpan, numbers } from "../engine/engine.js";
import { checkOptions, errorText, rejectUnknownOptions, ShapeError, showShape } from "../errors.js";
import { accumulate, newGradient } from "../tensor/accumulate.js";
import { tensor } from "../tensor/create.js";
import { defineOperation, record } from "../tensor/record.js";
import { type NestedNumbers, Tensor } from "../tensor/tensor.js";
import { type Padding, type PerAxis, perAxis, product, slidingGeometry } from "./shape.js";
import { windowPlan } from "./window.js";

/** How the kernel slides; as in `conv1d`. */
export interface ToeplitzOptions {
  readonly stride?: PerAxis;
  readonly padding?: Padding;
  readonly dilation?: PerAxis;
}

interface Saved {
  /** For each nonzero of the matrix: which weight it is, and where it stands. */
  readonly weights: Int32Array;
  readonly places: Int32Array;
}

const toeplitzOperation = defineOperation<Saved>(
  "toeplitz",
  ([kernel], dy, { weights, places }) => {
    const d = newGradient(kernel!);
    const target = numbers(d);
    const source = numbers(dy);
    target.fill(0);
    for (let i = 0; i < places.length; i++) target[weights[i]!] = target[weights[i]!]! + source[places[i]!]!;
    accumulate(kernel!, d);
  },
  false,
);

/**
 * A convolution as a matrix: `toeplitz(w, n) · x` is the correlation of x with w. Each row holds the kernel at one position
 * and zeros elsewhere; equal entries are the same shared weight. Compare with a dense layer, where every entry is its own.
 *
 * For a `[kH, kW]` kernel the matrix is doubly blocked: rows are output places `(y, x)`, columns input places, row-major.
 *
 * @param kernel shape `[k]` or `[kH, kW]`, a Tensor or nested numbers
 * @param inputSize length of the signal, or `[H, W]`
 * @param options.stride, options.padding, options.dilation as in `conv1d`
 * @returns shape `[outputs, inputs]`, differentiable with respect to the kernel
 * @throws {ShapeError} when the kernel does not fit, or is neither a vector nor a matrix
 * @example
 * conv.toeplitz([1, 2], 4).toArray() // [[1, 2, 0, 0], [0, 1, 2, 0], [0, 0, 1, 2]]
 */
export function toeplitz(
  kernel: Tensor | NestedNumbers,
  inputSize: PerAxis,
  options: ToeplitzOptions = {},
): Tensor {
  const where = "toeplitz";
  const w = kernel instanceof Tensor ? kernel : tensor(kernel);
  checkOptions(where, options);
  const { stride = 1, padding = 0, dilation = 1, ...rest } = options;
  rejectUnknownOptions(where, rest, ["stride", "padding", "dilation"]);
  if (w.ndim !== 1 && w.ndim !== 2)
    throw new ShapeError(
      errorText(where, `kernel must have shape [k] or [kH, kW], got ${showShape(w.shape)}`),
    );
  const size = perAxis(where, "inputSize", inputSize, w.ndim, 1);
  const geometry = slidingGeometry(where, size, w.shape, { stride, padding, dilation });
  // In an image whose elements are numbered from 1, a padded place reads 0: so the windows say what each entry is.
  const { outputSize, inputSize: input } = geometry;
  const plan = windowPlan(geometry, 1);
  const numbering = new Int32Array(plan.imageLength);
  plan.inputRows.forEach((start, row) => {
    for (let x = 0; x < plan.inputWidth; x++) numbering[start + x] = row * plan.inputWidth + x + 1;
  });
  const inputs = product(input);
  const outputs = product(outputSize);
  const weights: number[] = [];
  const places: number[] = [];
  for (let output = 0; output < outputs; output++) {
    const first = plan.rows[Math.floor(output / plan.width)]! + (output % plan.width) * plan.stride;
    plan.taps.forEach((tap, t) => {
      const element = numbering[first + tap]!;
      if (element === 0) return;
      weights.push(t);
      places.push(output * inputs + element - 1);
    });
  }
  const saved: Saved = { weights: Int32Array.from(weights), places: Int32Array.from(places) };
  const matrix = newSpan(w.dtype, outputs * inputs);
  const target = numbers(matrix);
  const source = numbers(w.span);
  target.fill(0);
  for (let i = 0; i < saved.places.length; i++) target[saved.places[i]!] = source[saved.weights[i]!]!;
  return record(toeplitzOperation, matrix, [outputs, inputs], [w], saved);
}
