import { describe, expect, test } from "vitest";
import { allClose, equal, greater, less } from "../../../src/tensor/compare.js";
import { tensor } from "../../../src/tensor/create.js";
import type { Tensor } from "../../../src/tensor/tensor.js";
import { errorOf } from "../../support/errorOf.js";

const x = tensor(
  [
    [1, 2],
    [3, 4],
  ],
  { requiresGrad: true },
);

test("element by element, with broadcasting, without gradient", () => {
  expect(equal(x, tensor([1, 4])).toArray()).toEqual([
    [1, 0],
    [0, 1],
  ]);
  expect(greater(x, tensor([[1], [3]])).toArray()).toEqual([
    [0, 1],
    [0, 1],
  ]);
  expect(less(x, 3).toArray()).toEqual([
    [1, 1],
    [0, 0],
  ]);
  expect(less(tensor([1, 2]), tensor([[0], [2]])).toArray()).toEqual([
    [0, 0],
    [1, 0],
  ]);
  expect(greater(x, 0).requiresGrad).toBe(false);
});

test("NaN is neither equal, greater nor less", () => {
  const nan = tensor([Number.NaN]);
  expect([equal(nan, nan), greater(nan, 0), less(nan, 0)].map((one) => one.item())).toEqual([0, 0, 0]);
});

describe("allClose", () => {
  test("|a − b| <= atol + rtol·|b|", () => {
    const close = (a: number, b: number, options?: object): boolean =>
      allClose(tensor([a], { dtype: "float64" }), tensor([b], { dtype: "float64" }), options);
    expect([close(1, 1 + 1e-6), close(1, 1 + 1e-4), close(0, 1e-9), close(0, 1e-7)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect([
      close(100, 101, { rtol: 0.01 }),
      close(0, 0.5, { atol: 0.5 }),
      close(0, 0.5, { rtol: 0.5 }),
    ]).toEqual([true, true, false]);
  });

  test("infinities equal themselves, NaN only when asked", () => {
    expect(allClose(tensor([Infinity]), tensor([Infinity]))).toBe(true);
    expect(allClose(tensor([Infinity]), tensor([-Infinity]))).toBe(false);
    expect(allClose(tensor([Number.NaN]), tensor([Number.NaN]))).toBe(false);
    expect(allClose(tensor([Number.NaN]), tensor([Number.NaN]), { equalNaN: true })).toBe(true);
  });

  test("compares dtypes and broadcasts", () => {
    expect(allClose(tensor([0.1, 0.1]), tensor([0.1], { dtype: "float64" }))).toBe(true);
  });
});

test.each([
  [
    () => equal(x, [1] as unknown as Tensor),
    "TypeError: equal: compares a tensor with a tensor or a number, got Tensor[2, 2] and [1]",
  ],
  [
    () => less(x, tensor([1, 2, 3])),
    "ShapeError: less: sizes must be equal or 1 in every dimension, got 2 and 3 in dimension -1\n  shapes [2, 2] and [3]",
  ],
  [
    () => allClose(x, x, { tolerance: 1 } as object),
    'TypeError: allClose: unknown option "tolerance"\n  help: the options are rtol, atol, equalNaN',
  ],
  [
    () => allClose(x, x, { atol: -1 }),
    "RangeError: allClose: atol must be a finite number at least 0, got -1",
  ],
])("error %#", (call, text) => {
  expect(errorOf(call)).toBe(text);
});
