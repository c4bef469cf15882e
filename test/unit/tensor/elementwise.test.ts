import { describe, expect, test } from "vitest";
import { tensor } from "../../../src/tensor/create.js";
import { add, clamp, div, maximum, minimum, mul, pow, sub } from "../../../src/tensor/elementwise.js";
import "../../../src/tensor/methods.js";
import type { Tensor } from "../../../src/tensor/tensor.js";
import { errorOf } from "../../support/errorOf.js";

const rows = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

describe("two tensors", () => {
  test.each([
    [
      "row",
      () => rows.add(tensor([10, 20, 30])),
      [
        [11, 22, 33],
        [14, 25, 36],
      ],
    ],
    [
      "column",
      () => rows.sub(tensor([[1], [2]])),
      [
        [0, 1, 2],
        [2, 3, 4],
      ],
    ],
    [
      "one number",
      () => rows.mul(tensor([[2]])),
      [
        [2, 4, 6],
        [8, 10, 12],
      ],
    ],
    [
      "smaller first",
      () => tensor([1, 2, 3]).div(rows),
      [
        [1, 1, 1],
        [0.25, 0.4000000059604645, 0.5],
      ],
    ],
    [
      "both grow",
      () => tensor([[1], [2]]).add(tensor([10, 20])),
      [
        [11, 21],
        [12, 22],
      ],
    ],
    [
      "middle",
      () =>
        tensor([
          [[1], [2]],
          [[3], [4]],
        ]).mul(tensor([[10, 100]])),
      [
        [
          [10, 100],
          [20, 200],
        ],
        [
          [30, 300],
          [40, 400],
        ],
      ],
    ],
    ["empty", () => tensor([[], []]).add(tensor([[1], [2]])), [[], []]],
  ])("broadcasting: %s", (_name, call, values) => {
    expect(call().toArray()).toEqual(values);
  });
});

describe("a number on either side", () => {
  const x = tensor([1, 2, 4]);
  test.each([
    [() => add(1, x), [2, 3, 5]],
    [() => sub(1, x), [0, -1, -3]],
    [() => mul(3, x), [3, 6, 12]],
    [() => div(4, x), [4, 2, 1]],
    [() => div(x, 4), [0.25, 0.5, 1]],
    [() => pow(2, x), [2, 4, 16]],
    [() => pow(x, -1), [1, 0.5, 0.25]],
    [() => pow(x, 0), [1, 1, 1]],
    [() => maximum(2, x), [2, 2, 4]],
    [() => minimum(x, 2), [1, 2, 2]],
    [() => x.sub(1).neg(), [0, -1, -3]],
  ])("%#", (call, values) => {
    // + 0 makes 0 of −0, which toEqual tells apart
    expect((call().toArray() as number[]).map((value) => value + 0)).toEqual(values);
  });
});

test("NaN passes through maximum, minimum, clamp and relu", () => {
  const x = tensor([Number.NaN, 1]);
  for (const y of [x.maximum(0), x.minimum(2), x.clamp({ min: 0 }), x.relu()])
    expect(y.toArray()).toEqual([Number.NaN, 1]);
});

test("gradients at the edges: 0⁰, 0^b, |0|, both bounds of clamp", () => {
  const at = (fn: (x: Tensor) => Tensor, value: number): number => {
    const x = tensor([value], { requiresGrad: true, dtype: "float64" });
    fn(x).sum().backward();
    return x.grad?.item() as number;
  };
  expect(at((x) => x.pow(0), 0)).toBe(0);
  expect(at((x) => pow(0, x), 2)).toBe(0);
  expect(at((x) => x.pow(tensor([0], { dtype: "float64" })), 0)).toBe(0);
  expect(at((x) => x.abs(), 0)).toBe(0);
  expect([
    at((x) => x.clamp({ min: 1 }), 1),
    at((x) => x.clamp({ max: 1 }), 1),
    at((x) => x.clamp({ max: 1 }), 1.1),
  ]).toEqual([1, 1, 0]);
});

test("x + x counts twice, also when x is an intermediate result", () => {
  const x = tensor([1, 2], { requiresGrad: true });
  x.add(x).sum().backward();
  expect(x.grad?.toArray()).toEqual([2, 2]);
  x.zeroGrad();
  const y = x.mul(3);
  y.add(y).add(y).sum().backward();
  expect(x.grad?.toArray()).toEqual([9, 9]);
});

describe("errors", () => {
  const other = tensor([1, 2], { dtype: "float64" });
  test.each([
    [
      () => rows.add(tensor([1, 2])),
      "ShapeError: add: sizes must be equal or 1 in every dimension, got 3 and 2 in dimension -1\n  shapes [2, 3] and [2]",
    ],
    [
      () => tensor([1, 2]).mul(other),
      'TypeError: mul: both tensors must have the same dtype, got float32 and float64\n  help: use .to("float32") on the second',
    ],
    [
      () => add(1, 2),
      "TypeError: add: one operand must be a tensor, got 1 and 2\n  help: use tensor(values)",
    ],
    [
      () => rows.sub([1, 2, 3] as unknown as Tensor),
      "TypeError: sub: operands must be tensors or numbers, got [1, 2, 3]\n  tensor [2, 3]\n  help: use tensor(values)",
    ],
    [() => clamp(rows, {}), "RangeError: clamp: min or max must be given, got neither"],
    [() => clamp(rows, { min: 2, max: 1 }), "RangeError: clamp: min must be at most max, got min 2, max 1"],
    [
      () => clamp(rows, { low: 1 } as object),
      'TypeError: clamp: unknown option "low"\n  help: the options are min, max',
    ],
    [() => clamp(rows, { min: "0" } as object), 'TypeError: clamp: min must be a finite number, got "0"'],
  ])("%#", (call, text) => {
    expect(errorOf(call)).toBe(text);
  });
});
