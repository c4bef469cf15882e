import { engine, type Numbers, numbers, subSpan } from "../engine/engine.js";
import { checkBoolean, checkNumber, rejectUnknownOptions } from "../errors.js";
import { Optimizer } from "./optimizer.js";
import type { ParametersOf } from "./parameterGroups.js";
import { FastProjection, findView, project } from "./projection.js";
import { type PureUpdate, pureRule } from "./pureRule.js";
import type { CommonSettings, Rule } from "./rule.js";

/** Options of {@link AdamP}. */
export interface AdamPOptions {
  /** η, step length; default 1e-3. */
  readonly learningRate?: number;
  /** β1, memory of the mean of the gradient; default 0.9. */
  readonly beta1?: number;
  /** β2, memory of the mean of its square; default 0.999. */
  readonly beta2?: number;
  /** ε, keeps divisions finite; default 1e-8. */
  readonly eps?: number;
  /** λ, decoupled; default 0. */
  readonly weightDecay?: number;
  /** δ, how close to orthogonal gradient and weight must be; default 0.1. */
  readonly delta?: number;
  /** Share of the decay that projected weights get; default 0.1. */
  readonly weightDecayRatio?: number;
  /** Whether to step along β1·m + (1 − β1)·g; default false. */
  readonly nesterov?: boolean;
}

interface AdamPSettings extends CommonSettings {
  beta1: number;
  beta2: number;
  eps: number;
  delta: number;
  weightDecayRatio: number;
  nesterov: boolean;
}

const known = [
  "learningRate",
  "beta1",
  "beta2",
  "eps",
  "weightDecay",
  "delta",
  "weightDecayRatio",
  "nesterov",
];

const adampRule: Rule<AdamPOptions, AdamPSettings> = {
  name: "AdamP",
  perParameter: true,

  settings(options, where) {
    const {
      learningRate = 1e-3,
      beta1 = 0.9,
      beta2 = 0.999,
      eps = 1e-8,
      weightDecay = 0,
      ...others
    } = options;
    const { delta = 0.1, weightDecayRatio = 0.1, nesterov = false, ...rest } = others;
    rejectUnknownOptions(where, rest, known);
    checkNumber(where, "learningRate", learningRate, { above: 0 });
    checkNumber(where, "beta1", beta1, { min: 0, below: 1 });
    checkNumber(where, "beta2", beta2, { min: 0, below: 1 });
    checkNumber(where, "eps", eps, { min: 0 });
    checkNumber(where, "weightDecay", weightDecay, { min: 0 });
    checkNumber(where, "delta", delta, { min: 0 });
    checkNumber(where, "weightDecayRatio", weightDecayRatio, { min: 0, max: 1 });
    checkBoolean(where, "nesterov", nesterov);
    return { learningRate, beta1, beta2, eps, weightDecay, delta, weightDecayRatio, nesterov };
  },

  slots: () => ["m", "v"],

  fastRule: () => null,

  // numbers: η, λ, β1, β2, ε, 1 − β1ᵗ, 1 − β2ᵗ as for adamw, then δ, the decay's share, nesterov as 0 or 1
  prepare(
    { learningRate, weightDecay, beta1, beta2, eps, delta, weightDecayRatio, nesterov },
    step,
    numbers,
  ) {
    numbers[0] = learningRate;
    numbers[1] = weightDecay;
    numbers[2] = beta1;
    numbers[3] = beta2;
    numbers[4] = eps;
    numbers[5] = 1 - beta1 ** step;
    numbers[6] = 1 - beta2 ** step;
    numbers[7] = delta;
    numbers[8] = weightDecayRatio;
    numbers[9] = nesterov ? 1 : 0;
  },

  apply(p, g, state, start, end, numbers, shape) {
    const [m, v] = state as readonly [Numbers, Numbers];
    const [learningRate, weightDecay, beta1, beta2, eps, correction1, correction2, delta, ratio, nesterov] =
      numbers as TenNumbers;
    const direction = new Float64Array(end - start);
    for (let i = start; i < end; i++) {
      m[i] = beta1 * m[i]! + (1 - beta1) * g[i]!;
      v[i] = beta2 * v[i]! + (1 - beta2) * g[i]! * g[i]!;
      const mean = nesterov === 1 ? beta1 * m[i]! + (1 - beta1) * g[i]! : m[i]!;
      direction[i - start] = mean / (Math.sqrt(v[i]! / correction2) + eps);
    }
    const rows = findView(p, g, start, shape, { delta, eps });
    if (rows > 0) project(direction, p, start, rows, eps);
    const shrink = 1 - learningRate * weightDecay * (rows > 0 ? ratio : 1);
    for (let i = start; i < end; i++)
      p[i] = shrink * p[i]! - (learningRate / correction1) * direction[i - start]!;
  },

  fastStep(run, list) {
    const [learningRate, weightDecay, beta1, beta2, eps, correction1, correction2, delta, ratio, nesterov] =
      list as TenNumbers;
    const { parameters, gradients, state, start, end, shape } = run;
    const isMatrix = shape.length > 1 && end > start;
    const fast = isMatrix ? new FastProjection(run) : null;
    const rows = fast?.findView({ delta, eps }) ?? 0;
    if (rows === 0 && nesterov === 0)
      return engine.update("adamw", parameters, gradients, state, start, end, list);
    if (fast === null) return false;
    const shrink = 1 - learningRate * weightDecay * (rows > 0 ? ratio : 1);
    const size = end - start;
    const g = subSpan(gradients, start, size);
    const averages = state.map((span) => subSpan(span, start, size));
    const d = fast.direction;
    if (nesterov === 0) {
      // Adam's own step from 0 is −η/(1 − β1ᵗ)·d: averages and direction in one pass.
      engine.fill(d, 0);
      const undecayed = [learningRate, 0, beta1, beta2, eps, correction1, correction2];
      if (!engine.update("adamw", d, g, averages, 0, size, undecayed)) return false;
      fast.step(rows, shrink, -1, eps);
      return true;
    }
    if (!engine.update("moments", d, g, averages, 0, size, [beta1, beta2])) return false;
    engine.unary("sqrt", d, averages[1]!, 0, 0);
    engine.unary("affine", d, d, 1 / Math.sqrt(correction2), eps);
    const [values, means, slopes] = [numbers(d), numbers(averages[0]!), numbers(g)];
    for (let i = 0; i < size; i++) values[i] = (beta1 * means[i]! + (1 - beta1) * slopes[i]!) / values[i]!;
    fast.step(rows, shrink, learningRate / correction1, eps);
    return true;
  },
};

