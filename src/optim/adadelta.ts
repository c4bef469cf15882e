import type { Numbers } from "../engine/engine.js";
import { checkNumber, rejectUnknownOptions } from "../errors.js";
import { Optimizer } from "./optimizer.js";
import type { ParametersOf } from "./parameterGroups.js";
import { type PureUpdate, pureRule } from "./pureRule.js";
import type { CommonSettings, Rule } from "./rule.js";

/** Options of {@link Adadelta}. */
export interface AdadeltaOptions {
  /** η, factor on the step; default 1, the paper's rule. */
  readonly learningRate?: number;
  /** ρ, memory of both averages; default 0.9. */
  readonly rho?: number;
  /** ε, which sets the size of the first steps; default 1e-6. */
  readonly eps?: number;
  /** λ, coupled: λθ is added to the gradient; default 0. */
  readonly weightDecay?: number;
}

interface AdadeltaSettings extends CommonSettings {
  rho: number;
  eps: number;
}

const known = ["learningRate", "rho", "eps", "weightDecay"];

const adadeltaRule: Rule<AdadeltaOptions, AdadeltaSettings> = {
  name: "Adadelta",

  settings(options, where) {
    const { learningRate = 1, rho = 0.9, eps = 1e-6, weightDecay = 0, ...rest } = options;
    rejectUnknownOptions(where, rest, known);
    checkNumber(where, "learningRate", learningRate, { above: 0 });
    checkNumber(where, "rho", rho, { min: 0, below: 1 });
    checkNumber(where, "eps", eps, {
      above: 0,
      help: "with eps 0 the first step is 0, and so are all others",
    });
    checkNumber(where, "weightDecay", weightDecay, { min: 0 });
    return { learningRate, rho, eps, weightDecay };
  },

  slots: () => ["s", "u"],

  fastRule: () => "adadelta",

  // numbers: η, λ, ρ, ε
  prepare({ learningRate, weightDecay, rho, eps }, _step, numbers) {
    numbers[0] = learningRate;
    numbers[1] = weightDecay;
    numbers[2] = rho;
    numbers[3] = eps;
  },

  apply(p, g, state, start, end, numbers) {
    const [s, u] = state as readonly [Numbers, Numbers];
    const [learningRate, weightDecay, rho, eps] = numbers as readonly [number, number, number, number];
    for (let i = start; i < end; i++) {
      const gradient = weightDecay === 0 ? g[i]! : g[i]! + weightDecay * p[i]!;
      s[i] = rho * s[i]! + (1 - rho) * gradient * gradient;
      const delta = (Math.sqrt(u[i]! + eps) / Math.sqrt(s[i]! + eps)) * gradient;
      u[i] = rho * u[i]! + (1 - rho) * delta * delta;
      p[i] = p[i]! - learningRate * delta;
    }
  },
};

/**
 * The bare rule of {@link Adadelta} on copies: returns the new parameter and state and changes nothing.
 *
 * @param state `{}` before the first step, then what the last call returned: `{step, s, u}`
 * @example
 * optim.updates.adadelta(1, 1, {}, {}).parameter // 0.99683773…
 */
export const adadelta: PureUpdate<AdadeltaOptions> = pureRule(adadeltaRule);

/**
 * Adadelta: the step has the unit of the parameter, because it is scaled by the size of the steps before.
 *
 * In step t, for every parameter θ with gradient ∇f(θ); s and u start at 0:
 *
 * 1. `g ← ∇f(θ) + λθ`
 * 2. `s ← ρs + (1 − ρ)g²`
 * 3. `Δ ← √(u + ε) / √(s + ε) · g`
 * 4. `u ← ρu + (1 − ρ)Δ²`
 * 5. `θ ← θ − ηΔ`
 *
 * The paper has no η; ε takes its place in the beginning: the first step is about √(ε/(1 − ρ)) in every coordinate, 0.003 with the
 * defaults, so it starts slowly. Step 3 uses the s of step 2; TensorFlow.js uses the one before. The paper motivates s by a window
 * of past gradients, but keeps a moving average, because a window would have to store them all.
 *
 * @param parameters tensors that require gradients, or groups `{parameters, ...options}` with options of their own
 * @throws {RangeError} when ρ is outside [0, 1), or η or ε is not above 0
 * @see Zeiler 2012, arXiv:1212.5701, algorithm 1
 * @example
 * const w = tensor([1, 10], { requiresGrad: true, dtype: "float64" });
 * const optimizer = new optim.Adadelta([w]);
 * w.square().sum().mul(0.5).backward();
 * optimizer.step();
 * w.toArray().map((x) => x.toFixed(5)) // ["0.99684", "9.99684"]
 */
export class Adadelta extends Optimizer<AdadeltaOptions> {
  constructor(parameters: ParametersOf<AdadeltaOptions>, options: AdadeltaOptions = {}) {
    super(parameters, options, adadeltaRule);
  }
}
