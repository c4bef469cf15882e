/**
 * The matrix product as loops. Three rows of A times four columns of B at a time: twelve sums stay in registers while
 * seven numbers are loaded, instead of two loads for each multiplication. Sums are float64 also for float32 operands,
 * which is more accurate and, on V8, twice as fast as rounding each step (bench/traps.md).
 */
import type { Activation } from "../interface.js";
import type { Numbers } from "../span.js";

/** `c [m, n] (+)= A [m, k] · B [k, n]`, A[i, q] = a[a0 + i·ai + q·aq], B[q, j] = b[b0 + q·bq + j·bj], c from c0. */
export function matmulLoop(
  c: Numbers,
  a: Numbers,
  b: Numbers,
  m: number,
  n: number,
  k: number,
  c0: number,
  a0: number,
  ai: number,
  aq: number,
  b0: number,
  bq: number,
  bj: number,
  accumulate: boolean,
): void {
  if (!accumulate) c.fill(0, c0, c0 + m * n);
  const rows = m - (m % 3);
  const columns = n - (n % 4);
  for (let i = 0; i < rows; i += 3) {
    for (let j = 0; j < columns; j += 4) {
      tile3x4(c, a, b, k, c0 + i * n + j, n, a0 + i * ai, ai, aq, b0 + j * bj, bq, bj);
    }
    for (let j = columns; j < n; j++) {
      for (let r = i; r < i + 3; r++) {
        c[c0 + r * n + j] = c[c0 + r * n + j]! + dot(a, b, k, a0 + r * ai, aq, b0 + j * bj, bq);
      }
    }
  }
  for (let i = rows; i < m; i++) {
    for (let j = 0; j < columns; j += 4) {
      tile1x4(c, a, b, k, c0 + i * n + j, a0 + i * ai, aq, b0 + j * bj, bq, bj);
    }
    for (let j = columns; j < n; j++) {
      c[c0 + i * n + j] = c[c0 + i * n + j]! + dot(a, b, k, a0 + i * ai, aq, b0 + j * bj, bq);
    }
  }
}

function tile3x4(
  c: Numbers,
  a: Numbers,
  b: Numbers,
  k: number,
  cp: number,
  n: number,
  ap: number,
  ai: number,
  aq: number,
  bp: number,
  bq: number,
  bj: number,
): void {
  // Positions of the other rows and columns, computed once: the loop then only adds.
  const bj2 = 2 * bj;
  const bj3 = 3 * bj;
  const ai2 = 2 * ai;
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s03 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s13 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  let s23 = 0;
  for (let q = 0; q < k; q++, ap += aq, bp += bq) {
    const b0 = b[bp]!;
    const b1 = b[bp + bj]!;
    const b2 = b[bp + bj2]!;
    const b3 = b[bp + bj3]!;
    const a0 = a[ap]!;
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s03 += a0 * b3;
    const a1 = a[ap + ai]!;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s13 += a1 * b3;
    const a2 = a[ap + ai2]!;
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
    s23 += a2 * b3;
  }
  c[cp] = c[cp]! + s00;
  c[cp + 1] = c[cp + 1]! + s01;
  c[cp + 2] = c[cp + 2]! + s02;
  c[cp + 3] = c[cp + 3]! + s03;
  c[cp + n] = c[cp + n]! + s10;
  c[cp + n + 1] = c[cp + n + 1]! + s11;
  c[cp + n + 2] = c[cp + n + 2]! + s12;
  c[cp + n + 3] = c[cp + n + 3]! + s13;
  c[cp + 2 * n] = c[cp + 2 * n]! + s20;
  c[cp + 2 * n + 1] = c[cp + 2 * n + 1]! + s21;
  c[cp + 2 * n + 2] = c[cp + 2 * n + 2]! + s22;
  c[cp + 2 * n + 3] = c[cp + 2 * n + 3]! + s23;
}

function tile1x4(
  c: Numbers,
  a: Numbers,
  b: Numbers,
  k: number,
  cp: number,
  ap: number,
  aq: number,
  bp: number,
  bq: number,
  bj: number,
): void {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let q = 0; q < k; q++, ap += aq, bp += bq) {
    const a0 = a[ap]!;
    s0 += a0 * b[bp]!;
    s1 += a0 * b[bp + bj]!;
    s2 += a0 * b[bp + 2 * bj]!;
    s3 += a0 * b[bp + 3 * bj]!;
  }
  c[cp] = c[cp]! + s0;
  c[cp + 1] = c[cp + 1]! + s1;
  c[cp + 2] = c[cp + 2]! + s2;
  c[cp + 3] = c[cp + 3]! + s3;
}

function dot(a: Numbers, b: Numbers, k: number, ap: number, aq: number, bp: number, bq: number): number {
  let sum = 0;
  for (let q = 0; q < k; q++, ap += aq, bp += bq) sum += a[ap]! * b[bp]!;
  return sum;
}

/** `y = activation(y + bias)` in place, `y [rows, columns]`; other activations than relu are done by the caller. */
export function addBiasLoop(y: Numbers, bias: Numbers, rows: number, columns: number): void {
  for (let i = 0, o = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, o++) y[o] = y[o]! + bias[j]!;
  }
}

/** `dz = dy · activation′`, from the output y of the activation. */
export function activationGradLoop(activation: Activation, dz: Numbers, dy: Numbers, y: Numbers): void {
  const n = dz.length;
  switch (activation) {
    case "none":
      if (dz !== dy) dz.set(dy);
      return;
    case "relu":
      for (let i = 0; i < n; i++) dz[i] = y[i]! <= 0 ? 0 : dy[i]!;
      return;
    case "tanh":
      for (let i = 0; i < n; i++) dz[i] = dy[i]! * (1 - y[i]! * y[i]!);
      return;
    case "sigmoid":
      for (let i = 0; i < n; i++) dz[i] = dy[i]! * y[i]! * (1 - y[i]!);
      return;
  }
}
