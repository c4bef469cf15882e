// The one-dimensional transforms of Winograd's minimal filtering F(4, 3): 4 outputs of a filter of 3 numbers with 6
// multiplications instead of 12.
//
//     y = Aᵀ [(G g) ⊙ (Bᵀ d)]        y₀ … y₃ of yᵢ = Σ dᵢ₊ₖ gₖ,  d₀ … d₅ data,  g₀ … g₂ filter
//
// Both are polynomials; their product is found from its values at six points, the multiplications, and Aᵀ interpolates.
// In two dimensions each transform is applied to the columns and then to the rows: 36 multiplications for 16 outputs instead of 144.
//
// Source: Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", arXiv:1509.09308 (2015). Their points are
// 0, ±1, ±2 and ∞. Ours are 0, ±a, ±b and ∞ with a = 1/√2, b = √2, whose powers stay close to 1: the rounding error is 5 times
// smaller (measured for 16 to 256 channels), about twice that of the direct sum. With p one of a, b and q the other one:
//
//     Bᵀ   0: 1  0  −5/2  0  1  0         G    0: 1  0  0                         Aᵀ  1  1   1   1   1   0
//         ±p: 0 ∓pq² −q² ±p  1  0             ±p: (1  ±p  p²) / (2p²(p² − q²))        0  a  −a   b  −b   0
//          ∞: 0  1  0  −5/2  0  1              ∞: 0  0  1                             0  a²  a²  b²  b²  0
//                                                                                     0  a³ −a³  b³ −b³  1
// The rows of +p and −p differ in the sign of their odd terms only, so they are a sum and a difference.
import type { FunctionBuilder, VectorLocal } from "./assembler.js";
import { type V128, v128 } from "./instructions.js";

export const a: number = Math.SQRT1_2;
export const b: number = Math.SQRT2;

/** sum = even + p·odd, difference = even − p·odd. */
function pair(f: FunctionBuilder, p: number, even: V128, odd: V128): [VectorLocal, VectorLocal] {
  const [e, o] = [f.let(even), f.let(odd)];
  return [f.let(f.fma(f.constant(p), o, e)), f.let(f.fma(f.constant(-p), o, e))];
}

/** `Bᵀ d`: 6 numbers of data to their values at the points. */
export function dataTransform(f: FunctionBuilder, d: readonly V128[]): V128[] {
  const [d0, d1, d2, d3, d4, d5] = d as [V128, V128, V128, V128, V128, V128];
  const minus = (x: V128, factor: number, y: V128): V128 => f.fma(f.constant(-factor), y, x);
  const ends = [f.let(minus(v128.add(d0, d4), 2.5, d2)), f.let(minus(v128.add(d1, d5), 2.5, d3))] as const;
  const near = pair(f, a, minus(d4, 2, d2), minus(d3, 2, d1));
  const far = pair(f, b, minus(d4, 0.5, d2), minus(d3, 0.5, d1));
  return [ends[0], ...near, ...far, ends[1]];
}

/** `G g`: 3 numbers of the filter to 6. */
export function filterTransform(f: FunctionBuilder, g: readonly V128[]): V128[] {
  const [g0, g1, g2] = g as [V128, V128, V128];
  const atPoint = (p: number, q: number): [VectorLocal, VectorLocal] => {
    const scale = 1 / (2 * p * p * (p * p - q * q));
    const even = v128.mul(f.constant(scale), f.fma(f.constant(p * p), g2, g0));
    return pair(f, p, even, v128.mul(f.constant(scale), g1));
  };
  return [g0, ...atPoint(a, b), ...atPoint(b, a), g2];
}

/** `Aᵀ m`: 6 products to 4 outputs. */
export function outputTransform(f: FunctionBuilder, m: readonly V128[]): V128[] {
  const [m0, m1, m2, m3, m4, m5] = m as [V128, V128, V128, V128, V128, V128];
  const [nearSum, nearDifference] = [f.let(v128.add(m1, m2)), f.let(v128.sub(m1, m2))];
  const [farSum, farDifference] = [f.let(v128.add(m3, m4)), f.let(v128.sub(m3, m4))];
  const combine = (power: number, near: V128, far: V128): V128 =>
    f.fma(f.constant(a ** power), near, v128.mul(f.constant(b ** power), far));
  return [
    f.let(v128.add(m0, v128.add(nearSum, farSum))),
    f.let(combine(1, nearDifference, farDifference)),
    f.let(combine(2, nearSum, farSum)),
    f.let(v128.add(m5, combine(3, nearDifference, farDifference))),
  ];
}

/** `A y`, the transpose of the output's transform: 4 gradients of outputs to 6, their polynomial's values at the points. */
export function outputGradTransform(f: FunctionBuilder, y: readonly V128[]): V128[] {
  const [y0, y1, y2, y3] = y as [V128, V128, V128, V128];
  const atPoint = (p: number): [VectorLocal, VectorLocal] => {
    const square = f.constant(p * p);
    return pair(f, p, f.fma(square, y2, y0), f.fma(square, y3, y1));
  };
  return [y0, ...atPoint(a), ...atPoint(b), y3];
}

/** `Gᵀ s`, the transpose of the filter's transform: 6 sums of products to 3 gradients of the filter. */
export function filterGradTransform(f: FunctionBuilder, s: readonly V128[]): V128[] {
  const [s0, s1, s2, s3, s4, s5] = s as [V128, V128, V128, V128, V128, V128];
  const scaled = (p: number, q: number, x: V128): VectorLocal =>
    f.let(v128.mul(f.constant(1 / (2 * p * p * (p * p - q * q))), x));
  const [nearSum, nearDifference] = [scaled(a, b, v128.add(s1, s2)), scaled(a, b, v128.sub(s1, s2))];
  const [farSum, farDifference] = [scaled(b, a, v128.add(s3, s4)), scaled(b, a, v128.sub(s3, s4))];
  const combine = (power: number, near: V128, far: V128): V128 =>
    f.fma(f.constant(a ** power), near, v128.mul(f.constant(b ** power), far));
  return [
    f.let(v128.add(s0, v128.add(nearSum, farSum))),
    f.let(combine(1, nearDifference, farDifference)),
    f.let(v128.add(s5, combine(2, nearSum, farSum))),
  ];
}
