import { tick } from "../autograd/node.js";
import { engine, newSpan, numbers } from "../engine/engine.js";
import { checkNumber, errorText, showValue } from "../errors.js";
import { Tensor } from "../tensor/tensor.js";

/** The gradients that are set. @throws {TypeError} when something is not a tensor */
function gradientsOf(where: string, parameters: readonly Tensor[]): Tensor["span"][] {
  if (!Array.isArray(parameters))
    throw new TypeError(
      errorText(
        where,
        `parameters must be an array of tensors, got ${showValue(parameters)}`,
        "",
        "pass model.parameters()",
      ),
    );
  return parameters.flatMap((parameter, i) => {
    if (!(parameter instanceof Tensor))
      throw new TypeError(errorText(where, `parameters[${i}] must be a tensor, got ${showValue(parameter)}`));
    const slot = parameter.gradientSlot;
    return slot?.isSet ? [slot.span] : [];
  });
}

/**
 * Scales all gradients together so that their common norm is at most `maxNorm`: the direction stays, exploding steps do not.
 *
 * `norm = √(Σ g²)` over all numbers of all gradients; when it is larger, every gradient is multiplied by `maxNorm / norm`. PyTorch
 * divides by `norm + 1e-6` instead.
 *
 * @param parameters those without gradient are skipped
 * @param maxNorm above 0
 * @returns the norm before
 * @throws {RangeError} when maxNorm is not above 0
 * @see Pascanu, Mikolov and Bengio 2013, arXiv:1211.5063
 * @example
 * const w = tensor([3, 4], { requiresGrad: true });
 * w.square().sum().mul(0.5).backward();
 * optim.clipGradNorm([w], 1) // 5
 * w.grad.toArray() // [0.6, 0.8]
 */
export function clipGradNorm(parameters: readonly Tensor[], maxNorm: number): number {
  checkNumber("clipGradNorm", "maxNorm", maxNorm, { above: 0 });
  const gradients = gradientsOf("clipGradNorm", parameters);
  let sum = 0;
  for (const gradient of gradients) {
    const square = newSpan(gradient.dtype, 1);
    square.internal = true;
    engine.reduce("sumOfSquares", square, gradient, 1, gradient.length, 1);
    sum += numbers(square)[0]!;
  }
  const norm = Math.sqrt(sum);
  if (norm > maxNorm && Number.isFinite(norm))
    for (const gradient of gradients) {
      engine.unary("affine", gradient, gradient, maxNorm / norm, 0);
      gradient.changedAt = tick();
    }
  return norm;
}

/**
 * Limits every number of every gradient to `[-limit, limit]`. Unlike {@link clipGradNorm} this changes the direction.
 *
 * @param parameters those without gradient are skipped
 * @param limit above 0
 * @throws {RangeError} when limit is not above 0
 * @example
 * const w = tensor([3, -0.5], { requiresGrad: true });
 * w.square().sum().backward();
 * optim.clipGradValue([w], 2);
 * w.grad.toArray() // [2, -1]
 */
export function clipGradValue(parameters: readonly Tensor[], limit: number): void {
  checkNumber("clipGradValue", "limit", limit, { above: 0 });
  for (const gradient of gradientsOf("clipGradValue", parameters)) {
    engine.unary("clamp", gradient, gradient, -limit, limit);
    gradient.changedAt = tick();
  }
}
