import { engine, subSpan } from "../engine/engine.js";
import { checkBoolean, checkNumber, errorText, rejectUnknownOptions } from "../errors.js";
import { Optimizer } from "./optimizer.js";
import type { ParametersOf } from "./parameterGroups.js";
import { FastProjection, findView, project } from "./projection.js";
import { type PureUpdate, pureRule } from "./pureRule.js";
import type { CommonSettings, Rule } from "./rule.js";

/** Options of {@link SGDP}. */
export interface SGDPOptions {
  /** η, step length; required. */
  readonly learningRate: number;
  /** μ, share of the previous direction that is kept, below 1; default 0. */
  readonly momentum?: number;
  /** τ, share of the new gradient that is left out of the buffer; default 0. */
  readonly dampening?: number;
  /** Whether to step along the gradient plus μ times the updated buffer; default false. */
  readonly nesterov?: boolean;
  /** λ, decoupled; default 0. */
  readonly weightDecay?: number;
  /** ε, added to norms; default 1e-8. */
  readonly eps?: number;
  /** δ, how close to orthogonal gradient and weight must be; default 0.1. */
  readonly delta?: number;
  /** Share of the decay that projected weights get; default 0.1. */
  readonly weightDecayRatio?: number;
}

interface SGDPSettings extends CommonSettings {
  momentum: number;
  dampening: number;
  nesterov: boolean;
  eps: number;
  delta: number;
  weightDecayRatio: number;
}

const known = [
  "learningRate",
  "momentum",
  "dampening",
  "nesterov",
  "weightDecay",
  "eps",
  "delta",
  "weightDecayRatio",
];

const sgdpRule: Rule<SGDPOptions, SGDPSettings> = {
  name: "SGDP",
  perParameter: true,

  settings(options, where) {
    const {
      learningRate,
      momentum = 0,
      dampening = 0,
      nesterov = false,
      weightDecay = 0,
      ...others
    } = options;
    const { eps = 1e-8, delta = 0.1, weightDecayRatio = 0.1, ...rest } = others;
    rejectUnknownOptions(where, rest, known);
    checkNumber(where, "learningRate", learningRate, { above: 0 });
    checkNumber(where, "momentum", momentum, { min: 0, below: 1 });
    checkNumber(where, "dampening", dampening);
    checkBoolean(where, "nesterov", nesterov);
    checkNumber(where, "weightDecay", weightDecay, { min: 0 });
    checkNumber(where, "eps", eps, { min: 0 });
    checkNumber(where, "delta", delta, { min: 0 });
    checkNumber(where, "weightDecayRatio", weightDecayRatio, { min: 0, max: 1 });
    const ignored = nesterov ? "nesterov" : dampening !== 0 ? "dampening" : null;
    if (momentum === 0 && ignored !== null)
      throw new RangeError(
        errorText(
          where,
          `${ignored} needs momentum > 0, got momentum 0`,
          "",
          `pass {momentum: 0.9} or drop ${ignored}`,
        ),
      );
    return { learningRate, momentum, dampening, nesterov, weightDecay, eps, delta, weightDecayRatio };
  },

  slots: ({ momentum }) => (momentum === 0 ? [] : ["momentumBuffer"]),

  fastRule: () => null,

  // numbers: η, λ/(1 − μ), μ, 1 − τ, nesterov as 0 or 1, ε, δ, the decay's share
  prepare(settings, _step, numbers) {
    const { learningRate, weightDecay, momentum, dampening, nesterov, eps, delta } = settings;
    numbers[0] = learningRate;
    numbers[1] = weightDecay / (1 - momentum);
    numbers[2] = momentum;
    numbers[3] = 1 - dampening;
    numbers[4] = nesterov ? 1 : 0;
    numbers[5] = eps;
    numbers[6] = delta;
    numbers[7] = settings.weightDecayRatio;
  },

  apply(p, g, [buffer], start, end, numbers, shape) {
    const [learningRate, decay, momentum, undamped, nesterov, eps, delta, ratio] = numbers as EightNumbers;
    const direction = Float64Array.from(g.subarray(start, end));
    if (buffer !== undefined)
      for (let i = start; i < end; i++) {
        buffer[i] = momentum * buffer[i]! + undamped * g[i]!;
        direction[i - start] = nesterov === 1 ? g[i]! + momentum * buffer[i]! : buffer[i]!;
      }
    const rows = findView(p, g, start, shape, { delta, eps });
    if (rows > 0) project(direction, p, start, rows, eps);
    const shrink = 1 - learningRate * decay * (rows > 0 ? ratio : 1);
    for (let i = start; i < end; i++) p[i] = shrink * p[i]! - learningRate * direction[i - start]!;
  },

  fastStep(run, list) {
    const [learningRate, decay, momentum, undamped, nesterov, eps, delta, ratio] = list as EightNumbers;
    const { gradients, state, start, end, shape } = run;
    if (shape.length < 2 || end === start) return false;
    const fast = new FastProjection(run);
    const size = end - start;
    const [d, g] = [fast.direction, subSpan(gradients, start, size)];
    const rows = fast.findView({ delta, eps });
    engine.unary("affine", d, g, 1, 0);
    if (state[0] !== undefined) {
      const buffer = subSpan(state[0], start, size);
      engine.unary("affine", buffer, buffer, momentum, 0);
      engine.addScaled(buffer, g, undamped);
      if (nesterov === 1) engine.addScaled(d, buffer, momentum);
      else engine.unary("affine", d, buffer, 1, 0);
    }
    fast.step(rows, 1 - learningRate * decay * (rows > 0 ? ratio : 1), learningRate, eps);
    return true;
  },
};

