import { describe, expect, test } from "vitest";
import type { BinaryOperation, PairLayout } from "../../../../src/engine/interface.js";
import {
  addScaledLoop,
  binaryGradLoop,
  binaryLoop,
  copyLoop,
  placeLoop,
} from "../../../../src/engine/plain/binary.js";

const one: PairLayout = { kind: "same", sizes: [1], aStrides: [1], bStrides: [1] };
const apply = (operation: BinaryOperation, a: number, b: number): number => {
  const y = new Float64Array(1);
  binaryLoop(operation, y, Float64Array.of(a), Float64Array.of(b), one);
  return y[0] as number;
};

test.each([
  ["add", 2, 3, 5],
  ["sub", 2, 3, -1],
  ["mul", 2, 3, 6],
  ["div", 3, 2, 1.5],
  ["pow", 2, 3, 8],
  ["maximum", 2, 3, 3],
  ["minimum", 2, 3, 2],
  ["maximum", Number.NaN, 3, Number.NaN],
] as [BinaryOperation, number, number, number][])("%s(%d, %d) = %d", (operation, a, b, y) => {
  expect(apply(operation, a, b)).toBe(y);
});

test.each(["add", "sub", "mul", "div", "pow", "maximum", "minimum"] as BinaryOperation[])(
  "both derivatives of %s agree with differences",
  (operation) => {
    const [a, b, h] = [1.3, 0.8, 1e-6];
    const gradient = (side: "a" | "b"): number => {
      const d = new Float64Array(1);
      const y = Float64Array.of(apply(operation, a, b));
      binaryGradLoop(operation, side, d, Float64Array.of(1), Float64Array.of(a), Float64Array.of(b), y, one);
      return d[0] as number;
    };
    expect(gradient("a")).toBeCloseTo((apply(operation, a + h, b) - apply(operation, a - h, b)) / (2 * h), 6);
    expect(gradient("b")).toBeCloseTo((apply(operation, a, b + h) - apply(operation, a, b - h)) / (2 * h), 6);
  },
);

describe("repeated operands", () => {
  const a = Float64Array.of(1, 2, 3, 4, 5, 6);
  const run = (b: number[], layout: PairLayout): number[] => {
    const y = new Float64Array(6);
    binaryLoop("add", y, a, Float64Array.from(b), layout);
    return Array.from(y);
  };
  test.each([
    ["scalar", [10], { kind: "scalar", sizes: [6], aStrides: [1], bStrides: [0] }, [11, 12, 13, 14, 15, 16]],
    [
      "row",
      [10, 20, 30],
      { kind: "row", sizes: [2, 3], aStrides: [3, 1], bStrides: [0, 1] },
      [11, 22, 33, 14, 25, 36],
    ],
    [
      "column",
      [10, 20],
      { kind: "column", sizes: [2, 3], aStrides: [3, 1], bStrides: [1, 0] },
      [11, 12, 13, 24, 25, 26],
    ],
    [
      "three axes",
      [10, 20],
      { kind: "strided", sizes: [1, 2, 3], aStrides: [6, 3, 1], bStrides: [0, 1, 0] },
      [11, 12, 13, 24, 25, 26],
    ],
    [
      "three axes with a carry",
      [10, 20],
      { kind: "strided", sizes: [3, 2, 1], aStrides: [2, 1, 1], bStrides: [0, 1, 1] },
      [11, 22, 13, 24, 15, 26],
    ],
  ] as [string, number[], PairLayout, number[]][])("%s", (_name, b, layout, values) => {
    expect(run(b, layout)).toEqual(values);
  });
});

test("addScaledLoop", () => {
  const y = Float64Array.of(1, 2);
  addScaledLoop(y, Float64Array.of(10, 20), 1);
  addScaledLoop(y, Float64Array.of(10, 20), -0.5);
  expect(Array.from(y)).toEqual([6, 12]);
});

test("copyLoop reads a transposed matrix, placeLoop writes one", () => {
  const layout = { sizes: [3, 2], strides: [1, 3], offset: 0 };
  const x = Float64Array.of(1, 2, 3, 4, 5, 6);
  const y = new Float64Array(6);
  copyLoop(y, x, layout);
  expect(Array.from(y)).toEqual([1, 4, 2, 5, 3, 6]);
  const back = new Float64Array(6);
  placeLoop(back, y, layout);
  expect(back).toEqual(x);
});

test("copyLoop from an offset backwards", () => {
  const y = new Float64Array(2);
  copyLoop(y, Float64Array.of(1, 2, 3, 4), { sizes: [2], strides: [-2], offset: 3 });
  expect(Array.from(y)).toEqual([4, 2]);
});
