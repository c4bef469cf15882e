import type { ConvGeometry } from "../engine/engine.js";
import {
  checkChoice,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  ShapeError,
  showShape,
} from "../errors.js";
import { tensor } from "../tensor/create.js";
import { flip } from "../tensor/movement.js";
import { type NestedNumbers, Tensor } from "../tensor/tensor.js";
import { convolution } from "./conv.js";
import { checkSameDtype } from "./operands.js";
import { slidingGeometry, triple } from "./shape.js";

/**
 * Which places the result has: `"full"`, every overlap, length n + k − 1; `"same"`, the middle n of these; `"valid"`, only
 * where the kernel lies inside the signal, n − k + 1.
 */
export type ConvolveMode = "full" | "same" | "valid";

/** Options of convolve and crossCorrelate. */
export interface ConvolveOptions {
  /** Default "full". */
  readonly mode?: ConvolveMode;
}

type Signal = Tensor | NestedNumbers;

function read(where: string, signal: Signal, kernel: Signal): [Tensor, Tensor] {
  const x =
    signal instanceof Tensor
      ? signal
      : tensor(signal, kernel instanceof Tensor ? { dtype: kernel.dtype } : {});
  const w = kernel instanceof Tensor ? kernel : tensor(kernel, { dtype: x.dtype });
  checkSameDtype(where, "signal", x, "kernel", w);
  if (x.ndim !== w.ndim || x.ndim < 1 || x.ndim > 2)
    throw new ShapeError(
      errorText(
        where,
        "signal and kernel must both have one axis or both two",
        `signal ${showShape(x.shape)}, kernel ${showShape(w.shape)}`,
        "conv.conv1d, conv2d and conv3d take batches and channels",
      ),
    );
  if (x.size === 0 || w.size === 0)
    throw new ShapeError(
      errorText(
        where,
        "signal and kernel must not be empty",
        `signal ${showShape(x.shape)}, kernel ${showShape(w.shape)}`,
      ),
    );
  return [x, w];
}

function readMode(where: string, options: ConvolveOptions): ConvolveMode {
  checkOptions(where, options);
  const { mode = "full", ...rest } = options;
  rejectUnknownOptions(where, rest, ["mode"]);
  return checkChoice(where, "mode", mode, ["full", "same", "valid"]);
}

function correlate(where: string, x: Tensor, w: Tensor, mode: ConvolveMode): Tensor {
  const size = x.shape;
  const kernel = w.shape;
  // The full result has k − 1 places before the first valid one; "same" starts ⌊(k − 1) / 2⌋ places into it.
  const before = kernel.map((k) => (mode === "full" ? k - 1 : mode === "same" ? Math.floor(k / 2) : 0));
  const output = size.map((n, axis) => (mode === "full" ? n + kernel[axis]! - 1 : n));
  const sliding =
    mode === "valid"
      ? slidingGeometry(where, size, kernel, { stride: 1, padding: 0, dilation: 1 })
      : {
          inputSize: triple(size, 1),
          kernelSize: triple(kernel, 1),
          outputSize: triple(output, 1),
          stride: triple([], 1),
          padding: triple(before, 0),
          dilation: triple([], 1),
        };
  const geometry: ConvGeometry = { batch: 1, inChannels: 1, outChannels: 1, groups: 1, ...sliding };
  return convolution(x, w, undefined, "none", geometry, sliding.outputSize.slice(3 - size.length));
}

/**
 * Cross-correlation of a signal with a kernel, one- or two-dimensional: the kernel slides as it is.
 *
 * `out[i] = Σ_k signal[i + k − shift] · kernel[k]`, with zeros outside the signal
 *
 * `shift` is k − 1 for `"full"`, 0 for `"valid"` and ⌊k / 2⌋ for `"same"`, as in NumPy and SciPy. (For an *even* kernel,
 * `conv1d` with padding `"same"` puts its odd zero on the other side, as PyTorch does.)
 *
 * @param signal shape `[n]` or `[H, W]`, a Tensor or nested numbers
 * @param kernel as many axes as the signal
 * @param options.mode `"full"` (default), `"same"` or `"valid"`
 * @returns lengths n + k − 1, n or n − k + 1 along each axis; differentiable
 * @throws {ShapeError} when the axes differ, or the kernel is longer than the signal in mode `"valid"`
 * @example
 * conv.crossCorrelate([1, 2, 3], [10, 1], { mode: "valid" }).toArray() // [12, 23]
 */
export function crossCorrelate(signal: Signal, kernel: Signal, options: ConvolveOptions = {}): Tensor {
  const where = "crossCorrelate";
  const mode = readMode(where, options);
  const [x, w] = read(where, signal, kernel);
  return correlate(where, x, w, mode);
}

/**
 * Convolution in the mathematical sense, one- or two-dimensional: the kernel is flipped along every axis, then slides.
 *
 * `out[i] = Σ_k signal[i − k + shift] · kernel[k]`, with zeros outside the signal
 *
 * It is commutative (up to the mode) and associative, which cross-correlation is not, and
 * `convolve(x, k) = crossCorrelate(x, flip(k))`. Multiplying polynomials is the `"full"` convolution of their coefficients.
 *
 * @param signal shape `[n]` or `[H, W]`, a Tensor or nested numbers
 * @param kernel as many axes as the signal
 * @param options.mode `"full"` (default): n + k − 1 places; `"same"`: the middle n; `"valid"`: n − k + 1
 * @returns a tensor of these lengths; differentiable
 * @throws {ShapeError} when the axes differ, or the kernel is longer than the signal in mode `"valid"`
 * @example
 * conv.convolve([1, 2, 3], [1, 1]).toArray() // [1, 3, 5, 3]
 */
export function convolve(signal: Signal, kernel: Signal, options: ConvolveOptions = {}): Tensor {
  const where = "convolve";
  const mode = readMode(where, options);
  const [x, w] = read(where, signal, kernel);
  return correlate(where, x, flip(w, w.ndim === 1 ? 0 : [0, 1]), mode);
}
