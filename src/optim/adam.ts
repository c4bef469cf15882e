import type { Numbers } from "../engine/engine.js";
import { checkBoolean, checkChoice, checkNumber, rejectUnknownOptions } from "../errors.js";
import { Optimizer } from "./optimizer.js";
import type { ParametersOf } from "./parameterGroups.js";
import { type PureUpdate, pureRule } from "./pureRule.js";
import type { CommonSettings, Rule } from "./rule.js";

/** Options of {@link Adam}. */
export interface AdamOptions {
  /** η, step length; default 1e-3. */
  readonly learningRate?: number;
  /** β1, memory of the mean of the gradient; default 0.9. */
  readonly beta1?: number;
  /** β2, memory of the mean of its square; default 0.999. */
  readonly beta2?: number;
  /** ε, keeps the division finite; default 1e-8. */
  readonly eps?: number;
  /** λ, coupled: λθ is added to the gradient; default 0. AdamW decays apart from the gradient. */
  readonly weightDecay?: number;
  /** Whether to divide by the largest v so far (AMSGrad); default false. */
  readonly amsgrad?: boolean;
  /** Where ε stands: "outside" the root, √v̂ + ε, or "inside", √(v̂ + ε); default "outside". */
  readonly epsMode?: "outside" | "inside";
}

/** Options of Adam and AdamW with every default filled in. */
export interface AdamSettings extends CommonSettings {
  beta1: number;
  beta2: number;
  eps: number;
  amsgrad: boolean;
  epsMode: "outside" | "inside";
}

const known = ["learningRate", "beta1", "beta2", "eps", "weightDecay", "amsgrad", "epsMode"];

/** The rule of Adam, or of AdamW when the decay is decoupled from the gradient. */
export function makeAdamRule(
  name: string,
  { isDecoupled, defaultDecay }: { readonly isDecoupled: boolean; readonly defaultDecay: number },
): Rule<AdamOptions, AdamSettings> {
  return {
    name,

    settings(options, where) {
      const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, ...others } = options;
      const { weightDecay = defaultDecay, amsgrad = false, epsMode = "outside", ...rest } = others;
      rejectUnknownOptions(where, rest, known);
      checkNumber(where, "learningRate", learningRate, { above: 0 });
      checkNumber(where, "beta1", beta1, { min: 0, below: 1 });
      checkNumber(where, "beta2", beta2, { min: 0, below: 1 });
      checkNumber(where, "eps", eps, { min: 0 });
      checkNumber(where, "weightDecay", weightDecay, { min: 0 });
      checkBoolean(where, "amsgrad", amsgrad);
      checkChoice(where, "epsMode", epsMode, ["outside", "inside"]);
      return { learningRate, beta1, beta2, eps, weightDecay, amsgrad, epsMode };
    },

    slots: ({ amsgrad }) => (amsgrad ? ["m", "v", "vMax"] : ["m", "v"]),

    fastRule: ({ epsMode }) => (epsMode === "inside" ? null : isDecoupled ? "adamw" : "adam"),

    // numbers: η, λ, β1, β2, ε, 1 − β1ᵗ, 1 − β2ᵗ, ε inside the root as 0 or 1
    prepare({ learningRate, weightDecay, beta1, beta2, eps, epsMode }, step, numbers) {
      numbers[0] = learningRate;
      numbers[1] = weightDecay;
      numbers[2] = beta1;
      numbers[3] = beta2;
      numbers[4] = eps;
      numbers[5] = 1 - beta1 ** step;
      numbers[6] = 1 - beta2 ** step;
      numbers[7] = epsMode === "inside" ? 1 : 0;
    },

    apply(p, g, state, start, end, numbers) {
      const [m, v, vMax] = state as readonly [Numbers, Numbers, Numbers?];
      const [learningRate, weightDecay, beta1, beta2, eps, correction1, correction2, inside] =
        numbers as EightNumbers;
      const added = isDecoupled ? 0 : weightDecay;
      const shrink = isDecoupled ? 1 - learningRate * weightDecay : 1;
      for (let i = start; i < end; i++) {
        const gradient = added === 0 ? g[i]! : g[i]! + added * p[i]!;
        m[i] = beta1 * m[i]! + (1 - beta1) * gradient;
        v[i] = beta2 * v[i]! + (1 - beta2) * gradient * gradient;
        let second = v[i]!;
        if (vMax !== undefined) {
          second = Math.max(vMax[i]!, second);
          vMax[i] = second;
        }
        const mHat = m[i]! / correction1;
        const vHat = second / correction2;
        const scale = inside === 1 ? Math.sqrt(vHat + eps) : Math.sqrt(vHat) + eps;
        p[i] = shrink * p[i]! - (learningRate * mHat) / scale;
      }
    },
  };
}

const adamRule = makeAdamRule("Adam", { isDecoupled: false, defaultDecay: 0 });

type EightNumbers = readonly [number, number, number, number, number, number, number, number];

/**
 * The bare rule of {@link Adam} on copies: returns the new parameter and state and changes nothing.
 *
 * @param parameter θ: a number, nested array, typed array or tensor; the result is of the same kind
 * @param gradient ∇f(θ), the same shape
 * @param state `{}` before the first step, then what the last call returned: `{step, m, v}` and `vMax` with amsgrad
 * @example
 * optim.updates.adam([1, 10], [1, 10], {}, { learningRate: 0.1 }).parameter // [0.900000001, 9.9000000001]
 */
export const adam: PureUpdate<AdamOptions> = pureRule(adamRule);

/**
 * Adam: steps of about η in every coordinate, along the averaged gradient divided by its averaged size.
 *
 * In step t (from 1), for every parameter θ with gradient ∇f(θ); m and v start at 0:
 *
 * 1. `g ← ∇f(θ) + λθ`
 * 2. `m ← β1·m + (1 − β1)·g`
 * 3. `v ← β2·v + (1 − β2)·g²`
 * 4. `m̂ ← m / (1 − β1ᵗ)`
 * 5. `v̂ ← v / (1 − β2ᵗ)`, with amsgrad the largest v of all steps in place of v
 * 6. `θ ← θ − η·m̂ / (√v̂ + ε)`
 *
 * Differences from the papers: λ is added to the gradient, so it is divided by √v̂ too (AdamW decays apart from it); AMSGrad here
 * takes the maximum of v before the correction of step 5, as PyTorch does, while its paper corrects nothing.
 *
 * @param parameters tensors that require gradients, or groups `{parameters, ...options}` with options of their own
 * @throws {RangeError} when β1 or β2 is outside [0, 1), η is not above 0, or ε or λ is negative
 * @see Kingma and Ba 2015, arXiv:1412.6980, algorithm 1; Reddi, Kale and Kumar 2018, arXiv:1904.09237 (AMSGrad)
 * @example
 * const w = tensor([1, 10], { requiresGrad: true, dtype: "float64" });
 * const optimizer = new optim.Adam([w], { learningRate: 0.1 });
 * w.square().sum().mul(0.5).backward();
 * optimizer.step();
 * w.toArray() // [0.900000001, 9.9000000001]
 */
export class Adam extends Optimizer<AdamOptions> {
  constructor(parameters: ParametersOf<AdamOptions>, options: AdamOptions = {}) {
    super(parameters, options, adamRule);
  }
}