type TenNumbers = readonly [number, number, number, number, number, number, number, number, number, number];

/**
 * The bare rule of {@link AdamP} on copies: returns the new parameter and state and changes nothing. The shape matters: rows are
 * outputs.
 *
 * @param state `{}` before the first step, then what the last call returned: `{step, m, v}`
 * @example
 * const W = [[3, 4], [1, 0]];
 * const next = optim.updates.adamp(W, [[4, -3], [0, 1]], {}, { learningRate: 0.1, weightDecay: 0.01 }).parameter;
 * next.map((row) => row.map((x) => x.toFixed(4))) // [["2.8877", "4.0836"], ["0.9999", "-0.1000"]]
 */
export const adamp: PureUpdate<AdamPOptions> = pureRule(adampRule);

/**
 * AdamP: AdamW that keeps weights behind a normalization layer from growing, by removing the part of the step along the weight.
 *
 * In step t (from 1), for every parameter θ with gradient g; m and v start at 0:
 *
 * 1. `m ← β1·m + (1 − β1)·g`, `v ← β2·v + (1 − β2)·g²`
 * 2. `d ← m / (√(v/(1 − β2ᵗ)) + ε)`, with nesterov `(β1·m + (1 − β1)·g) / (√(v/(1 − β2ᵗ)) + ε)`
 * 3. for the views "one row for each output" and then "the whole tensor as one row", of parameters with at least two axes: if
 *    `max over rows |cos(g, θ)| < δ/√(row length)`: `d ← d − θ̂⟨θ̂, d⟩` in each row with `θ̂ = θ/(‖θ‖ + ε)`, `q ← weightDecayRatio`, and stop;
 *    in neither view: `q ← 1`
 * 4. `θ ← (1 − ηλq)θ`
 * 5. `θ ← θ − η/(1 − β1ᵗ)·d`
 *
 * The test uses the gradient itself, not m; the largest cosine must pass; ε is added to every norm. Vectors (biases, scales of
 * normalization layers) are never projected.
 *
 * @param parameters tensors that require gradients, or groups `{parameters, ...options}` with options of their own
 * @throws {RangeError} when β1 or β2 is outside [0, 1), weightDecayRatio outside [0, 1], η is not above 0, or another option negative
 * @see Heo et al. 2021, arXiv:2006.08217, algorithm 2 and the authors' program
 * @example
 * const w = tensor([[3, 4]], { requiresGrad: true, dtype: "float64" });
 * const optimizer = new optim.AdamP([w], { learningRate: 0.1 });
 * w.grad = tensor([[4, -3]], { dtype: "float64" });
 * optimizer.step();
 * w.toArray()[0].map((x) => x.toFixed(3)) // ["2.888", "4.084"]
 */
export class AdamP extends Optimizer<AdamPOptions> {
  constructor(parameters: ParametersOf<AdamPOptions>, options: AdamPOptions = {}) {
    super(parameters, options, adampRule);
  }
}
