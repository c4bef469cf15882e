import type { Numbers } from "../engine/engine.js";
import { checkChoice, checkNumber, rejectUnknownOptions } from "../errors.js";
import { Optimizer } from "./optimizer.js";
import type { ParametersOf } from "./parameterGroups.js";
import { type PureUpdate, pureRule } from "./pureRule.js";
import type { CommonSettings, Rule } from "./rule.js";

/** Options of {@link RAdam}. */
export interface RAdamOptions {
  /** η, step length; default 1e-3. */
  readonly learningRate?: number;
  /** β1, memory of the mean of the gradient; default 0.9. */
  readonly beta1?: number;
  /** β2, memory of the mean of its square; default 0.999. */
  readonly beta2?: number;
  /** ε, keeps the division finite; default 1e-8. */
  readonly eps?: number;
  /** λ; default 0. Coupled (λθ is added to the gradient) in the variant "pytorch", decoupled in "original". */
  readonly weightDecay?: number;
  /** Which program is followed; default "pytorch". */
  readonly variant?: "pytorch" | "original";
}

interface RAdamSettings extends CommonSettings {
  beta1: number;
  beta2: number;
  eps: number;
  variant: "pytorch" | "original";
}

const known = ["learningRate", "beta1", "beta2", "eps", "weightDecay", "variant"];

/** What RAdam knows in step t about its estimate of the gradient's variance. */
export interface Rectification {
  /** ρ_t, the number of gradients that v stands for; ρ∞ is its limit. */
  readonly rho: number;
  /** r_t, from 0 to 1, by which the step is shortened; null while ρ_t is at most 4 and the variance is infinite. */
  readonly rectifier: number | null;
}

/**
 * ρ_t and the rectifier r_t of {@link RAdam}:
 * `ρ∞ = 2/(1 − β2) − 1`, `ρ_t = ρ∞ − 2tβ2ᵗ/(1 − β2ᵗ)`, `r_t = √((ρ_t − 4)(ρ_t − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ_t))`.
 *
 * @param step t, from 1
 * @example
 * rectification(0.999, 6).rectifier // 0.02582…
 */
export function rectification(beta2: number, step: number): Rectification {
  checkNumber("rectification", "beta2", beta2, { min: 0, below: 1 });
  checkNumber("rectification", "step", step, { integer: true, min: 1 });
  const limit = 2 / (1 - beta2) - 1;
  const power = beta2 ** step;
  const rho = limit - (2 * step * power) / (1 - power);
  if (rho <= 4 || limit <= 4) return { rho, rectifier: null };
  const square = ((rho - 4) * (rho - 2) * limit) / ((limit - 4) * (limit - 2) * rho);
  return { rho, rectifier: Math.sqrt(square) };
}

