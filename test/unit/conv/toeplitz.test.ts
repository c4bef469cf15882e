import { expect, test } from "vitest";
import { toeplitz } from "../../../src/conv/toeplitz.js";
import { tensor } from "../../../src/tensor/create.js";

test("has the expected defaults: a banded matrix with the kernel in every row", () => {
  expect(toeplitz([1, 2], 4).toArray()).toEqual([
    [1, 2, 0, 0],
    [0, 1, 2, 0],
    [0, 0, 1, 2],
  ]);
});

test("padding cuts the first and last rows, stride skips rows, dilation spreads them", () => {
  expect(toeplitz([1, 2, 3], 3, { padding: 1 }).toArray()).toEqual([
    [2, 3, 0],
    [1, 2, 3],
    [0, 1, 2],
  ]);
  expect(toeplitz([1, 2], 5, { stride: 2, dilation: 2 }).toArray()).toEqual([
    [1, 0, 2, 0, 0],
    [0, 0, 1, 0, 2],
  ]);
});

test("is doubly blocked for a matrix kernel", () => {
  // input 2 × 3, kernel 1 × 2: two blocks of a 2 × 3 band on the diagonal
  expect(toeplitz([[1, 2]], [2, 3]).toArray()).toEqual([
    [1, 2, 0, 0, 0, 0],
    [0, 1, 2, 0, 0, 0],
    [0, 0, 0, 1, 2, 0],
    [0, 0, 0, 0, 1, 2],
  ]);
});

test("a shared weight collects the gradient of all its entries", () => {
  const w = tensor([1, 2], { requiresGrad: true });
  toeplitz(w, 3).backward(
    tensor([
      [1, 10, 100],
      [1000, 10000, 100000],
    ]),
  );
  expect(w.grad!.toArray()).toEqual([10001, 100010]);
});

test("rejects kernels of other axes", () => {
  expect(() => toeplitz([[[1]]], 3)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: toeplitz: kernel must have shape [k] or [kH, kW], got [1, 1, 1]]`,
  );
  expect(() => toeplitz([1, 2], [3, 3])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: toeplitz: inputSize must have one number per axis (1), got [3, 3]]`,
  );
});
