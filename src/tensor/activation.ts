/** Activation functions: what makes a network of linear layers more than one linear layer. */
import { checkNumber, checkOptions, rejectUnknownOptions } from "../errors.js";
import { applyUnary } from "./elementwise.js";
import type { Tensor } from "./tensor.js";

/**
 * Rectified linear unit, `max(x, 0)`. The gradient at 0 is 0.
 *
 * @example
 * relu(tensor([-1, 2])).toArray() // [0, 2]
 */
export function relu(x: Tensor): Tensor {
  return applyUnary("relu", "relu", x);
}

export interface LeakyReluOptions {
  /** Slope for negative x; default 0.01. */
  readonly negativeSlope?: number;
}

/**
 * `x` for x > 0, `negativeSlope · x` otherwise, so that a unit that is off still learns.
 *
 * @param options.negativeSlope default 0.01
 * @see Maas, Hannun and Ng 2013, "Rectifier nonlinearities improve neural network acoustic models"
 * @example
 * leakyRelu(tensor([-10, 2]), { negativeSlope: 0.5 }).toArray() // [-5, 2]
 */
export function leakyRelu(x: Tensor, options: LeakyReluOptions = {}): Tensor {
  checkOptions("leakyRelu", options);
  const { negativeSlope = 0.01, ...rest } = options;
  rejectUnknownOptions("leakyRelu", rest, ["negativeSlope"]);
  checkNumber("leakyRelu", "negativeSlope", negativeSlope);
  return applyUnary("leakyRelu", "leakyRelu", x, negativeSlope, 0);
}

/**
 * The logistic function `1 / (1 + e⁻ˣ)`, without overflow for any x.
 *
 * @example
 * sigmoid(tensor([0])).toArray() // [0.5]
 */
export function sigmoid(x: Tensor): Tensor {
  return applyUnary("sigmoid", "sigmoid", x);
}

/**
 * The hyperbolic tangent.
 *
 * @example
 * tanh(tensor([0])).toArray() // [0]
 */
export function tanh(x: Tensor): Tensor {
  return applyUnary("tanh", "tanh", x);
}

/**
 * `log(1 + eˣ)`, a smooth relu, computed as `max(x, 0) + log(1 + e^{−|x|})`.
 *
 * PyTorch returns x itself above 20; this is the exact value everywhere (they differ by less than 3e-9).
 *
 * @example
 * softplus(tensor([1000])).toArray() // [1000]
 */
export function softplus(x: Tensor): Tensor {
  return applyUnary("softplus", "softplus", x);
}

/**
 * Gaussian error linear unit, `x·Φ(x)` with the exact normal distribution function Φ (not the tanh approximation).
 *
 * @see Hendrycks and Gimpel 2016, arXiv:1606.08415
 * @example
 * gelu(tensor([0])).toArray() // [0]
 */
export function gelu(x: Tensor): Tensor {
  return applyUnary("gelu", "gelu", x);
}

/**
 * `x · sigmoid(x)`, also called swish.
 *
 * @see Elfwing, Uchibe and Doya 2017, arXiv:1702.03118
 * @example
 * silu(tensor([0])).toArray() // [0]
 */
export function silu(x: Tensor): Tensor {
  return applyUnary("silu", "silu", x);
}
