import { describe, expect, test } from "vitest";
import { tensor, zeros } from "../../../src/tensor/create.js";
import { argmax, max, mean, min, norm, std, sum, variance } from "../../../src/tensor/reduce.js";
import "../../../src/tensor/methods.js";
import type { Tensor } from "../../../src/tensor/tensor.js";
import { errorOf } from "../../support/errorOf.js";

const x = tensor([
  [
    [1, 2],
    [3, 4],
  ],
  [
    [5, 6],
    [7, 8],
  ],
]); // [2, 2, 2]

describe("dimensions", () => {
  test.each([
    ["all", () => sum(x), 36],
    [
      "first",
      () => sum(x, { dim: 0 }),
      [
        [6, 8],
        [10, 12],
      ],
    ],
    [
      "middle",
      () => sum(x, { dim: 1 }),
      [
        [4, 6],
        [12, 14],
      ],
    ],
    [
      "last",
      () => sum(x, { dim: -1 }),
      [
        [3, 7],
        [11, 15],
      ],
    ],
    ["two neighbours", () => sum(x, { dim: [1, 2] }), [10, 26]],
    ["two apart", () => sum(x, { dim: [0, 2] }), [14, 22]],
    ["kept", () => sum(x, { dim: [2, 0], keepDim: true }), [[[14], [22]]]],
    ["none", () => sum(x, { dim: [] }), x.toArray()],
    ["of a scalar", () => sum(tensor(3)), 3],
    ["of nothing", () => sum(zeros([0, 2]), { dim: 0 }), [0, 0]],
    [
      "mean",
      () => mean(x, { dim: 0 }),
      [
        [3, 4],
        [5, 6],
      ],
    ],
    ["mean of all", () => mean(x), 4.5],
    [
      "max",
      () => max(x, { dim: 0 }),
      [
        [5, 6],
        [7, 8],
      ],
    ],
    ["min", () => min(x, { dim: [0, 2] }), [1, 3]],
    ["argmax of all", () => argmax(x), 7],
    [
      "argmax",
      () => argmax(x, { dim: 0 }),
      [
        [1, 1],
        [1, 1],
      ],
    ],
    [
      "argmax, kept",
      () =>
        argmax(
          tensor([
            [3, 9, 9],
            [4, 1, 2],
          ]),
          { dim: 1, keepDim: true },
        ),
      [[1], [0]],
    ],
    [
      "norm",
      () =>
        norm(
          tensor([
            [3, 4],
            [6, 8],
          ]),
          { dim: 1 },
        ),
      [5, 10],
    ],
    ["1-norm", () => norm(tensor([3, -4]), { p: 1 }), 7],
    ["∞-norm", () => norm(tensor([3, -4]), { p: Infinity }), 4],
    ["variance", () => variance(tensor([1, 2, 3, 4])), Math.fround(5 / 3)],
    [
      "variance of a population",
      () =>
        variance(
          tensor([
            [1, 3],
            [2, 6],
          ]),
          { dim: 1, correction: 0 },
        ),
      [1, 4],
    ],
    [
      "std",
      () =>
        std(
          tensor([
            [1, 3],
            [2, 6],
          ]),
          { dim: 1, correction: 0, keepDim: true },
        ),
      [[1], [2]],
    ],
  ] as [string, () => Tensor, unknown][])("%s", (_name, call, values) => {
    expect(call().toArray()).toEqual(values);
  });
});

test("NaN wins max, min and argmax", () => {
  const y = tensor([1, Number.NaN, 3, Number.NaN]);
  expect([max(y).item(), min(y).item(), argmax(y).item()]).toEqual([Number.NaN, Number.NaN, 1]);
});

test("the mean of nothing and the variance of one number are NaN", () => {
  expect([mean(zeros([0])).item(), variance(tensor([3])).item()]).toEqual([Number.NaN, Number.NaN]);
});

test("variance keeps its digits for a large mean", () => {
  const y = tensor([1e8 + 1, 1e8 + 2, 1e8 + 3], { dtype: "float64" });
  expect(variance(y).item()).toBe(1);
});

test("a float32 sum of a million numbers is summed in float64", () => {
  const y = tensor(new Float32Array(1_000_000).fill(0.1));
  expect(sum(y).item()).toBe(Math.fround(1_000_000 * Math.fround(0.1)));
});

test("equal largest elements share the gradient", () => {
  const y = tensor(
    [
      [2, 2, 1],
      [0, 3, 1],
    ],
    { requiresGrad: true },
  );
  max(y, { dim: 1 }).backward(tensor([1, 10]));
  expect(y.grad?.toArray()).toEqual([
    [0.5, 0.5, 0],
    [0, 10, 0],
  ]);
});

test("the gradient of the length of the zero vector is 0", () => {
  const y = zeros([2], { requiresGrad: true });
  norm(y).backward();
  expect(y.grad?.toArray()).toEqual([0, 0]);
});

describe("errors", () => {
  test.each([
    [
      () => sum(x, { axis: 1 } as object),
      'TypeError: sum: unknown option "axis"\n  help: did you mean "dim"?',
    ],
    [() => mean(x, { dim: 3 }), "RangeError: mean: dim must be from -3 to 2, got 3"],
    [() => sum(x, { keepDim: 1 } as object), "TypeError: sum: keepDim must be true or false, got 1"],
    [() => sum(x, 1 as unknown as object), "TypeError: sum: options must be an object, got 1"],
    [() => max(zeros([0])), "RangeError: max: needs at least one element\n  shape [0]"],
    [
      () => argmax(zeros([2, 0]), { dim: 1 }),
      "RangeError: argmax: needs at least one element\n  shape [2, 0]",
    ],
    [
      () => std(x, { correction: -1 }),
      "RangeError: std: correction must be a finite number at least 0, got -1",
    ],
    [() => norm(x, { p: 0.5 }), "RangeError: norm: p must be a finite number at least 1, got 0.5"],
    [
      () => variance(x, { ddof: 1 } as object),
      'TypeError: variance: unknown option "ddof"\n  help: the options are dim, keepDim, correction',
    ],
  ])("%#", (call, text) => {
    expect(errorOf(call)).toBe(text);
  });
});
