import { describe, expect, test } from "vitest";
import type { UnaryOperation } from "../../../../src/engine/interface.js";
import { tanhFloat32, unaryGradLoop, unaryLoop } from "../../../../src/engine/plain/unary.js";

const apply = (operation: UnaryOperation, x: number, p = 0, q = 0): number => {
  const y = new Float64Array(1);
  unaryLoop(operation, y, Float64Array.of(x), p, q);
  return y[0] as number;
};
const slope = (operation: UnaryOperation, x: number, p = 0, q = 0): number => {
  const dx = new Float64Array(1);
  unaryGradLoop(
    operation,
    dx,
    Float64Array.of(1),
    Float64Array.of(x),
    Float64Array.of(apply(operation, x, p, q)),
    p,
    q,
  );
  return dx[0] as number;
};

test.each([
  ["affine", 3, 2, 1, 7],
  ["inverse", 4, 2, 0, 0.5],
  ["power", 2, 3, 0, 8],
  ["abs", -2, 0, 0, 2],
  ["sqrt", 9, 0, 0, 3],
  ["square", -3, 0, 0, 9],
  ["clamp", 5, -1, 1, 1],
  ["clamp", -5, -1, 1, -1],
  ["leakyRelu", -2, 0.5, 0, -1],
  ["relu", -2, 0, 0, 0],
  ["sigmoid", 0, 0, 0, 0.5],
  ["log", 1, 0, 0, 0],
  ["exp", 0, 0, 0, 1],
  ["sin", 0, 0, 0, 0],
  ["cos", 0, 0, 0, 1],
] as [UnaryOperation, number, number, number, number][])("%s(%d; %d, %d) = %d", (operation, x, p, q, y) => {
  expect(apply(operation, x, p, q)).toBe(y);
});

const all: [UnaryOperation, number, number][] = [
  ["affine", 2, 1],
  ["inverse", 2, 0],
  ["power", 2.5, 0],
  ["abs", 0, 0],
  ["exp", 0, 0],
  ["log", 0, 0],
  ["sqrt", 0, 0],
  ["square", 0, 0],
  ["sin", 0, 0],
  ["cos", 0, 0],
  ["clamp", 0.4, 1],
  ["relu", 0, 0],
  ["leakyRelu", 0.3, 0],
  ["sigmoid", 0, 0],
  ["tanh", 0, 0],
  ["softplus", 0, 0],
  ["gelu", 0, 0],
  ["silu", 0, 0],
];

test.each(all)("the derivative of %s agrees with differences", (operation, p, q) => {
  for (const x of [0.2, 0.7, 1.6]) {
    const h = 1e-6;
    const numeric = (apply(operation, x + h, p, q) - apply(operation, x - h, p, q)) / (2 * h);
    expect(slope(operation, x, p, q)).toBeCloseTo(numeric, 6);
  }
});

describe("tanhFloat32", () => {
  test("is within one unit in the last place of float32, everywhere", () => {
    for (let x = -12; x <= 12; x += 1 / 128) {
      const exact = Math.tanh(x);
      expect(Math.abs(Math.fround(tanhFloat32(x)) - exact)).toBeLessThanOrEqual(Math.abs(exact) * 2 ** -23);
    }
  });

  test("keeps NaN and the signs of infinity", () => {
    expect(tanhFloat32(Number.NaN)).toBe(Number.NaN);
    expect([Math.fround(tanhFloat32(Infinity)), Math.fround(tanhFloat32(-Infinity))]).toEqual([1, -1]);
  });
});
