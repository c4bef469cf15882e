// The optimizers' update rules over flat arenas: parameters, gradients and state have the same layout, so one call
// updates every parameter. The rules, their state and their numbers are listed at `UpdateRule` in interface.ts; the
// readable form, one number at a time, is `optim.updates`.
//
// State below 1e-30 becomes 0: after some 830 steps with gradient 0 a moment 0.9ᵗ would be a denormal number, on which
// the processor is up to 70 times slower.
import type { FunctionBuilder, ModuleBuilder } from "./assembler.js";
import { emitPointwise, type Writes } from "./emitPointwise.js";
import { type V128, v128 } from "./instructions.js";

/** `x`, or 0 where |x| < 1e-30; NaN stays, because the comparison is false for it. */
function flush(f: FunctionBuilder, x: V128): V128 {
  const value = f.let(x);
  return f.let(v128.andNot(value, v128.less(v128.abs(value), v128.const(1e-30))));
}

type Rule = (
  f: FunctionBuilder,
  values: { p: V128; g: V128; state: readonly V128[] },
  scalars: readonly V128[],
) => { p: V128 | null; state: readonly V128[] };

/** `name(p, g, state…, count, scalars…)`. */
function emitRule(module: ModuleBuilder, name: string, states: number, scalars: number, rule: Rule): void {
  emitPointwise(
    module,
    name,
    2 + states,
    scalars,
    (f, read, numbers): Writes => {
      const next = rule(
        f,
        {
          p: f.let(read(0)),
          g: f.let(read(1)),
          state: Array.from({ length: states }, (_, i) => f.let(read(2 + i))),
        },
        numbers,
      );
      const written: [number, V128][] = next.state.map((value, i) => [2 + i, value]);
      if (next.p !== null) written.unshift([0, next.p]);
      return written;
    },
    4,
  );
}

/** `decay·m + (1 − decay)·x`, the moving average, with both factors given. */
const average = (f: FunctionBuilder, m: V128, decay: V128, x: V128, rest: V128): V128 =>
  flush(f, f.fma(m, decay, v128.mul(x, rest)));

