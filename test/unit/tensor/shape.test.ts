import { describe, expect, test } from "vitest";
import {
  broadcastShapes,
  broadcastStrides,
  checkDim,
  checkDims,
  checkShape,
  reducedShape,
  reshapedShape,
  sameShape,
  sizeOf,
  stridesOf,
} from "../../../src/tensor/shape.js";
import { errorOf } from "../../support/errorOf.js";

test("sizeOf", () => {
  expect([sizeOf([]), sizeOf([3]), sizeOf([2, 3, 4]), sizeOf([2, 0])]).toEqual([1, 3, 24, 0]);
});

test("stridesOf is row-major", () => {
  expect(stridesOf([2, 3, 4])).toEqual([12, 4, 1]);
  expect(stridesOf([])).toEqual([]);
});

test("sameShape", () => {
  expect([sameShape([2, 3], [2, 3]), sameShape([2, 3], [3, 2]), sameShape([2], [2, 1])]).toEqual([
    true,
    false,
    false,
  ]);
});

describe("broadcastShapes", () => {
  test.each([
    [
      [2, 3],
      [2, 3],
      [2, 3],
    ],
    [[2, 3], [3], [2, 3]],
    [[4, 1], [3], [4, 3]],
    [[], [2, 2], [2, 2]],
    [
      [2, 1, 4],
      [3, 1],
      [2, 3, 4],
    ],
    [[1], [0], [0]],
  ])("%o with %o is %o", (a, b, shape) => {
    expect(broadcastShapes("add", a, b)).toEqual(shape);
    expect(broadcastShapes("add", b, a)).toEqual(shape);
  });

  test("sizes that differ and are not 1", () => {
    expect(errorOf(() => broadcastShapes("add", [2, 3], [2, 1, 4]))).toBe(
      "ShapeError: add: sizes must be equal or 1 in every dimension, got 3 and 4 in dimension -1\n" +
        "  shapes [2, 3] and [2, 1, 4]",
    );
  });
});

test("broadcastStrides is 0 where a dimension is repeated", () => {
  expect(broadcastStrides([2, 1, 4], [5, 2, 3, 4])).toEqual([0, 4, 0, 1]);
  expect(broadcastStrides([3], [3])).toEqual([1]);
  expect(broadcastStrides([1], [1])).toEqual([1]);
});

describe("checkDim", () => {
  test("counts from the end when negative", () => {
    expect([checkDim("sum", 1, 3), checkDim("sum", -1, 3), checkDim("sum", -3, 3)]).toEqual([1, 2, 0]);
  });

  test.each([
    [3, 3, "RangeError: sum: dim must be from -3 to 2, got 3"],
    [-4, 3, "RangeError: sum: dim must be from -3 to 2, got -4"],
    [0, 0, "RangeError: sum: a scalar has no dimensions, got 0"],
    [0.5, 3, "TypeError: sum: dim must be a whole number, got 0.5"],
    ["0", 3, 'TypeError: sum: dim must be a whole number, got "0"'],
  ])("%o of %d dimensions", (dim, ndim, text) => {
    expect(errorOf(() => checkDim("sum", dim, ndim))).toBe(text);
  });
});

test("checkDims: all when undefined, ascending, each once", () => {
  expect(checkDims("sum", undefined, 3)).toEqual([0, 1, 2]);
  expect(checkDims("sum", [-1, 0], 3)).toEqual([0, 2]);
  expect(errorOf(() => checkDims("sum", [0, -3], 3))).toBe(
    "RangeError: sum: dim must name each dimension once, got [0, -3]",
  );
});

test("reducedShape", () => {
  expect(reducedShape([2, 3, 4], [0, 2], false)).toEqual([3]);
  expect(reducedShape([2, 3, 4], [0, 2], true)).toEqual([1, 3, 1]);
});

describe("checkShape", () => {
  test("copies", () => {
    const shape = [2, 0];
    expect(checkShape("zeros", shape)).toEqual(shape);
    expect(checkShape("zeros", shape)).not.toBe(shape);
  });

  test.each([
    [3, "TypeError: zeros: shape must be an array of sizes, got 3\n  help: write [3]"],
    ["23", 'TypeError: zeros: shape must be an array of sizes, got "23"'],
    [
      [2, -1],
      "ShapeError: zeros: every size of a shape must be a whole number of at least 0, got -1\n  shape [2, -1]",
    ],
    [
      [1.5],
      "ShapeError: zeros: every size of a shape must be a whole number of at least 0, got 1.5\n  shape [1.5]",
    ],
  ])("%o", (shape, text) => {
    expect(errorOf(() => checkShape("zeros", shape))).toBe(text);
  });
});

describe("reshapedShape", () => {
  test.each([
    [[2, 3], [6], [6]],
    [
      [2, 3],
      [3, -1],
      [3, 2],
    ],
    [[2, 3], [-1], [6]],
    [[], [1, 1], [1, 1]],
    [
      [0, 3],
      [3, 0],
      [3, 0],
    ],
  ])("%o as %o is %o", (shape, sizes, result) => {
    expect(reshapedShape("reshape", shape, sizes)).toEqual(result);
  });

  test.each([[[4]], [[-1, 4]], [[-1, 0]]])("6 elements do not fit %o", (sizes) => {
    expect(errorOf(() => reshapedShape("reshape", [2, 3], sizes))).toBe(
      `ShapeError: reshape: the new shape must have 6 elements, got [${sizes.join(", ")}]\n  tensor [2, 3]`,
    );
  });

  test("two unknown sizes", () => {
    expect(errorOf(() => reshapedShape("reshape", [2, 3], [-1, -1]))).toContain(
      "must be a whole number of at least 0",
    );
  });
});
