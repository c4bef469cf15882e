// The optimizers' update rules over flat arenas: parameters, gradients and state have the same layout, so one call
// updates every parameter. The rules, their state and their numbers are listed at `UpdateRule` in interface.ts; the
// readable form, one number at a time, is `optim.updates`.
//
// State below 1e-30 becomes 0: after some 830 steps with gradient 0 a moment 0.9ᵗ would be a denormal number, on which
// the processor is up to 70 times slower.

import type { UpdateRule } from "../interface.js";
import type { FunctionBuilder, ModuleBuilder } from "./assembler.js";
import { type V128, v128 } from "./instructions.js";
import { emitPointwise, type Writes } from "./pointwise.js";

/** `x`, or 0 where |x| < 1e-30; NaN stays, because the comparison is false for it. */
function flush(f: FunctionBuilder, x: V128): V128 {
  const value = f.let(x);
  return f.let(v128.andNot(value, v128.less(v128.abs(value), v128.const(1e-30))));
}

/** Parameters, gradients, state and scalars of one vector in; new parameters (null: unchanged) and state out. */
type Rule = (
  f: FunctionBuilder,
  p: V128,
  g: V128,
  state: readonly V128[],
  scalars: readonly V128[],
) => { p: V128 | null; state: readonly V128[] };

/** `name(p, g, state…, count, scalars…)`. */
function define(module: ModuleBuilder, name: string, states: number, scalars: number, rule: Rule): void {
  const body = (f: FunctionBuilder, read: (array: number) => V128, numbers: readonly V128[]): Writes => {
    const state = Array.from({ length: states }, (_, i) => f.let(read(2 + i)));
    const next = rule(f, f.let(read(0)), f.let(read(1)), state, numbers);
    const written: [number, V128][] = next.state.map((value, i) => [2 + i, value]);
    return next.p === null ? written : [[0, next.p], ...written];
  };
  emitPointwise(module, name, 2 + states, scalars, body);
}

/** `decay·m + rest·x`, the moving average (rest = 1 − decay). */
const average = (f: FunctionBuilder, m: V128, decay: V128, x: V128, rest: V128): V128 =>
  flush(f, f.fma(m, decay, v128.mul(x, rest)));

/** Gradient with the L2 penalty: `g + λp`. */
const penalized = (f: FunctionBuilder, p: V128, g: V128, lambda: V128): V128 => f.let(f.fma(p, lambda, g));

type N1 = [V128];
type N2 = [V128, V128];
type N3 = [V128, V128, V128];
type N4 = [V128, V128, V128, V128];
type N5 = [V128, V128, V128, V128, V128];
type N6 = [V128, V128, V128, V128, V128, V128];
type N7 = [V128, V128, V128, V128, V128, V128, V128];
type N9 = [V128, V128, V128, V128, V128, V128, V128, V128, V128];