// Scalars end in the decay λ of the L2 penalty; negRate is −η.
export function emitUpdates(module: ModuleBuilder): void {
  type Numbers = readonly V128[] & { readonly [index: number]: V128 };
  const rule = (
    name: string,
    states: number,
    scalars: number,
    body: (
      f: FunctionBuilder,
      p: V128,
      g: V128,
      s: Numbers,
      n: Numbers,
    ) => { p: V128 | null; state: readonly V128[] },
  ): void =>
    emitRule(module, name, states, scalars, (f, { p, g, state }, numbers) =>
      body(f, p, g, state as Numbers, numbers as Numbers),
    );
  const penalized = (f: FunctionBuilder, p: V128, g: V128, lambda: V128): V128 => f.let(f.fma(p, lambda, g));
  type N2 = [V128, V128];
  type N3 = [V128, V128, V128];
  type N4 = [V128, V128, V128, V128];
  type N5 = [V128, V128, V128, V128, V128];
  type N8 = [V128, V128, V128, V128, V128, V128, V128, V128];

  rule("sgd", 0, 2, (f, p, g, _s, n) => {
    const [negRate, lambda] = n as unknown as N2;
    return { p: f.fma(penalized(f, p, g, lambda), negRate, p), state: [] };
  });
  for (const nesterov of [false, true]) {
    // keep = μ (0 in the first step), take = 1 − dampening (1 in the first step)
    rule(nesterov ? "sgdNesterov" : "sgdMomentum", 1, 5, (f, p, gradient, s, n) => {
      const [negRate, lambda, keep, take, mu] = n as unknown as N5;
      const g = penalized(f, p, gradient, lambda);
      const b = average(f, s[0] as V128, keep, g, take);
      return { p: f.fma(nesterov ? f.fma(b, mu, g) : b, negRate, p), state: [b] };
    });
  }
  for (const amsgrad of [false, true]) {
    // shrink = 1 (adam, with λ) or 1 − ηλ (adamw, with λ = 0); negStep = −η/(1−β1ᵗ); root = 1/√(1−β2ᵗ)
    rule(amsgrad ? "adamAmsgrad" : "adam", amsgrad ? 3 : 2, 9, (f, p, gradient, s, n) => {
      const [negStep, lambda, shrink, beta1, rest1, beta2, rest2, root] = n as unknown as N8;
      const eps = n[8] as V128;
      const g = penalized(f, p, gradient, lambda);
      const m = average(f, s[0] as V128, beta1, g, rest1);
      const v = average(f, s[1] as V128, beta2, v128.mul(g, g), rest2);
      const bound = amsgrad ? f.let(v128.max(s[2] as V128, v)) : v;
      const step = v128.div(m, f.fma(v128.sqrt(bound), root, eps));
      return { p: f.fma(step, negStep, v128.mul(p, shrink)), state: amsgrad ? [m, v, bound] : [m, v] };
    });
  }
  rule("adagrad", 1, 3, (f, p, gradient, s, n) => {
    const [negRate, lambda, eps] = n as unknown as N3;
    const g = penalized(f, p, gradient, lambda);
    const sum = flush(f, f.fma(g, g, s[0] as V128));
    return { p: f.fma(v128.div(g, v128.add(v128.sqrt(sum), eps)), negRate, p), state: [sum] };
  });
  for (const momentum of [false, true]) {
    for (const centered of [false, true]) {
      const name = `rmsprop${momentum ? "Momentum" : ""}${centered ? "Centered" : ""}`;
      rule(name, 1 + Number(momentum) + Number(centered), 6, (f, p, gradient, s, n) => {
        const [negRate, lambda, alpha, rest, eps] = n as unknown as N5;
        const mu = n[5] as V128;
        const g = penalized(f, p, gradient, lambda);
        const square = average(f, s[0] as V128, alpha, v128.mul(g, g), rest);
        const mean = centered ? average(f, s[momentum ? 2 : 1] as V128, alpha, g, rest) : null;
        const variance = mean === null ? square : v128.sub(square, v128.mul(mean, mean));
        const step = f.let(v128.div(g, v128.add(v128.sqrt(variance), eps)));
        const b = momentum ? flush(f, f.fma(s[1] as V128, mu, step)) : null;
        return {
          p: f.fma(b ?? step, negRate, p),
          state: [square, b, mean].filter((value) => value !== null),
        };
      });
    }
  }
  rule("adadelta", 2, 5, (f, p, gradient, s, n) => {
    const [negRate, lambda, rho, rest, eps] = n as unknown as N5;
    const g = penalized(f, p, gradient, lambda);
    const square = average(f, s[0] as V128, rho, v128.mul(g, g), rest);
    const ratio = v128.div(v128.sqrt(v128.add(s[1] as V128, eps)), v128.sqrt(v128.add(square, eps)));
    const step = f.let(v128.mul(ratio, g));
    const delta = average(f, s[1] as V128, rho, v128.mul(step, step), rest);
    return { p: f.fma(step, negRate, p), state: [square, delta] };
  });
  rule("adamax", 2, 6, (f, p, gradient, s, n) => {
    const [negStep, lambda, beta1, rest1, beta2] = n as unknown as N5;
    const g = penalized(f, p, gradient, lambda);
    const m = average(f, s[0] as V128, beta1, g, rest1);
    const u = f.let(v128.max(v128.mul(s[1] as V128, beta2), v128.add(v128.abs(g), n[5] as V128)));
    return { p: f.fma(v128.div(m, u), negStep, p), state: [m, u] };
  });
  rule("nadam", 2, 9, (f, p, gradient, s, n) => {
    const [lambda, beta1, rest1, beta2, rest2, root, eps, negG] = n as unknown as N8;
    const g = penalized(f, p, gradient, lambda);
    const m = average(f, s[0] as V128, beta1, g, rest1);
    const v = average(f, s[1] as V128, beta2, v128.mul(g, g), rest2);
    const direction = f.fma(g, negG, v128.mul(m, n[8] as V128));
    return { p: v128.add(p, v128.div(direction, f.fma(v128.sqrt(v), root, eps))), state: [m, v] };
  });
  for (const rectified of [false, true]) {
    rule(rectified ? "radamRectified" : "radam", 2, 7, (f, p, gradient, s, n) => {
      const [negStep, lambda, beta1, rest1, beta2, rest2, eps] = n as unknown as N8;
      const g = penalized(f, p, gradient, lambda);
      const m = average(f, s[0] as V128, beta1, g, rest1);
      const v = average(f, s[1] as V128, beta2, v128.mul(g, g), rest2);
      const step = rectified ? v128.div(m, v128.add(v128.sqrt(v), eps)) : m;
      return { p: f.fma(step, negStep, p), state: [m, v] };
    });
  }
  rule("moments", 2, 4, (f, _p, g, s, n) => {
    const [beta1, rest1, beta2, rest2] = n as unknown as N4;
    return {
      p: null,
      state: [
        average(f, s[0] as V128, beta1, g, rest1),
        average(f, s[1] as V128, beta2, v128.mul(g, g), rest2),
      ],
    };
  });
}
