import { describe, expect, test } from "vitest";
import { activationGradLoop, addBiasLoop, matmulLoop } from "../../../../src/engine/plain/matmul.js";

/** Whole numbers, so that every order of summation gives the same result. */
const integers = (count: number, seed: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => ((i * 37 + seed * 11) % 17) - 8);

/** c[i, j] = Σ_q a[i, q]·b[q, j], from the definition. */
function definition(a: Float64Array, b: Float64Array, m: number, k: number, n: number): number[] {
  return Array.from({ length: m * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let q = 0; q < k; q++) sum += (a[i * k + q] as number) * (b[q * n + j] as number);
    return sum;
  });
}

function transposed(x: Float64Array, rows: number, columns: number): Float64Array {
  return x.map((_, at) => x[(at % rows) * columns + Math.floor(at / rows)] as number);
}

describe("matmulLoop", () => {
  test.each([
    [1, 1, 1],
    [3, 4, 4],
    [4, 5, 3],
    [5, 2, 9],
    [6, 7, 8],
    [7, 1, 5],
    [2, 0, 2],
    [9, 13, 11],
  ])("%d×%d by a matrix of %d columns, in all four storage orders", (m, k, n) => {
    const [a, b] = [integers(m * k, 1), integers(k * n, 2)];
    const [at, bt] = [transposed(a, m, k), transposed(b, k, n)];
    const expected = definition(a, b, m, k, n);
    for (const [left, ai, aq] of [
      [a, k, 1],
      [at, 1, m],
    ] as const) {
      for (const [right, bq, bj] of [
        [b, n, 1],
        [bt, 1, k],
      ] as const) {
        const c = new Float64Array(m * n).fill(99);
        matmulLoop(c, left, right, m, n, k, 0, 0, ai, aq, 0, bq, bj, false);
        expect(Array.from(c).map((value) => value + 0)).toEqual(expected.map((value) => value + 0));
        matmulLoop(c, left, right, m, n, k, 0, 0, ai, aq, 0, bq, bj, true);
        expect(Array.from(c).map((value) => value + 0)).toEqual(expected.map((value) => 2 * value + 0));
      }
    }
  });

  test("offsets leave everything else alone", () => {
    const c = new Float64Array(8).fill(7);
    matmulLoop(
      c,
      Float64Array.of(0, 0, 2, 3),
      Float64Array.of(0, 10, 100),
      1,
      1,
      2,
      5,
      2,
      2,
      1,
      1,
      1,
      1,
      false,
    );
    expect(Array.from(c)).toEqual([7, 7, 7, 7, 7, 320, 7, 7]);
  });
});

test("addBiasLoop adds one number to each column", () => {
  const y = Float64Array.of(1, 2, 3, 4);
  addBiasLoop(y, Float64Array.of(10, 20), 2, 2);
  expect(Array.from(y)).toEqual([11, 22, 13, 24]);
});

test("activationGradLoop, from the result of the activation", () => {
  const dy = Float64Array.of(2, 2, 2);
  const gradient = (activation: "none" | "relu" | "tanh" | "sigmoid", y: number[]): number[] => {
    const dz = new Float64Array(3);
    activationGradLoop(activation, dz, dy, Float64Array.from(y));
    return Array.from(dz);
  };
  expect(gradient("none", [1, 2, 3])).toEqual([2, 2, 2]);
  expect(gradient("relu", [0, 1, 3])).toEqual([0, 2, 2]);
  expect(gradient("tanh", [0, 0.5, -1])).toEqual([2, 1.5, 0]); // 2(1 − y²)
  expect(gradient("sigmoid", [0, 0.5, 1])).toEqual([0, 0.5, 0]); // 2y(1 − y)
});
