import type { Numbers } from "../engine/engine.js";
import { checkNumber, rejectUnknownOptions } from "../errors.js";
import { Optimizer } from "./optimizer.js";
import type { ParametersOf } from "./parameterGroups.js";
import { type PureUpdate, pureRule } from "./pureRule.js";
import type { CommonSettings, Rule } from "./rule.js";

/** Options of {@link Adamax}. */
export interface AdamaxOptions {
  /** η, step length; default 2e-3. */
  readonly learningRate?: number;
  /** β1, memory of the mean of the gradient; default 0.9. */
  readonly beta1?: number;
  /** β2, how slowly the largest gradient is forgotten; default 0.999. */
  readonly beta2?: number;
  /** ε, keeps the division finite; default 1e-8. */
  readonly eps?: number;
  /** λ, coupled: λθ is added to the gradient; default 0. */
  readonly weightDecay?: number;
}

interface AdamaxSettings extends CommonSettings {
  beta1: number;
  beta2: number;
  eps: number;
}

const known = ["learningRate", "beta1", "beta2", "eps", "weightDecay"];

const adamaxRule: Rule<AdamaxOptions, AdamaxSettings> = {
  name: "Adamax",

  settings(options, where) {
    const { learningRate = 2e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, ...others } = options;
    const { weightDecay = 0, ...rest } = others;
    rejectUnknownOptions(where, rest, known);
    checkNumber(where, "learningRate", learningRate, { above: 0 });
    checkNumber(where, "beta1", beta1, { min: 0, below: 1 });
    checkNumber(where, "beta2", beta2, { min: 0, below: 1 });
    checkNumber(where, "eps", eps, { min: 0 });
    checkNumber(where, "weightDecay", weightDecay, { min: 0 });
    return { learningRate, beta1, beta2, eps, weightDecay };
  },

  slots: () => ["m", "u"],

  fastRule: () => "adamax",

  // numbers: η, λ, β1, β2, ε, 1 − β1ᵗ
  prepare({ learningRate, weightDecay, beta1, beta2, eps }, step, numbers) {
    numbers[0] = learningRate;
    numbers[1] = weightDecay;
    numbers[2] = beta1;
    numbers[3] = beta2;
    numbers[4] = eps;
    numbers[5] = 1 - beta1 ** step;
  },

  apply(p, g, state, start, end, numbers) {
    const [m, u] = state as readonly [Numbers, Numbers];
    const [learningRate, weightDecay, beta1, beta2, eps, correction1] = numbers as SixNumbers;
    for (let i = start; i < end; i++) {
      const gradient = weightDecay === 0 ? g[i]! : g[i]! + weightDecay * p[i]!;
      m[i] = beta1 * m[i]! + (1 - beta1) * gradient;
      u[i] = Math.max(beta2 * u[i]!, Math.abs(gradient) + eps);
      p[i] = p[i]! - ((learningRate / correction1) * m[i]!) / u[i]!;
    }
  },
};

type SixNumbers = readonly [number, number, number, number, number, number];

/**
 * The bare rule of {@link Adamax} on copies: returns the new parameter and state and changes nothing.
 *
 * @param state `{}` before the first step, then what the last call returned: `{step, m, u}`
 * @example
 * optim.updates.adamax([1, 10], [1, 10], {}, { learningRate: 0.1 }).parameter // [0.900000001, 9.9000000001]
 */
export const adamax: PureUpdate<AdamaxOptions> = pureRule(adamaxRule);

/**
 * Adamax: Adam with the largest recent gradient in place of the root mean square.
 *
 * In step t (from 1), for every parameter θ with gradient ∇f(θ); m and u start at 0:
 *
 * 1. `g ← ∇f(θ) + λθ`
 * 2. `m ← β1·m + (1 − β1)·g`
 * 3. `u ← max(β2·u, |g| + ε)`
 * 4. `θ ← θ − η / (1 − β1ᵗ) · m / u`
 *
 * u is the limit of Adam's √v when the exponent 2 goes to ∞; it needs no correction for its start at 0. The paper has no ε;
 * adding it to |g| is PyTorch's way.
 *
 * @param parameters tensors that require gradients, or groups `{parameters, ...options}` with options of their own
 * @throws {RangeError} when β1 or β2 is outside [0, 1), η is not above 0, or ε or λ is negative
 * @see Kingma and Ba 2015, arXiv:1412.6980, algorithm 2
 * @example
 * const w = tensor([1, 10], { requiresGrad: true, dtype: "float64" });
 * const optimizer = new optim.Adamax([w], { learningRate: 0.1 });
 * w.square().sum().mul(0.5).backward();
 * optimizer.step();
 * w.toArray() // [0.900000001, 9.9000000001]
 */
export class Adamax extends Optimizer<AdamaxOptions> {
  constructor(parameters: ParametersOf<AdamaxOptions>, options: AdamaxOptions = {}) {
    super(parameters, options, adamaxRule);
  }
}