const radamRule: Rule<RAdamOptions, RAdamSettings> = {
  name: "RAdam",

  settings(options, where) {
    const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, ...others } = options;
    const { weightDecay = 0, variant = "pytorch", ...rest } = others;
    rejectUnknownOptions(where, rest, known);
    checkNumber(where, "learningRate", learningRate, { above: 0 });
    checkNumber(where, "beta1", beta1, { min: 0, below: 1 });
    checkNumber(where, "beta2", beta2, { min: 0, below: 1 });
    checkNumber(where, "eps", eps, { min: 0 });
    checkNumber(where, "weightDecay", weightDecay, { min: 0 });
    checkChoice(where, "variant", variant, ["pytorch", "original"]);
    return { learningRate, beta1, beta2, eps, weightDecay, variant };
  },

  slots: () => ["m", "v"],

  fastRule: ({ variant, weightDecay }) => (variant === "pytorch" || weightDecay === 0 ? "radam" : null),

  // numbers: η (0 where the original stands still), λ, β1, β2, ε, 1 − β1ᵗ, c, original as 0 or 1;
  // c = r_t·√(1 − β2ᵗ) in an adaptive step, else 0
  prepare({ learningRate, weightDecay, beta1, beta2, eps, variant }, step, numbers) {
    const { rho, rectifier } = rectification(beta2, step);
    const isOriginal = variant === "original";
    const isAdaptive = isOriginal ? rho >= 5 : rho > 5;
    numbers[0] = isOriginal && !isAdaptive ? 0 : learningRate;
    numbers[1] = weightDecay;
    numbers[2] = beta1;
    numbers[3] = beta2;
    numbers[4] = eps;
    numbers[5] = 1 - beta1 ** step;
    numbers[6] = isAdaptive ? rectifier! * Math.sqrt(1 - beta2 ** step) : 0;
    numbers[7] = isOriginal ? 1 : 0;
  },

  apply(p, g, state, start, end, numbers) {
    const [m, v] = state as readonly [Numbers, Numbers];
    const [learningRate, weightDecay, beta1, beta2, eps, correction1, c, original] = numbers as EightNumbers;
    const added = original === 1 ? 0 : weightDecay;
    const shrink = original === 1 ? 1 - learningRate * weightDecay : 1;
    for (let i = start; i < end; i++) {
      const gradient = added === 0 ? g[i]! : g[i]! + added * p[i]!;
      m[i] = beta1 * m[i]! + (1 - beta1) * gradient;
      v[i] = beta2 * v[i]! + (1 - beta2) * gradient * gradient;
      const direction = c === 0 ? m[i]! : (c * m[i]!) / (Math.sqrt(v[i]!) + eps);
      p[i] = shrink * p[i]! - (learningRate / correction1) * direction;
    }
  },
};

type EightNumbers = readonly [number, number, number, number, number, number, number, number];

/**
 * The bare rule of {@link RAdam} on copies: returns the new parameter and state and changes nothing.
 *
 * @param state `{}` before the first step, then what the last call returned: `{step, m, v}`
 * @example
 * optim.updates.radam([1, 10], [1, 10], {}, { learningRate: 0.1 }).parameter // [0.9, 9]
 */
export const radam: PureUpdate<RAdamOptions> = pureRule(radamRule);

/**
 * RAdam: Adam that waits until it has seen enough gradients to trust their variance, and then starts with short steps: a warm-up
 * that follows from β2.
 *
 * In step t (from 1), for every parameter θ with gradient ∇f(θ); m and v start at 0:
 *
 * 1. `g ← ∇f(θ) + λθ`
 * 2. `m ← β1·m + (1 − β1)·g`, `v ← β2·v + (1 − β2)·g²`
 * 3. `m̂ ← m / (1 − β1ᵗ)`
 * 4. `ρ∞ = 2/(1 − β2) − 1`, `ρ_t = ρ∞ − 2t·β2ᵗ/(1 − β2ᵗ)`
 * 5. if `ρ_t > 5`: `r = √((ρ_t − 4)(ρ_t − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ_t))` and `θ ← θ − η·m̂·r·√(1 − β2ᵗ) / (√v + ε)`
 * 6. else `θ ← θ − η·m̂`
 *
 * The paper's condition is `ρ_t > 4`; both programs take 5. The authors' program (variant "original") has the condition `ρ_t ≥ 5`, changes
 * nothing at all while it fails, that is in the first five steps, and decays decoupled: `θ ← (1 − ηλ)θ` before the
 * steps it takes. With β2 at most 2/3, ρ_t never exceeds 5 and no step adapts. {@link rectification} gives ρ_t and r.
 *
 * @param parameters tensors that require gradients, or groups `{parameters, ...options}` with options of their own
 * @throws {RangeError} when β1 or β2 is outside [0, 1), η is not above 0, or ε or λ is negative
 * @see Liu et al. 2020, arXiv:1908.03265, algorithm 2
 * @example
 * const w = tensor([1, 10], { requiresGrad: true, dtype: "float64" });
 * const optimizer = new optim.RAdam([w], { learningRate: 0.1 });
 * w.square().sum().mul(0.5).backward();
 * optimizer.step();
 * w.toArray() // [0.9, 9]
 */
export class RAdam extends Optimizer<RAdamOptions> {
  constructor(parameters: ParametersOf<RAdamOptions>, options: RAdamOptions = {}) {
    super(parameters, options, radamRule);
  }
}
