import { checkBoolean, checkNumber, errorText, rejectUnknownOptions } from "../errors.js";
import { Optimizer } from "./optimizer.js";
import type { ParametersOf } from "./parameterGroups.js";
import { type PureUpdate, pureRule } from "./pureRule.js";
import type { CommonSettings, Rule } from "./rule.js";

/** Options of {@link SGD}. */
export interface SGDOptions {
  /** η, step length; required. */
  readonly learningRate: number;
  /** μ, share of the previous direction that is kept; default 0 (plain gradient descent). */
  readonly momentum?: number;
  /** τ, share of the new gradient that is left out of the buffer; default 0. */
  readonly dampening?: number;
  /** Whether to step along the gradient plus the updated buffer; default false. Needs momentum > 0 and dampening 0. */
  readonly nesterov?: boolean;
  /** λ, coupled: λθ is added to the gradient; default 0. */
  readonly weightDecay?: number;
}

interface SGDSettings extends CommonSettings {
  momentum: number;
  dampening: number;
  nesterov: boolean;
}

const known = ["learningRate", "momentum", "dampening", "nesterov", "weightDecay"];

const sgdRule: Rule<SGDOptions, SGDSettings> = {
  name: "SGD",

  settings(options, where) {
    const { learningRate, momentum = 0, dampening = 0, nesterov = false, weightDecay = 0, ...rest } = options;
    rejectUnknownOptions(where, rest, known);
    checkNumber(where, "learningRate", learningRate, { above: 0 });
    checkNumber(where, "momentum", momentum, { min: 0 });
    checkNumber(where, "dampening", dampening);
    checkBoolean(where, "nesterov", nesterov);
    checkNumber(where, "weightDecay", weightDecay, { min: 0 });
    const refuse = (problem: string, help: string): never => {
      throw new RangeError(errorText(where, problem, "", help));
    };
    if (nesterov && momentum === 0)
      refuse("nesterov needs momentum > 0, got momentum 0", "pass {momentum: 0.9} or drop nesterov");
    if (nesterov && dampening !== 0)
      refuse(`nesterov needs dampening 0, got dampening ${dampening}`, "drop dampening or nesterov");
    if (dampening !== 0 && momentum === 0)
      refuse(
        `dampening needs momentum > 0, got dampening ${dampening} and momentum 0`,
        "pass {momentum: 0.9} or drop dampening",
      );
    return { learningRate, momentum, dampening, nesterov, weightDecay };
  },

  slots: ({ momentum }) => (momentum === 0 ? [] : ["momentumBuffer"]),

  fastRule: () => "sgd",

  // numbers: η, λ, μ, 1 − τ, nesterov as 0 or 1, first step as 0 or 1
  prepare({ learningRate, weightDecay, momentum, dampening, nesterov }, step, numbers) {
    numbers[0] = learningRate;
    numbers[1] = weightDecay;
    numbers[2] = momentum;
    numbers[3] = 1 - dampening;
    numbers[4] = nesterov ? 1 : 0;
    numbers[5] = step === 1 ? 1 : 0;
  },

  apply(p, g, [buffer], start, end, numbers) {
    const [learningRate, weightDecay, momentum, undamped, nesterov, first] = numbers as SixNumbers;
    for (let i = start; i < end; i++) {
      let direction = weightDecay === 0 ? g[i]! : g[i]! + weightDecay * p[i]!;
      if (buffer !== undefined) {
        const b = first === 1 ? direction : momentum * buffer[i]! + undamped * direction;
        buffer[i] = b;
        direction = nesterov === 1 ? direction + momentum * b : b;
      }
      p[i] = p[i]! - learningRate * direction;
    }
  },
};

type SixNumbers = readonly [number, number, number, number, number, number];

/**
 * The bare rule of {@link SGD} on copies: returns the new parameter and state and changes nothing.
 *
 * @param parameter θ: a number, nested array, typed array or tensor; the result is of the same kind
 * @param gradient ∇f(θ), the same shape
 * @param state `{}` before the first step, then what the last call returned: `{step, momentumBuffer}`
 * @example
 * optim.updates.sgd([1, 10], [1, 10], {}, { learningRate: 0.1 }).parameter // [0.9, 9]
 */
export const sgd: PureUpdate<SGDOptions> = pureRule(sgdRule);

/**
 * Stochastic gradient descent, with momentum and Nesterov momentum in PyTorch's form.
 *
 * In step t, for every parameter θ with gradient ∇f(θ):
 *
 * 1. `g ← ∇f(θ) + λθ`
 * 2. `b ← g` in the first step, afterwards `b ← μb + (1 − τ)g`
 * 3. `d ← g + μb` with nesterov, otherwise `d ← b`
 * 4. `θ ← θ − ηd`
 *
 * with learning rate η, momentum μ, dampening τ and weight decay λ. Without momentum `d = g`.
 *
 * η multiplies the whole buffer. Sutskever et al. and CS231n keep η inside it (`v ← μv − ηg, θ ← θ + v`): the same path while
 * η is constant, another one when η changes. With a constant gradient the step grows to `η(1 − τ)/(1 − μ)` times it: compare
 * runs at equal effective step. The first step ignores τ, as in PyTorch.
 *
 * @param parameters tensors that require gradients, or groups `{parameters, ...options}` with options of their own
 * @throws {RangeError} when nesterov comes without momentum or with dampening, or dampening without momentum
 * @see Robbins and Monro 1951; Polyak 1964; Nesterov 1983; Sutskever et al. 2013, "On the importance of initialization and
 *   momentum in deep learning"
 * @example
 * const w = tensor([1, 10], { requiresGrad: true });
 * const optimizer = new optim.SGD([w], { learningRate: 0.1, momentum: 0.9 });
 * for (let step = 0; step < 2; step++) {
 *   optimizer.zeroGrad();
 *   w.square().sum().mul(0.5).backward();
 *   optimizer.step();
 * }
 * w.toArray() // [0.72, 7.2]
 */
export class SGD extends Optimizer<SGDOptions> {
  constructor(parameters: ParametersOf<SGDOptions>, options: SGDOptions) {
    super(parameters, options, sgdRule);
  }
}
