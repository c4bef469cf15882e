import { noGrad } from "../autograd/gradMode.js";
import { checkNumber, errorText, showValue } from "../errors.js";
import { abs, add, square } from "../tensor/elementwise.js";
import { sum } from "../tensor/reduce.js";
import { Tensor } from "../tensor/tensor.js";

function checkParameters(where: string, parameters: readonly Tensor[]): void {
  if (Array.isArray(parameters) && parameters.length > 0 && parameters.every((p) => p instanceof Tensor))
    return;
  const text = `parameters must be a list of at least one tensor, got ${showValue(parameters)}`;
  throw new TypeError(errorText(where, text, "", "pass model.parameters()"));
}

function total(parameters: readonly Tensor[], term: (parameter: Tensor) => Tensor): Tensor {
  return parameters.map((parameter) => sum(term(parameter))).reduce((a, b) => add(a, b));
}

/**
 * L1 norm of all parameters: `Σ |w|`. Its gradient is the sign of w, the same for small and large weights, so it drives
 * weights to exactly where the loss pulls equally hard: near 0.
 *
 * @param parameters for example `model.parameters()`; leave out what should not shrink (biases)
 * @returns a scalar to multiply by λ and add to the loss
 * @throws {TypeError} for an empty list
 * @see Tibshirani 1996, "Regression shrinkage and selection via the lasso", JRSS B 58
 * @example
 * regularization.l1Penalty([tensor([1, -2]), tensor([[3]])]).item() // 6
 */
export function l1Penalty(parameters: readonly Tensor[]): Tensor {
  checkParameters("l1Penalty", parameters);
  return total(parameters, abs);
}

/**
 * Squared L2 norm of all parameters: `Σ w²` (no factor ½; then the gradient is 2w, and `weightDecay: λ` of an optimizer equals
 * a penalty of λ/2). Added to the loss it is *coupled*: adaptive optimizers divide its gradient too. For decoupled decay use
 * `optim.AdamW`.
 *
 * @param parameters for example `model.parameters()`; leave out what should not shrink (biases)
 * @returns a scalar to multiply by λ and add to the loss
 * @throws {TypeError} for an empty list
 * @see Hoerl and Kennard 1970, "Ridge regression", Technometrics 12; Loshchilov and Hutter 2019, arXiv:1711.05101
 * @example
 * regularization.l2Penalty([tensor([1, -2]), tensor([[3]])]).item() // 14
 */
export function l2Penalty(parameters: readonly Tensor[]): Tensor {
  checkParameters("l2Penalty", parameters);
  return total(parameters, square);
}

/**
 * Max-norm constraint: scales every unit's incoming weights back to norm `limit` when they exceed it. Call it after each
 * optimizer step; it changes the parameters in place.
 *
 * A unit's weights are one row `[o, …]` of a weight with two or more dimensions (all inputs of a linear unit, all channels
 * and taps of a filter). Parameters with one dimension (biases, normalization) are left alone.
 *
 * @param parameters for example `model.parameters()`
 * @param limit largest norm, greater than 0
 * @returns how many units were scaled
 * @throws {RangeError} when the limit is not positive
 * @see Srivastava et al. 2014, "Dropout", JMLR 15, section 5.1
 * @example
 * const w = tensor([[3, 4], [0.3, 0.4]]);
 * regularization.maxNorm([w], 1) // 1
 * w.data.map((value) => Number(value.toFixed(3))) // [0.6, 0.8, 0.3, 0.4]
 */
export function maxNorm(parameters: readonly Tensor[], limit: number): number {
  checkParameters("maxNorm", parameters);
  checkNumber("maxNorm", "limit", limit, { above: 0 });
  let scaled = 0;
  noGrad(() => {
    for (const parameter of parameters) {
      if (parameter.ndim < 2) continue;
      const values = parameter.data;
      const row = parameter.size / parameter.shape[0]!;
      for (let start = 0; start < values.length; start += row) {
        let squares = 0;
        for (let i = start; i < start + row; i++) squares += values[i]! * values[i]!;
        const norm = Math.sqrt(squares);
        if (norm <= limit) continue;
        for (let i = start; i < start + row; i++) values[i]! *= limit / norm;
        scaled++;
      }
    }
  });
  return scaled;
}
