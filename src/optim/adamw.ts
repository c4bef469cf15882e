import { type AdamOptions, makeAdamRule } from "./adam.js";
import { Optimizer } from "./optimizer.js";
import type { ParametersOf } from "./parameterGroups.js";
import { type PureUpdate, pureRule } from "./pureRule.js";

/** Options of {@link AdamW}: those of Adam, but `weightDecay` is decoupled and its default is 1e-2. */
export type AdamWOptions = AdamOptions;

const adamwRule = makeAdamRule("AdamW", { isDecoupled: true, defaultDecay: 1e-2 });

/**
 * The bare rule of {@link AdamW} on copies: returns the new parameter and state and changes nothing.
 *
 * @param state `{}` before the first step, then what the last call returned: `{step, m, v}` and `vMax` with amsgrad
 * @example
 * optim.updates.adamw([1, 10], [1, 10], {}, { learningRate: 0.1 }).parameter // [0.899000001, 9.8900000001]
 */
export const adamw: PureUpdate<AdamWOptions> = pureRule(adamwRule);

/**
 * Adam with the weight decay taken apart from the gradient.
 *
 * In step t (from 1), for every parameter θ with gradient g; m and v start at 0:
 *
 * 1. `θ ← (1 − ηλ)θ`
 * 2. `m ← β1·m + (1 − β1)·g`
 * 3. `v ← β2·v + (1 − β2)·g²`
 * 4. `m̂ ← m / (1 − β1ᵗ)`, `v̂ ← v / (1 − β2ᵗ)` (with amsgrad the largest v of all steps in place of v)
 * 5. `θ ← θ − η·m̂ / (√v̂ + ε)`
 *
 * In Adam λθ is part of g and so divided by √v̂: weights with large gradients hardly decay. Here all weights shrink at one rate;
 * an L2 penalty and weight decay are the same for SGD only. Difference from the paper: its decay is λ times the schedule
 * factor alone, here (as in PyTorch) times the whole η, so the decay follows the learning rate.
 *
 * @param parameters tensors that require gradients, or groups `{parameters, ...options}` with options of their own
 * @param options defaults: learningRate 1e-3, beta1 0.9, beta2 0.999, eps 1e-8, weightDecay 1e-2, amsgrad false
 * @throws {RangeError} when β1 or β2 is outside [0, 1), η is not above 0, or ε or λ is negative
 * @see Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2
 * @example
 * const w = tensor([1, 10], { requiresGrad: true, dtype: "float64" });
 * const optimizer = new optim.AdamW([w], { learningRate: 0.1 });
 * w.square().sum().mul(0.5).backward();
 * optimizer.step();
 * w.toArray() // [0.899000001, 9.8900000001]
 */
export class AdamW extends Optimizer<AdamWOptions> {
  constructor(parameters: ParametersOf<AdamWOptions>, options: AdamWOptions = {}) {
    super(parameters, options, adamwRule);
  }
}
