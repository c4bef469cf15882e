// exp, log, tanh and their relatives on four float32 lanes, as code. The number is first brought into a small range,
// where a polynomial is accurate; coefficients come from scripts/vector_math.py. Errors, in units in the last place
// (ulp) against float64 over the whole range, are asserted in the engine suite:
// exp 2, log 3, tanh 5, sigmoid 4, softplus 5, silu 5, gelu 4 of the larger of |gelu(x)| and 1e-3·|x|.
// NaN stays NaN, infinities and -0 give what Math gives, results below 1.2e-38 are kept (denormal).
import type { FunctionBuilder } from "./assembler.js";
import { type V128, v128 } from "./instructions.js";

const expTail = [0.49999994, 0.166665211, 0.041668389, 0.00836873613, 0.0013814558];
// biome-ignore format: one table a line
const logTail = [0.333333135, -0.250000089, 0.200021192, -0.166679963, 0.142195508, -0.124055915, 0.118881747, -0.116756417, 0.0674660131];
const tanhTop = [0.99999994, 0.129192859, 0.00292082014, 9.26789926e-6, -1.2781685e-8, 1.82579698e-11];
const tanhBottom = [1, 0.462525696, 0.0237634145, 0.000228107892];
// biome-ignore format: one table a line
const erfcTail = [0.282064497, 0.282856971, 0.23864533, 0.225539297, -0.098309502, 0.421257764, -0.67000109, 0.428911269, -0.123246968, 0.0122823808];

// Bounds use pmin and pmax, one processor instruction where min and max take seven; they keep a NaN in the first operand.

/** `Σ coefficients[i]·xⁱ` by Horner's rule. */
function polynomial(f: FunctionBuilder, x: V128, coefficients: readonly number[]): V128 {
  let sum: V128 = f.constant(coefficients.at(-1) ?? 0);
  for (let i = coefficients.length - 2; i >= 0; i--)
    sum = f.fma(sum, x, f.constant(coefficients[i] as number));
  return sum;
}

/** eˣ = 2ⁿ·eʳ with n = round(x / log 2) and |r| <= log 2 / 2. */
export function exp(f: FunctionBuilder, argument: V128): V128 {
  const x = f.let(v128.pmin(v128.pmax(argument, f.constant(-104)), f.constant(89)));
  const n = f.let(v128.nearest(v128.mul(x, f.constant(Math.LOG2E))));
  // log 2 in two parts, the first with few bits, so that n times it is exact.
  const r = f.let(f.fma(n, f.constant(2.1219444e-4), f.fma(n, f.constant(-0.693359375), x)));
  const fraction = f.let(v128.add(f.constant(1), f.fma(v128.mul(r, r), polynomial(f, r, expTail), r)));
  // 2ⁿ as a product of two powers: n reaches from -150 to 128, one exponent field only from -126 to 127.
  const whole = f.let(v128.toInt(n));
  const half = f.let(v128.intShrS(whole, 1));
  const powerOfTwo = (exponent: V128): V128 => v128.intShl(v128.intAdd(exponent, v128.intConst(127)), 23);
  const scaled = v128.mul(v128.mul(fraction, powerOfTwo(half)), powerOfTwo(v128.intSub(whole, half)));
  // toInt(NaN) is 0 and fraction is NaN, so NaN stays.
  return scaled;
}