type EightNumbers = readonly [number, number, number, number, number, number, number, number];

/**
 * The bare rule of {@link SGDP} on copies: returns the new parameter and state and changes nothing. The shape matters: rows are
 * outputs.
 *
 * @param state `{}` before the first step, then what the last call returned: `{step}` and `momentumBuffer` with momentum
 * @example
 * optim.updates.sgdp([1, 10], [1, 10], {}, { learningRate: 0.1 }).parameter // [0.9, 9]
 */
export const sgdp: PureUpdate<SGDPOptions> = pureRule(sgdpRule);

/**
 * SGDP: SGD that keeps weights behind a normalization layer from growing, by removing the part of the step along the weight.
 *
 * In step t, for every parameter θ with gradient g; b starts at 0:
 *
 * 1. `b ← μb + (1 − τ)g`, and `d ← b`, with nesterov `d ← g + μb`; without momentum `d ← g`
 * 2. the projection of step 3 of `AdamP`, which also gives q
 * 3. `θ ← (1 − ηλq/(1 − μ))θ`
 * 4. `θ ← θ − ηd`
 *
 * Unlike in `SGD` the buffer starts at 0 and dampening counts from the first step. The decay is decoupled and divided by 1 − μ, because a
 * penalty inside the gradient would be amplified by momentum by as much.
 *
 * @param parameters tensors that require gradients, or groups `{parameters, ...options}` with options of their own
 * @throws {RangeError} when μ is outside [0, 1), or nesterov or dampening comes without momentum
 * @see Heo et al. 2021, arXiv:2006.08217, algorithm 1 and the authors' program
 * @example
 * const w = tensor([[3, 4]], { requiresGrad: true, dtype: "float64" });
 * const optimizer = new optim.SGDP([w], { learningRate: 0.1, weightDecay: 0.5 });
 * w.grad = tensor([[4, -3]], { dtype: "float64" });
 * optimizer.step();
 * w.toArray() // [[2.585, 4.28]]
 */
export class SGDP extends Optimizer<SGDPOptions> {
  constructor(parameters: ParametersOf<SGDPOptions>, options: SGDPOptions) {
    super(parameters, options, sgdpRule);
  }
}
