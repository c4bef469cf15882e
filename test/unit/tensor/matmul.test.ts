import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/random.js";
import { eye, ones, tensor, uniform, zeros } from "../../../src/tensor/create.js";
import { linear, matmul } from "../../../src/tensor/matmul.js";
import "../../../src/tensor/methods.js";
import type { Tensor } from "../../../src/tensor/tensor.js";
import { errorOf } from "../../support/errorOf.js";
import "../../support/toBeCloseToTensor.js";

const a = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

describe("matmul", () => {
  test.each([
    [
      "2-d",
      () =>
        matmul(
          a,
          tensor([
            [1, 0],
            [0, 1],
            [1, 1],
          ]),
        ),
      [
        [4, 5],
        [10, 11],
      ],
    ],
    ["vector first", () => matmul(tensor([1, 1]), a), [5, 7, 9]],
    ["vector second", () => matmul(a, tensor([1, 0, -1])), [-2, -2]],
    ["two vectors", () => matmul(tensor([1, 2]), tensor([3, 4])), 11],
    [
      "batch",
      () =>
        matmul(
          ones([2, 1, 2]),
          tensor([
            [[1], [2]],
            [[3], [4]],
          ]),
        ),
      [[[3]], [[7]]],
    ],
    [
      "batch by one matrix",
      () => matmul(tensor([[[1, 2, 3]], [[4, 5, 6]]]), eye(3)),
      [[[1, 2, 3]], [[4, 5, 6]]],
    ],
    [
      "inner size 0",
      () => matmul(zeros([2, 0]), zeros([0, 2])),
      [
        [0, 0],
        [0, 0],
      ],
    ],
    ["no rows", () => matmul(zeros([0, 3]), zeros([3, 2])), []],
  ] as [string, () => Tensor, unknown][])("%s", (_name, call, values) => {
    expect(call().toArray()).toEqual(values);
  });

  test("sizes around the 3×4 tile agree with the sum of the definition", () => {
    const random = createRandom(1);
    for (const [m, k, n] of [
      [1, 1, 1],
      [2, 5, 3],
      [3, 4, 4],
      [4, 7, 5],
      [6, 3, 8],
      [7, 2, 9],
    ] as const) {
      const [x, y] = [uniform([m, k], { random }), uniform([k, n], { random })];
      const expected = Array.from({ length: m }, (_, i) =>
        Array.from({ length: n }, (__, j) => {
          let sum = 0;
          for (let q = 0; q < k; q++) sum += (x.data[i * k + q] as number) * (y.data[q * n + j] as number);
          return sum;
        }),
      );
      expect(matmul(x, y)).toBeCloseToTensor(expected, 1e-6);
    }
  });

  test.each([
    [
      () => matmul(a, tensor([[1, 2, 3]])),
      "ShapeError: matmul: the columns of a must equal the rows of b, got 3 and 1\n  a [2, 3], b [1, 3]\n  help: transpose b: a.matmul(b.transpose(-2, -1))",
    ],
    [
      () => matmul(a, tensor([1, 2])),
      "ShapeError: matmul: the columns of a must equal the rows of b, got 3 and 2\n  a [2, 3], b [2]",
    ],
    [
      () => matmul(a, tensor(2)),
      "ShapeError: matmul: both tensors must have at least 1 dimension\n  a [2, 3], b []\n  help: use mul for a scalar",
    ],
    [
      () => matmul(zeros([2, 1, 2]), zeros([3, 2, 1])),
      "ShapeError: matmul: sizes must be equal or 1 in every dimension, got 2 and 3 in dimension -1\n  shapes [2] and [3]",
    ],
    [
      () => matmul(a, 2 as unknown as Tensor),
      "TypeError: matmul: both operands must be tensors, got Tensor[2, 3] and 2\n  help: use tensor(values)",
    ],
    [
      () => matmul(a, eye(3, { dtype: "float64" })),
      'TypeError: matmul: both tensors must have the same dtype, got float32 and float64\n  help: use .to("float32") on the second',
    ],
  ])("error %#", (call, text) => {
    expect(errorOf(call)).toBe(text);
  });
});

describe("linear", () => {
  const weight = tensor([
    [1, 0, 0],
    [0, 1, -10],
  ]);
  const bias = tensor([0.5, 1]);

  test("is x · Wᵀ + b, for any number of leading dimensions", () => {
    expect(linear(a, weight, bias).toArray()).toEqual([
      [1.5, -27],
      [4.5, -54],
    ]);
    expect(linear(tensor([1, 2, 3]), weight).toArray()).toEqual([1, -28]);
    expect(linear(a.reshape(2, 1, 3), weight).shape).toEqual([2, 1, 2]);
  });

  test("with an activation equals the activation after it, gradients included", () => {
    for (const activation of ["relu", "tanh", "sigmoid"] as const) {
      const make = () =>
        [weight.mul(0.1), bias.mul(1)].map((one) =>
          tensor(one.data, { shape: one.shape, requiresGrad: true }),
        );
      const [w, b] = make() as [Tensor, Tensor];
      const [w2, b2] = make() as [Tensor, Tensor];
      linear(a, w, b, activation).sum().backward();
      linear(a, w2, b2)[activation]().sum().backward();
      expect(w.grad).toBeCloseToTensor(w2.grad as Tensor, 1e-6);
      expect(b.grad).toBeCloseToTensor(b2.grad as Tensor, 1e-6);
    }
  });

  test("gradients of a weight used in two layers add up", () => {
    const w = tensor([[2]], { requiresGrad: true });
    // y = w(wx): dy/dw = 2wx = 12 for x = 3
    linear(linear(tensor([[3]]), w), w)
      .sum()
      .backward();
    expect(w.grad?.toArray()).toEqual([[12]]);
  });

  test.each([
    [
      () => linear(tensor([[1, 2]]), weight),
      "ShapeError: linear: the last dimension of x must be inFeatures 3, got 2\n  x [1, 2], weight [2, 3] (outFeatures, inFeatures)",
    ],
    [
      () => linear(tensor([[1], [2], [3]]), weight),
      "ShapeError: linear: the last dimension of x must be inFeatures 3, got 1\n  x [3, 1], weight [2, 3] (outFeatures, inFeatures)\n  help: x.reshape(-1, 3)",
    ],
    [
      () => linear(a, weight, tensor([1, 2, 3])),
      "ShapeError: linear: bias must have shape [2] (outFeatures), got [3]\n  weight [2, 3]",
    ],
    [
      () => linear(a, weight.to("float64")),
      'TypeError: linear: both tensors must have the same dtype, got float32 and float64\n  help: use .to("float32") on the second',
    ],
  ])("error %#", (call, text) => {
    expect(errorOf(call)).toBe(text);
  });
});