// Scalars: negRate is −η, negStep −η/(1 − β1ᵗ), root 1/√(1 − β2ᵗ), rest 1 − β, lambda the weight decay.
const emitters: Record<Exclude<UpdateRule, "adamw">, (module: ModuleBuilder) => void> = {
  sgd(module) {
    define(module, "sgd", 0, 2, (f, p, g, _state, scalars) => {
      const [negRate, lambda] = scalars as N2;
      return { p: f.fma(penalized(f, p, g, lambda), negRate, p), state: [] };
    });
    // keep = μ and take = 1 − dampening, but 0 and 1 in the first step
    for (const nesterov of [false, true])
      define(module, nesterov ? "sgdNesterov" : "sgdMomentum", 1, 5, (f, p, gradient, state, scalars) => {
        const [negRate, lambda, keep, take, mu] = scalars as N5;
        const g = penalized(f, p, gradient, lambda);
        const b = average(f, (state as N1)[0], keep, g, take);
        return { p: f.fma(nesterov ? f.fma(b, mu, g) : b, negRate, p), state: [b] };
      });
  },
  adam(module) {
    // shrink = 1 − ηλ and lambda = 0 for the decoupled decay of AdamW, shrink = 1 otherwise
    for (const amsgrad of [false, true])
      define(
        module,
        amsgrad ? "adamAmsgrad" : "adam",
        amsgrad ? 3 : 2,
        9,
        (f, p, gradient, state, scalars) => {
          const [negStep, lambda, shrink, beta1, rest1, beta2, rest2, root, eps] = scalars as N9;
          const [m0, v0, bound0] = state as N3;
          const g = penalized(f, p, gradient, lambda);
          const m = average(f, m0, beta1, g, rest1);
          const v = average(f, v0, beta2, v128.mul(g, g), rest2);
          const bound = amsgrad ? f.let(v128.max(bound0, v)) : v;
          const step = v128.div(m, f.fma(v128.sqrt(bound), root, eps));
          return { p: f.fma(step, negStep, v128.mul(p, shrink)), state: amsgrad ? [m, v, bound] : [m, v] };
        },
      );
  },
  adagrad(module) {
    define(module, "adagrad", 1, 3, (f, p, gradient, state, scalars) => {
      const [negRate, lambda, eps] = scalars as N3;
      const g = penalized(f, p, gradient, lambda);
      const sum = flush(f, f.fma(g, g, (state as N1)[0]));
      return { p: f.fma(v128.div(g, v128.add(v128.sqrt(sum), eps)), negRate, p), state: [sum] };
    });
  },
  rmsprop(module) {
    for (const momentum of [false, true])
      for (const centered of [false, true]) {
        const name = `rmsprop${momentum ? "Momentum" : ""}${centered ? "Centered" : ""}`;
        define(module, name, 1 + Number(momentum) + Number(centered), 6, (f, p, gradient, state, scalars) => {
          const [negRate, lambda, alpha, rest, eps, mu] = scalars as N6;
          const [square0, second, third] = state as N3;
          const g = penalized(f, p, gradient, lambda);
          const square = average(f, square0, alpha, v128.mul(g, g), rest);
          const mean = centered ? average(f, momentum ? third : second, alpha, g, rest) : null;
          // Rounding may turn the variance of a constant gradient negative.
          const variance =
            mean === null ? square : v128.max(v128.sub(square, v128.mul(mean, mean)), v128.const(0));
          const step = f.let(v128.div(g, v128.add(v128.sqrt(variance), eps)));
          const b = momentum ? flush(f, f.fma(second, mu, step)) : null;
          return {
            p: f.fma(b ?? step, negRate, p),
            state: [square, b, mean].filter((value) => value !== null),
          };
        });
      }
  },
  adadelta(module) {
    define(module, "adadelta", 2, 5, (f, p, gradient, state, scalars) => {
      const [negRate, lambda, rho, rest, eps] = scalars as N5;
      const [square0, delta0] = state as N2;
      const g = penalized(f, p, gradient, lambda);
      const square = average(f, square0, rho, v128.mul(g, g), rest);
      const ratio = v128.div(v128.sqrt(v128.add(delta0, eps)), v128.sqrt(v128.add(square, eps)));
      const step = f.let(v128.mul(ratio, g));
      const delta = average(f, delta0, rho, v128.mul(step, step), rest);
      return { p: f.fma(step, negRate, p), state: [square, delta] };
    });
  },
  adamax(module) {
    define(module, "adamax", 2, 6, (f, p, gradient, state, scalars) => {
      const [negStep, lambda, beta1, rest1, beta2, eps] = scalars as N6;
      const [m0, u0] = state as N2;
      const g = penalized(f, p, gradient, lambda);
      const m = average(f, m0, beta1, g, rest1);
      const u = f.let(v128.max(v128.mul(u0, beta2), v128.add(v128.abs(g), eps)));
      return { p: f.fma(v128.div(m, u), negStep, p), state: [m, u] };
    });
  },
  nadam(module) {
    define(module, "nadam", 2, 9, (f, p, gradient, state, scalars) => {
      const [lambda, beta1, rest1, beta2, rest2, root, eps, negG, negM] = scalars as N9;
      const [m0, v0] = state as N2;
      const g = penalized(f, p, gradient, lambda);
      const m = average(f, m0, beta1, g, rest1);
      const v = average(f, v0, beta2, v128.mul(g, g), rest2);
      const direction = f.fma(g, negG, v128.mul(m, negM));
      return { p: v128.add(p, v128.div(direction, f.fma(v128.sqrt(v), root, eps))), state: [m, v] };
    });
  },
  radam(module) {
    for (const rectified of [false, true])
      define(module, rectified ? "radamRectified" : "radam", 2, 7, (f, p, gradient, state, scalars) => {
        const [negStep, lambda, beta1, rest1, beta2, rest2, eps] = scalars as N7;
        const [m0, v0] = state as N2;
        const g = penalized(f, p, gradient, lambda);
        const m = average(f, m0, beta1, g, rest1);
        const v = average(f, v0, beta2, v128.mul(g, g), rest2);
        const step = rectified ? v128.div(m, v128.add(v128.sqrt(v), eps)) : m;
        return { p: f.fma(step, negStep, p), state: [m, v] };
      });
  },
  moments(module) {
    define(module, "moments", 2, 4, (f, _p, g, state, scalars) => {
      const [beta1, rest1, beta2, rest2] = scalars as N4;
      const [m0, v0] = state as N2;
      return {
        p: null,
        state: [average(f, m0, beta1, g, rest1), average(f, v0, beta2, v128.mul(g, g), rest2)],
      };
    });
  },
};

/** The kernels of one rule, and of its variants. */
export function emitUpdate(module: ModuleBuilder, rule: UpdateRule): void {
  emitters[rule === "adamw" ? "adam" : rule](module);
}
