import { tick } from "../autograd/node.js";
import { type Numbers, numbers } from "../engine/engine.js";
import { checkNumber, errorText, rejectUnknownOptions } from "../errors.js";
import type { Tensor } from "../tensor/tensor.js";
import { Optimizer } from "./optimizer.js";
import type { OptimizerState } from "./optimizerState.js";
import type { ParametersOf } from "./parameterGroups.js";
import { type PureState, type PureUpdate, pureRule, type Values } from "./pureRule.js";
import type { CommonSettings, Rule } from "./rule.js";

/** Options of {@link NAGLookahead}. */
export interface NAGLookaheadOptions {
  /** η, step length; required. */
  readonly learningRate: number;
  /** μ, share of the previous velocity that is kept; default 0.9. */
  readonly momentum?: number;
  /** λ, coupled: λ times the look-ahead point is added to the gradient; default 0. */
  readonly weightDecay?: number;
}

interface NAGLookaheadSettings extends CommonSettings {
  momentum: number;
}

const known = ["learningRate", "momentum", "weightDecay"];

const nagLookaheadRule: Rule<NAGLookaheadOptions, NAGLookaheadSettings> = {
  name: "NAGLookahead",

  settings(options, where) {
    const { learningRate, momentum = 0.9, weightDecay = 0, ...rest } = options;
    rejectUnknownOptions(where, rest, known);
    checkNumber(where, "learningRate", learningRate, { above: 0 });
    checkNumber(where, "momentum", momentum, { min: 0 });
    checkNumber(where, "weightDecay", weightDecay, { min: 0 });
    return { learningRate, momentum, weightDecay };
  },

  slots: () => ["v"],

  // Once the gradient is known the arithmetic is that of momentum; the decay belongs to the look-ahead point.
  fastRule: ({ weightDecay }) => (weightDecay === 0 ? "sgd" : null),

  // numbers as for sgd: η, λ, μ, 1, 0, 0
  prepare({ learningRate, weightDecay, momentum }, _step, list) {
    list[0] = learningRate;
    list[1] = weightDecay;
    list[2] = momentum;
    list[3] = 1;
    list[4] = 0;
    list[5] = 0;
  },

  apply(p, g, state, start, end, list) {
    const [v] = state as readonly [Numbers];
    const [learningRate, weightDecay, momentum] = list as readonly [number, number, number];
    for (let i = start; i < end; i++) {
      const ahead = p[i]! - learningRate * momentum * v[i]!;
      v[i] = momentum * v[i]! + g[i]! + weightDecay * ahead;
      p[i] = p[i]! - learningRate * v[i]!;
    }
  },
};

const bareRule: PureUpdate<NAGLookaheadOptions> = pureRule(nagLookaheadRule, "nagLookahead");

/**
 * The bare rule of {@link NAGLookahead} on copies: returns the new parameter and state and changes nothing.
 *
 * @param gradient a function that gives the gradient at the look-ahead point it is called with; or that gradient, when it is known
 * @param state `{}` before the first step, then what the last call returned: `{step, v}`
 * @example
 * const gradient = (at) => at;
 * const first = optim.updates.nagLookahead(1, gradient, {}, { learningRate: 0.1 });
 * first.parameter // 0.9
 * optim.updates.nagLookahead(first.parameter, gradient, first.state, { learningRate: 0.1 }).parameter // 0.729
 */
export function nagLookahead<V extends Values>(
  parameter: V,
  gradient: Values | ((lookAhead: V) => Values),
  state: PureState,
  options: NAGLookaheadOptions,
): { parameter: V extends number ? number : V; state: PureState } {
  if (typeof gradient !== "function") return bareRule(parameter, gradient, state, options);
  // θ − ημv is where momentum alone leads: the rule itself, with gradient 0.
  const { learningRate, momentum } = options;
  const still = { learningRate, ...(momentum === undefined ? {} : { momentum }) };
  const ahead = bareRule(parameter, zerosLike(parameter), state, still).parameter;
  return bareRule(parameter, gradient(ahead as V), state, options);
}

function zerosLike(values: Values): Values {
  if (typeof values === "number") return 0;
  if (Array.isArray(values)) return values.map((value) => zerosLike(value) as number);
  if ("data" in values) return values.data.map(() => 0);
  return values.map(() => 0);
}

/**
 * Nesterov's accelerated gradient in its textbook form: the gradient is taken where momentum is about to lead.
 *
 * In every step, for every parameter θ; v starts at 0:
 *
 * 1. `g ← ∇f(θ − ημv) + λ(θ − ημv)`
 * 2. `v ← μv + g`
 * 3. `θ ← θ − ηv`
 *
 * The loop is that of every optimizer: `zeroGrad` also moves the parameters to the look-ahead point, where the loss and its gradient
 * are computed; `step` brings them back and updates them. Between the two the model stands at the look-ahead point. `SGD` with nesterov is
 * the same iteration seen from there: its parameters are `θ − ημv`, so that it needs no moving back and forth.
 *
 * @param parameters tensors that require gradients, or groups `{parameters, ...options}` with options of their own
 * @throws {RangeError} when η is not above 0, or μ or λ is negative
 * @see Nesterov 1983; Sutskever et al. 2013, "On the importance of initialization and momentum in deep learning", equations 3 and 4
 * @example
 * const w = tensor([1], { requiresGrad: true, dtype: "float64" });
 * const optimizer = new optim.NAGLookahead([w], { learningRate: 0.1, momentum: 0.9 });
 * for (let step = 0; step < 2; step++) {
 *   optimizer.zeroGrad();
 *   w.square().sum().mul(0.5).backward();
 *   optimizer.step();
 * }
 * w.toArray() // [0.729]
 */
export class NAGLookahead extends Optimizer<NAGLookaheadOptions> {
  /** Where the parameters were before they moved ahead; null while they are there. */
  #home: Map<Tensor, Numbers> | null = null;

  constructor(parameters: ParametersOf<NAGLookaheadOptions>, options: NAGLookaheadOptions) {
    super(parameters, options, nagLookaheadRule);
  }

  /** Moves the parameters to `θ − ημv`; a second call before `step` changes nothing. `zeroGrad` calls it. */
  lookAhead(): void {
    if (this.#home !== null) return;
    const home = new Map<Tensor, Numbers>();
    this.visitState((parameter, [v], { learningRate, momentum }) => {
      const theta = numbers(parameter.span);
      home.set(parameter, theta.slice());
      const factor = learningRate * (momentum as number);
      for (let i = 0; i < theta.length; i++) theta[i] = theta[i]! - factor * v![i]!;
      parameter.span.changedAt = tick();
    });
    this.#home = home;
  }

  #comeBack(): void {
    for (const [parameter, theta] of this.#home ?? []) {
      numbers(parameter.span).set(theta);
      parameter.span.changedAt = tick();
    }
    this.#home = null;
  }

  override zeroGrad(): void {
    super.zeroGrad();
    this.lookAhead();
  }

  override step(): void {
    if (this.#home === null && this.steps > 0)
      throw new Error(
        errorText(
          "NAGLookahead",
          "step needs the gradient at the look-ahead point, got the parameters where the last step left them",
          "",
          "call zeroGrad() or lookAhead() before the forward pass of every step",
        ),
      );
    this.#comeBack();
    super.step();
  }

  override loadStateDict(saved: OptimizerState): void {
    this.#comeBack();
    super.loadStateDict(saved);
  }
}
