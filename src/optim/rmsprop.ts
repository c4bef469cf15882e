import type { Numbers } from "../engine/engine.js";
import { checkBoolean, checkChoice, checkNumber, rejectUnknownOptions } from "../errors.js";
import { Optimizer } from "./optimizer.js";
import type { ParametersOf } from "./parameterGroups.js";
import { type PureUpdate, pureRule } from "./pureRule.js";
import type { CommonSettings, Rule } from "./rule.js";

/** Options of {@link RMSprop}. */
export interface RMSpropOptions {
  /** η, step length; default 1e-2. */
  readonly learningRate?: number;
  /** α, memory of the mean of the squared gradient; default 0.99. */
  readonly alpha?: number;
  /** ε, keeps the division finite; default 1e-8. */
  readonly eps?: number;
  /** μ, share of the previous direction that is kept; default 0. */
  readonly momentum?: number;
  /** Whether to divide by the standard deviation of the gradient instead of its root mean square; default false. */
  readonly centered?: boolean;
  /** λ, coupled: λθ is added to the gradient; default 0. */
  readonly weightDecay?: number;
  /** Where ε stands: "outside" the root, √s + ε, or "inside", √(s + ε); default "outside". */
  readonly epsMode?: "outside" | "inside";
}

interface RMSpropSettings extends CommonSettings {
  alpha: number;
  eps: number;
  momentum: number;
  centered: boolean;
  epsMode: "outside" | "inside";
}

const known = ["learningRate", "alpha", "eps", "momentum", "centered", "weightDecay", "epsMode"];

const rmspropRule: Rule<RMSpropOptions, RMSpropSettings> = {
  name: "RMSprop",

  settings(options, where) {
    const { learningRate = 1e-2, alpha = 0.99, eps = 1e-8, momentum = 0, ...others } = options;
    const { centered = false, weightDecay = 0, epsMode = "outside", ...rest } = others;
    rejectUnknownOptions(where, rest, known);
    checkNumber(where, "learningRate", learningRate, { above: 0 });
    checkNumber(where, "alpha", alpha, { min: 0, below: 1 });
    checkNumber(where, "eps", eps, { min: 0 });
    checkNumber(where, "momentum", momentum, { min: 0 });
    checkBoolean(where, "centered", centered);
    checkNumber(where, "weightDecay", weightDecay, { min: 0 });
    checkChoice(where, "epsMode", epsMode, ["outside", "inside"]);
    return { learningRate, alpha, eps, momentum, centered, weightDecay, epsMode };
  },

  slots({ momentum, centered }) {
    const slots = ["s"];
    if (momentum > 0) slots.push("momentumBuffer");
    if (centered) slots.push("gradientMean");
    return slots;
  },

  fastRule: ({ epsMode }) => (epsMode === "outside" ? "rmsprop" : null),

  // numbers: η, λ, α, ε, μ, centered as 0 or 1, ε inside the root as 0 or 1
  prepare({ learningRate, weightDecay, alpha, eps, momentum, centered, epsMode }, _step, numbers) {
    numbers[0] = learningRate;
    numbers[1] = weightDecay;
    numbers[2] = alpha;
    numbers[3] = eps;
    numbers[4] = momentum;
    numbers[5] = centered ? 1 : 0;
    numbers[6] = epsMode === "inside" ? 1 : 0;
  },

  apply(p, g, state, start, end, numbers) {
    const [learningRate, weightDecay, alpha, eps, momentum, centered, inside] = numbers as SevenNumbers;
    const s = state[0]!;
    const buffer: Numbers | undefined = momentum > 0 ? state[1] : undefined;
    const mean: Numbers | undefined = centered === 1 ? state.at(-1) : undefined;
    for (let i = start; i < end; i++) {
      const gradient = weightDecay === 0 ? g[i]! : g[i]! + weightDecay * p[i]!;
      s[i] = alpha * s[i]! + (1 - alpha) * gradient * gradient;
      let square = s[i]!;
      if (mean !== undefined) {
        mean[i] = alpha * mean[i]! + (1 - alpha) * gradient;
        // A constant gradient has variance 0, which rounding may turn negative.
        square = Math.max(0, square - mean[i]! * mean[i]!);
      }
      let direction = gradient / (inside === 1 ? Math.sqrt(square + eps) : Math.sqrt(square) + eps);
      if (buffer !== undefined) {
        buffer[i] = momentum * buffer[i]! + direction;
        direction = buffer[i]!;
      }
      p[i] = p[i]! - learningRate * direction;
    }
  },
};

type SevenNumbers = readonly [number, number, number, number, number, number, number];

/**
 * The bare rule of {@link RMSprop} on copies: returns the new parameter and state and changes nothing.
 *
 * @param state `{}` before the first step, then what the last call returned: `{step, s}`, `momentumBuffer` with momentum,
 *   `gradientMean` with centered
 * @example
 * optim.updates.rmsprop(1, 1, {}, { learningRate: 0.1, alpha: 0.9 }).parameter // 0.68377224…
 */
export const rmsprop: PureUpdate<RMSpropOptions> = pureRule(rmspropRule);

/**
 * RMSprop: Adagrad with a moving average in place of the sum, so that steps do not fade.
 *
 * In step t, for every parameter θ with gradient ∇f(θ); s, ḡ and b start at 0:
 *
 * 1. `g ← ∇f(θ) + λθ`
 * 2. `s ← αs + (1 − α)g²`, and when centered `ḡ ← αḡ + (1 − α)g`
 * 3. `a ← √s + ε`, when centered `√(s − ḡ²) + ε`
 * 4. `d ← g/a`, with momentum `b ← μb + g/a` and `d ← b`
 * 5. `θ ← θ − ηd`
 *
 * s starts at 0 and is not corrected for it, so the first step is η/√(1 − α), ten times η with the defaults; Adam corrects this.
 * TensorFlow and Graves have ε inside the root: `{epsMode: "inside"}`. Where rounding makes `s − ḡ²` negative, 0 is taken; PyTorch's
 * result is NaN there.
 *
 * @param parameters tensors that require gradients, or groups `{parameters, ...options}` with options of their own
 * @throws {RangeError} when α is outside [0, 1), η is not above 0, or ε, μ or λ is negative
 * @see Tieleman and Hinton 2012, "Neural networks for machine learning", lecture 6e; Graves 2013, arXiv:1308.0850 (centered)
 * @example
 * const w = tensor([1, 10], { requiresGrad: true, dtype: "float64" });
 * const optimizer = new optim.RMSprop([w], { learningRate: 0.1, alpha: 0.9 });
 * w.square().sum().mul(0.5).backward();
 * optimizer.step();
 * w.toArray().map((x) => x.toFixed(5)) // ["0.68377", "9.68377"]
 */
export class RMSprop extends Optimizer<RMSpropOptions> {
  constructor(parameters: ParametersOf<RMSpropOptions>, options: RMSpropOptions = {}) {
    super(parameters, options, rmspropRule);
  }
}
