import type { Numbers } from "../engine/engine.js";
import { checkNumber, rejectUnknownOptions } from "../errors.js";
import { Optimizer } from "./optimizer.js";
import type { ParametersOf } from "./parameterGroups.js";
import { type PureUpdate, pureRule } from "./pureRule.js";
import type { CommonSettings, Rule } from "./rule.js";

/** Options of {@link NAdam}. */
export interface NAdamOptions {
  /** η, step length; default 2e-3. */
  readonly learningRate?: number;
  /** β1, memory of the mean of the gradient; default 0.9. */
  readonly beta1?: number;
  /** β2, memory of the mean of its square; default 0.999. */
  readonly beta2?: number;
  /** ε, keeps the division finite; default 1e-8. */
  readonly eps?: number;
  /** ψ, how fast the momentum μ grows from about β1/2 to β1; default 4e-3. */
  readonly momentumDecay?: number;
  /** λ, coupled: λθ is added to the gradient; default 0. */
  readonly weightDecay?: number;
}

interface NAdamSettings extends CommonSettings {
  beta1: number;
  beta2: number;
  eps: number;
  momentumDecay: number;
}

const known = ["learningRate", "beta1", "beta2", "eps", "momentumDecay", "weightDecay"];

/** μ of step t. */
const momentumAt = (beta1: number, momentumDecay: number, step: number): number =>
  beta1 * (1 - 0.5 * 0.96 ** (step * momentumDecay));

interface Product {
  readonly beta1: number;
  readonly momentumDecay: number;
  readonly step: number;
  readonly value: number;
}
const products: WeakMap<NAdamSettings, Product> = new WeakMap();

/** μ₁·…·μ_t. Each group remembers its last product, so that a step multiplies once. */
function momentumProduct(settings: NAdamSettings, step: number): number {
  const { beta1, momentumDecay } = settings;
  const last = products.get(settings);
  const isUsable = last?.beta1 === beta1 && last.momentumDecay === momentumDecay && last.step <= step;
  let value = isUsable ? last.value : 1;
  for (let t = isUsable ? last.step + 1 : 1; t <= step; t++) value *= momentumAt(beta1, momentumDecay, t);
  products.set(settings, { beta1, momentumDecay, step, value });
  return value;
}

const nadamRule: Rule<NAdamOptions, NAdamSettings> = {
  name: "NAdam",

  settings(options, where) {
    const { learningRate = 2e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, ...others } = options;
    const { momentumDecay = 4e-3, weightDecay = 0, ...rest } = others;
    rejectUnknownOptions(where, rest, known);
    checkNumber(where, "learningRate", learningRate, { above: 0 });
    checkNumber(where, "beta1", beta1, { min: 0, below: 1 });
    checkNumber(where, "beta2", beta2, { min: 0, below: 1 });
    checkNumber(where, "eps", eps, { min: 0 });
    checkNumber(where, "momentumDecay", momentumDecay, { min: 0 });
    checkNumber(where, "weightDecay", weightDecay, { min: 0 });
    return { learningRate, beta1, beta2, eps, momentumDecay, weightDecay };
  },

  slots: () => ["m", "v"],

  fastRule: () => "nadam",

  // numbers: λ, β2, ε, 1 − β2ᵗ, β1, then the factors of g and of m in the step
  prepare(settings, step, numbers) {
    const { learningRate, weightDecay, beta1, beta2, eps, momentumDecay } = settings;
    const product = momentumProduct(settings, step);
    const mu = momentumAt(beta1, momentumDecay, step);
    const next = momentumAt(beta1, momentumDecay, step + 1);
    numbers[0] = weightDecay;
    numbers[1] = beta2;
    numbers[2] = eps;
    numbers[3] = 1 - beta2 ** step;
    numbers[4] = beta1;
    numbers[5] = (learningRate * (1 - mu)) / (1 - product);
    numbers[6] = (learningRate * next) / (1 - product * next);
  },

  apply(p, g, state, start, end, numbers) {
    const [m, v] = state as readonly [Numbers, Numbers];
    const [weightDecay, beta2, eps, correction2, beta1, forGradient, forMean] = numbers as SevenNumbers;
    for (let i = start; i < end; i++) {
      const gradient = weightDecay === 0 ? g[i]! : g[i]! + weightDecay * p[i]!;
      m[i] = beta1 * m[i]! + (1 - beta1) * gradient;
      v[i] = beta2 * v[i]! + (1 - beta2) * gradient * gradient;
      const scale = Math.sqrt(v[i]! / correction2) + eps;
      p[i] = p[i]! - (forGradient * gradient + forMean * m[i]!) / scale;
    }
  },
};

type SevenNumbers = readonly [number, number, number, number, number, number, number];

/**
 * The bare rule of {@link NAdam} on copies: returns the new parameter and state and changes nothing.
 *
 * @param state `{}` before the first step, then what the last call returned: `{step, m, v}`
 * @example
 * optim.updates.nadam(1, 1, {}, { learningRate: 0.1 }).parameter // 0.89435482…
 */
export const nadam: PureUpdate<NAdamOptions> = pureRule(nadamRule);

/**
 * NAdam: Adam with Nesterov's look-ahead, the gradient of now and the momentum of the next step.
 *
 * In step t (from 1), for every parameter θ with gradient ∇f(θ); m and v start at 0, Π at 1:
 *
 * 1. `g ← ∇f(θ) + λθ`
 * 2. `μ_t = β1·(1 − ½·0.96^(tψ))`, `Π ← Π·μ_t`
 * 3. `m ← β1·m + (1 − β1)·g`
 * 4. `v ← β2·v + (1 − β2)·g²`
 * 5. `m̂ ← μ_{t+1}·m / (1 − Π·μ_{t+1}) + (1 − μ_t)·g / (1 − Π)`
 * 6. `θ ← θ − η·m̂ / (√(v / (1 − β2ᵗ)) + ε)`
 *
 * PyTorch before 2.0 multiplied Π by μ_t twice in every step, so its numbers differ; this is the corrected formula. Π follows from
 * t and the settings: when β1 is changed between steps, Π is that of the new β1 from the first step on, like Adam's 1 − β1ᵗ.
 *
 * @param parameters tensors that require gradients, or groups `{parameters, ...options}` with options of their own
 * @throws {RangeError} when β1 or β2 is outside [0, 1), η is not above 0, or ε, ψ or λ is negative
 * @see Dozat 2016, "Incorporating Nesterov momentum into Adam"
 * @example
 * const w = tensor([1, 10], { requiresGrad: true, dtype: "float64" });
 * const optimizer = new optim.NAdam([w], { learningRate: 0.1 });
 * w.square().sum().mul(0.5).backward();
 * optimizer.step();
 * w.toArray().map((x) => x.toFixed(6)) // ["0.894355", "9.894355"]
 */
export class NAdam extends Optimizer<NAdamOptions> {
  constructor(parameters: ParametersOf<NAdamOptions>, options: NAdamOptions = {}) {
    super(parameters, options, nadamRule);
  }
}
