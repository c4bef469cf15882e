import { describe, expect, test } from "vitest";
import { arange, ones, tensor, zeros } from "../../../src/tensor/create.js";
import { concat, stack, where } from "../../../src/tensor/gather.js";
import "../../../src/tensor/methods.js";
import type { Tensor } from "../../../src/tensor/tensor.js";
import { errorOf } from "../../support/errorOf.js";

const x = arange(6).reshape(3, 2); // [[0, 1], [2, 3], [4, 5]]

test.each([
  [
    "rows",
    () => x.indexSelect(0, [2, 0, 2]),
    [
      [4, 5],
      [0, 1],
      [4, 5],
    ],
  ],
  ["columns from the end", () => x.indexSelect(-1, [-1]), [[1], [3], [5]]],
  ["by Int32Array", () => x.indexSelect(0, Int32Array.of(1)), [[2, 3]]],
  [
    "by tensor",
    () => x.indexSelect(0, tensor([1, 1])),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  ["by no index", () => x.indexSelect(0, []), []],
  ["gather columns", () => x.gather(1, tensor([[1], [0], [-1]])), [[1], [2], [5]]],
  ["gather fewer rows", () => x.gather(0, tensor([[2, 0]])), [[4, 1]]],
  [
    "concat rows",
    () => concat([x, tensor([[9, 9]])]),
    [
      [0, 1],
      [2, 3],
      [4, 5],
      [9, 9],
    ],
  ],
  [
    "concat columns",
    () => concat([x, zeros([3, 0]), ones([3, 1])], { dim: -1 }),
    [
      [0, 1, 1],
      [2, 3, 1],
      [4, 5, 1],
    ],
  ],
  [
    "stack",
    () => stack([tensor([1, 2]), tensor([3, 4])], { dim: -1 }),
    [
      [1, 3],
      [2, 4],
    ],
  ],
  ["stack scalars", () => stack([tensor(1), tensor(2)]), [1, 2]],
  [
    "where broadcasts",
    () => where(tensor([[1], [0], [1]]), x, -1),
    [
      [0, 1],
      [-1, -1],
      [4, 5],
    ],
  ],
  ["where of numbers", () => where(tensor([0, 2, -1]), 7, 8), [8, 7, 7]],
] as [string, () => Tensor, unknown][])("%s", (_name, call, values) => {
  expect(call().toArray()).toEqual(values);
});

test("an index that occurs twice gets both gradients", () => {
  const y = tensor([1, 2, 3], { requiresGrad: true });
  y.indexSelect(0, [1, 1, 0]).backward(tensor([1, 10, 100]));
  expect(y.grad?.toArray()).toEqual([100, 11, 0]);
});

test("where gives the gradient to the branch that was chosen, also when the other is infinite", () => {
  const y = tensor([0, 4], { requiresGrad: true });
  where(y.greater(0), y.mul(2), 0).sum().backward();
  expect(y.grad?.toArray()).toEqual([0, 2]);
});

describe("errors", () => {
  const bad = [1] as unknown as Tensor;
  test.each([
    [
      () => x.indexSelect(0, [3]),
      "RangeError: indexSelect: every index must be a whole number from -3 to 2, got 3 at 0",
    ],
    [
      () => x.indexSelect(0, [0, 0.5]),
      "RangeError: indexSelect: every index must be a whole number from -3 to 2, got 0.5 at 1",
    ],
    [() => x.indexSelect(2, [0]), "RangeError: indexSelect: dim must be from -2 to 1, got 2"],
    [
      () => x.indexSelect(0, 1 as unknown as number[]),
      "TypeError: indexSelect: indices must be an array, an Int32Array or a tensor, got 1",
    ],
    [
      () => x.gather(1, [0] as unknown as Tensor),
      "TypeError: gather: indices must be a tensor with 2 dimensions, got [0]",
    ],
    [
      () => x.gather(1, zeros([4, 1])),
      "ShapeError: gather: indices must have the dimensions of x, and no larger size but along dim\n  x [3, 2], indices [4, 1], dim 1",
    ],
    [
      () => x.gather(1, tensor([[2]])),
      "RangeError: gather: every index must be a whole number from -2 to 1, got 2 at 0",
    ],
    [() => concat([]), "RangeError: concat: needs at least one tensor, got []"],
    [
      () => concat([x, zeros([3, 3])]),
      "ShapeError: concat: all sizes but that of dimension 0 must be equal\n  [3, 2], [3, 3]",
    ],
    [
      () => concat(x as unknown as Tensor[]),
      "TypeError: concat: takes an array of tensors, got Tensor[3, 2]",
    ],
    [
      () => concat([x, x.to("float64")]),
      "TypeError: concat: all tensors must have the same dtype, got float32 and float64",
    ],
    [
      () => stack([zeros([2]), zeros([3])]),
      "ShapeError: stack: all tensors must have the same shape\n  [2], [3]",
    ],
    [
      () => stack([x], { axis: 1 } as object),
      'TypeError: stack: unknown option "axis"\n  help: did you mean "dim"?',
    ],
    [() => where(bad, 1, 2), "TypeError: where: condition must be a tensor, got [1]"],
  ])("%#", (call, text) => {
    expect(errorOf(call)).toBe(text);
  });
});