/** log x = e·log 2 + log(1 + m) with 1 + m in [√½, √2). */
export function log(f: FunctionBuilder, argument: V128): V128 {
  const x = f.let(argument);
  const isTiny = f.let(v128.less(x, f.constant(1.17549435e-38)));
  // Denormal numbers have no exponent of their own: scale by 2²³ and take 23 off again.
  const scaled = f.let(v128.select(v128.mul(x, f.constant(8388608)), x, isTiny));
  // Subtracting √½ as an integer moves the binade border from 1 to √½.
  const shifted = f.let(v128.intSub(scaled, v128.intConst(0x3f3504f3)));
  const exponent = f.let(v128.sub(v128.fromInt(v128.intShrS(shifted, 23)), v128.and(isTiny, f.constant(23))));
  const mantissa = v128.intAdd(v128.and(shifted, v128.intConst(0x007fffff)), v128.intConst(0x3f3504f3));
  const m = f.let(v128.sub(mantissa, f.constant(1)));
  const square = f.let(v128.mul(m, m));
  const cubic = f.let(
    f.fma(v128.mul(square, m), polynomial(f, m, logTail), v128.mul(exponent, f.constant(-2.1219444e-4))),
  );
  const result = f.let(
    f.fma(exponent, f.constant(0.693359375), v128.add(m, f.fma(square, f.constant(-0.5), cubic))),
  );
  // Outside (0, ∞): log 0 = -∞, log ∞ = ∞, NaN for the negative and for NaN.
  const finite = f.let(
    v128.select(result, v128.add(x, x), v128.less(x, f.constant(Number.POSITIVE_INFINITY))),
  );
  const zero = f.let(v128.select(f.constant(Number.NEGATIVE_INFINITY), finite, v128.equal(x, f.constant(0))));
  return v128.select(f.constant(Number.NaN), zero, v128.less(x, f.constant(0)));
}

/** tanh x = x·P(x²) / Q(x²) on |x| <= 9, beyond which it is ±1 to float32 precision. */
export function tanh(f: FunctionBuilder, argument: V128): V128 {
  const x = f.let(v128.pmin(v128.pmax(argument, f.constant(-9)), f.constant(9)));
  const square = f.let(v128.mul(x, x));
  const top = f.let(v128.mul(x, polynomial(f, square, tanhTop)));
  const quotient = v128.div(top, polynomial(f, square, tanhBottom));
  return v128.pmin(v128.pmax(quotient, f.constant(-1)), f.constant(1));
}

/** 1 / (1 + e⁻ˣ). */
export function sigmoid(f: FunctionBuilder, x: V128): V128 {
  return v128.div(f.constant(1), v128.add(f.constant(1), exp(f, v128.neg(x))));
}

/** log(1 + eˣ) = max(x, 0) + log(1 + e^-|x|); log(1 + t) corrected for what 1 + t loses (Kahan 1979). */
export function softplus(f: FunctionBuilder, argument: V128): V128 {
  const x = f.let(argument);
  const t = f.let(exp(f, v128.neg(v128.abs(x))));
  const u = f.let(v128.add(f.constant(1), t));
  const corrected = f.let(v128.div(v128.mul(log(f, u), t), v128.sub(u, f.constant(1))));
  return v128.add(v128.pmax(x, f.constant(0)), v128.select(t, corrected, v128.equal(u, f.constant(1))));
}

/** Φ(x), the standard normal distribution function, and e^(-x²/2); Φ through erfc, so that the left tail is exact. */
export function normal(f: FunctionBuilder, argument: V128): { cumulative: V128; bell: V128 } {
  const x = f.let(argument);
  const z = f.let(v128.pmin(v128.mul(v128.abs(x), f.constant(Math.SQRT1_2)), f.constant(10)));
  const t = f.let(v128.div(f.constant(1), f.fma(z, f.constant(0.5), f.constant(1))));
  const bell = f.let(exp(f, v128.mul(v128.mul(x, x), f.constant(-0.5))));
  const tail = f.let(v128.mul(f.constant(0.5), v128.mul(bell, v128.mul(t, polynomial(f, t, erfcTail)))));
  return {
    cumulative: f.let(v128.select(tail, v128.sub(f.constant(1), tail), v128.less(x, f.constant(0)))),
    bell,
  };
}

/** x·Φ(x). */
export function gelu(f: FunctionBuilder, argument: V128): V128 {
  const x = f.let(argument);
  return v128.mul(x, normal(f, x).cumulative);
}
