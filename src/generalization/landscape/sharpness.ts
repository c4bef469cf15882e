import { checkNumber, checkOptions, rejectUnknownOptions } from "../../errors.js";
import { assign } from "../../nn/assign.js";
import type { Module } from "../../nn/module.js";
import { evaluate } from "../../train/evaluate.js";
import { checkObjective, flatten, meanGradient, type Objective } from "../../train/meanGradient.js";

/** Options of {@link sharpness}. */
export interface SharpnessOptions extends Objective {
  /** ε, size of the box around the weights; default 1e-3. */
  readonly epsilon?: number;
  /** Gradient steps of the search; default 10. */
  readonly iterations?: number;
}

/**
 * Keskar's sharpness: how much the loss can grow in a small box around the weights, in percent:
 * `100·(max L(w + z) − L(w)) / (1 + L(w))` over `|z_i| ≤ ε(|w_i| + 1)`.
 *
 * The maximum is searched by steps of half the box along the sign of the gradient, kept inside the box; the value is what was found, so
 * a lower bound. The paper searches with L-BFGS-B. The measure depends on the scale of the weights: see `rescale`.
 *
 * @param model its weights are put back; gradients it holds are cleared
 * @see Keskar et al. 2017, arXiv:1609.04836, section 2.2
 * @example
 * const model = new nn.Linear(1, 1, { bias: false, init: (weight) => nn.init.orthogonal(weight) });
 * const data = { x: tensor([[1]]), y: tensor([[0]]) };
 * generalization.landscape.sharpness(model, { data, loss: nn.mseLoss, epsilon: 0.5 }) // 150
 */
export function sharpness(model: Module, options: SharpnessOptions): number {
  const where = "sharpness";
  checkOptions(where, options);
  const { data, loss, epsilon = 1e-3, iterations = 10, ...rest } = options;
  rejectUnknownOptions(where, rest, ["data", "loss", "epsilon", "iterations"]);
  checkObjective(where, model, { data, loss });
  checkNumber(where, "epsilon", epsilon, { above: 0 });
  checkNumber(where, "iterations", iterations, { integer: true, min: 1 });
  const parameters = model.parameters();
  const base = flatten(parameters);
  const box = base.map((w) => epsilon * (Math.abs(w) + 1));
  const before = model.stateDict();
  const start = evaluate(model, data, { loss }).loss;
  const z = new Float64Array(base.length);
  let best = start;
  try {
    for (let k = 0; k < iterations; k++) {
      const gradient = meanGradient(model, { data, loss });
      for (let i = 0; i < z.length; i++) {
        const next = z[i]! + 0.5 * box[i]! * Math.sign(gradient[i]!);
        z[i] = Math.max(-box[i]!, Math.min(box[i]!, next));
      }
      let offset = 0;
      for (const parameter of parameters) {
        const from = offset;
        assign(
          parameter,
          Float64Array.from({ length: parameter.size }, (_, i) => base[from + i]! + z[from + i]!),
        );
        offset += parameter.size;
      }
      best = Math.max(best, evaluate(model, data, { loss }).loss);
    }
  } finally {
    model.loadStateDict(before);
  }
  return (100 * (best - start)) / (1 + start);
}
