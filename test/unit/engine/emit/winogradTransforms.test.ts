import { describe, expect, test } from "vitest";
import type { FunctionBuilder } from "../../../../src/engine/emit/assembler.js";
import { type V128, v128 } from "../../../../src/engine/emit/instructions.js";
import {
  a,
  b,
  dataTransform,
  filterGradTransform,
  filterTransform,
  outputGradTransform,
  outputTransform,
} from "../../../../src/engine/emit/winogradTransforms.js";
import { emittedModule } from "../../../support/emittedModule.js";

type Transform = (f: FunctionBuilder, values: readonly V128[]) => readonly V128[];

/** The transform of numbers, by the emitted code: each is in all four lanes. */
function apply(transform: Transform, values: readonly number[]): number[] {
  let count = 0;
  const { floats, run, at } = emittedModule((module) => {
    module.define("apply", ["i32", "i32"], (f, [to, from]) => {
      const results = transform(
        f,
        values.map((_, i) => f.let(v128.loadSplat(from, 4 * i))),
      );
      count = results.length;
      for (const [i, value] of results.entries()) f.push(v128.store(to, 16 * i, value));
    });
  });
  floats.set(values, 256);
  run("apply", 0, 1024);
  return Array.from({ length: count }, (_, i) => at(16 * i, 1)[0] as number);
}

describe("the points are 0, a, −a, b, −b and ∞", () => {
  const evaluate = (polynomial: readonly number[], x: number): number =>
    polynomial.reduce((sum, coefficient, power) => sum + coefficient * x ** power, 0);

  test("the filter's transform is its polynomial there, divided by Π (p − the other points)", () => {
    const filter = [2, 3, 5];
    const others = (p: number, q: number): number => p * 2 * p * (p * p - q * q);
    const expected = [
      2, // a²·b² = 1 divides
      evaluate(filter, a) / others(a, b),
      evaluate(filter, -a) / others(a, b),
      evaluate(filter, b) / others(b, a),
      evaluate(filter, -b) / others(b, a),
      5,
    ];
    apply(filterTransform, filter).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 5);
    });
  });

  test("the output's transform is the transposed evaluation of 1, x, x², x³", () => {
    const products = [7, 11, 13, 17, 19, 23];
    const points = [0, a, -a, b, -b];
    const expected = [0, 1, 2, 3].map(
      (power) =>
        points.reduce((sum, p, i) => sum + (products[i] as number) * p ** power, 0) + (power === 3 ? 23 : 0),
    );
    apply(outputTransform, products).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 4);
    });
  });

  test("the data's transform is Bᵀ as the source file states it", () => {
    const row = (p: number, q: number): number[] => [0, -p * q * q, -q * q, p, 1, 0];
    const matrix = [
      [1, 0, -2.5, 0, 1, 0],
      row(a, b),
      row(-a, b),
      row(b, a),
      row(-b, a),
      [0, 1, 0, -2.5, 0, 1],
    ];
    const data = [3, 1, 4, 1, 5, 9];
    apply(dataTransform, data).forEach((value, i) => {
      const expected = matrix[i]?.reduce((sum, factor, j) => sum + factor * (data[j] as number), 0) as number;
      expect(value).toBeCloseTo(expected, 4);
    });
  });
});

test("six products give the four sums: 1 … 6 with (1, 10, 100)", () => {
  const data = apply(dataTransform, [1, 2, 3, 4, 5, 6]);
  const filter = apply(filterTransform, [1, 10, 100]);
  const outputs = apply(
    outputTransform,
    data.map((value, i) => value * (filter[i] as number)),
  );
  // 1 + 20 + 300, 2 + 30 + 400, …
  for (const [i, expected] of [321, 432, 543, 654].entries()) expect(outputs[i]).toBeCloseTo(expected, 2);
});

// ⟨A y, m⟩ = ⟨y, Aᵀ m⟩ and ⟨Gᵀ s, g⟩ = ⟨s, G g⟩
test("the gradients' transforms are the transposes", () => {
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, i) => sum + value * (y[i] as number), 0);
  const [six, four, three] = [
    [3, 1, -4, 1, 5, 9],
    [2, -7, 1, 8],
    [2, 7, -1],
  ] as const;
  expect(dot(apply(outputGradTransform, four), six)).toBeCloseTo(dot(four, apply(outputTransform, six)), 3);
  expect(dot(apply(filterGradTransform, six), three)).toBeCloseTo(dot(six, apply(filterTransform, three)), 3);
  expect(apply(outputGradTransform, four)).toHaveLength(6);
  expect(apply(filterGradTransform, six)).toHaveLength(3);
});

test("six products give the three gradients of a filter: Σ yᵢ dᵢ₊ₖ of (1, 10, 100, 1000) over 1 … 6", () => {
  const data = apply(dataTransform, [1, 2, 3, 4, 5, 6]);
  const gradient = apply(outputGradTransform, [1, 10, 100, 1000]);
  const sums = data.map((value, i) => value * (gradient[i] as number));
  const expected = [1 + 20 + 300 + 4000, 2 + 30 + 400 + 5000, 3 + 40 + 500 + 6000];
  apply(filterGradTransform, sums).forEach((value, k) => {
    expect(value).toBeCloseTo(expected[k] as number, 1);
  });
});
