import type { Numbers } from "../engine/engine.js";
import { checkChoice, checkNumber, rejectUnknownOptions } from "../errors.js";
import { Optimizer } from "./optimizer.js";
import type { ParametersOf } from "./parameterGroups.js";
import { type PureUpdate, pureRule } from "./pureRule.js";
import type { CommonSettings, Rule } from "./rule.js";

/** Options of {@link Adagrad}. */
export interface AdagradOptions {
  /** η, step length; default 1e-2. */
  readonly learningRate?: number;
  /** Share by which η falls: `η / (1 + (t − 1)·decay)`; default 0. */
  readonly learningRateDecay?: number;
  /** What s starts at; default 0. */
  readonly initialAccumulator?: number;
  /** ε, keeps the division finite; default 1e-10. */
  readonly eps?: number;
  /** λ, coupled: λθ is added to the gradient; default 0. */
  readonly weightDecay?: number;
  /** Where ε stands: "outside" the root, √s + ε, or "inside", √(s + ε); default "outside". */
  readonly epsMode?: "outside" | "inside";
}

interface AdagradSettings extends CommonSettings {
  learningRateDecay: number;
  initialAccumulator: number;
  eps: number;
  epsMode: "outside" | "inside";
}

const known = ["learningRate", "learningRateDecay", "initialAccumulator", "eps", "weightDecay", "epsMode"];

const adagradRule: Rule<AdagradOptions, AdagradSettings> = {
  name: "Adagrad",

  settings(options, where) {
    const { learningRate = 1e-2, learningRateDecay = 0, initialAccumulator = 0, ...others } = options;
    const { eps = 1e-10, weightDecay = 0, epsMode = "outside", ...rest } = others;
    rejectUnknownOptions(where, rest, known);
    checkNumber(where, "learningRate", learningRate, { above: 0 });
    checkNumber(where, "learningRateDecay", learningRateDecay, { min: 0 });
    checkNumber(where, "initialAccumulator", initialAccumulator, { min: 0 });
    checkNumber(where, "eps", eps, { min: 0 });
    checkNumber(where, "weightDecay", weightDecay, { min: 0 });
    checkChoice(where, "epsMode", epsMode, ["outside", "inside"]);
    return { learningRate, learningRateDecay, initialAccumulator, eps, weightDecay, epsMode };
  },

  slots: () => ["s"],

  start: ({ initialAccumulator }) => initialAccumulator,

  fastRule: ({ epsMode }) => (epsMode === "outside" ? "adagrad" : null),

  // numbers: η of this step, λ, ε, ε inside the root as 0 or 1
  prepare({ learningRate, learningRateDecay, weightDecay, eps, epsMode }, step, numbers) {
    numbers[0] = learningRate / (1 + (step - 1) * learningRateDecay);
    numbers[1] = weightDecay;
    numbers[2] = eps;
    numbers[3] = epsMode === "inside" ? 1 : 0;
  },

  apply(p, g, state, start, end, numbers) {
    const [s] = state as readonly [Numbers];
    const [rate, weightDecay, eps, inside] = numbers as readonly [number, number, number, number];
    for (let i = start; i < end; i++) {
      const gradient = weightDecay === 0 ? g[i]! : g[i]! + weightDecay * p[i]!;
      s[i] = s[i]! + gradient * gradient;
      p[i] = p[i]! - (rate * gradient) / (inside === 1 ? Math.sqrt(s[i]! + eps) : Math.sqrt(s[i]!) + eps);
    }
  },
};

/**
 * The bare rule of {@link Adagrad} on copies: returns the new parameter and state and changes nothing.
 *
 * @param state `{}` before the first step, then what the last call returned: `{step, s}`
 * @example
 * optim.updates.adagrad([1, 10], [1, 10], {}, { learningRate: 0.1 }).parameter // [0.90000000001, 9.900000000001]
 */
export const adagrad: PureUpdate<AdagradOptions> = pureRule(adagradRule);

/**
 * Adagrad: each coordinate's step is divided by the root of all its squared gradients so far, so rare features keep large steps.
 *
 * In step t (from 1), for every parameter θ with gradient ∇f(θ); s starts at `initialAccumulator`:
 *
 * 1. `g ← ∇f(θ) + λθ`
 * 2. `s ← s + g²`
 * 3. `θ ← θ − η/(1 + (t − 1)·decay) · g / (√s + ε)`
 *
 * s never shrinks, so the steps fade like 1/√t: with a constant gradient the t-th step is η/√t. RMSprop and Adadelta replace the sum by
 * a moving average for this reason. TensorFlow starts s at 0.1 and has ε inside the root: `{initialAccumulator: 0.1, epsMode: "inside"}`.
 *
 * @param parameters tensors that require gradients, or groups `{parameters, ...options}` with options of their own
 * @throws {RangeError} when an option is negative or η is not above 0
 * @see Duchi, Hazan and Singer 2011, "Adaptive subgradient methods for online learning and stochastic optimization" (diagonal form)
 * @example
 * const w = tensor([4], { requiresGrad: true, dtype: "float64" });
 * const optimizer = new optim.Adagrad([w], { learningRate: 1, eps: 0 });
 * for (let step = 0; step < 2; step++) {
 *   w.grad = tensor([3], { dtype: "float64" });
 *   optimizer.step();
 * }
 * w.toArray() // [2.292893218813452]
 */
export class Adagrad extends Optimizer<AdagradOptions> {
  constructor(parameters: ParametersOf<AdagradOptions>, options: AdagradOptions = {}) {
    super(parameters, options, adagradRule);
  }
}
