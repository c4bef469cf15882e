import { describe, expect, test } from "vitest";
import { isTrailing, makePairLayout, mergeAxes } from "../../../src/tensor/layout.js";

describe("makePairLayout", () => {
  test.each([
    ["same", [2, 3], [2, 3], [2, 3], { sizes: [6], aStrides: [1], bStrides: [1] }],
    ["same", [2, 3], [1, 2, 3], [2, 3], { sizes: [6], aStrides: [1], bStrides: [1] }],
    ["scalar", [2, 3], [2, 3], [], { sizes: [6], aStrides: [1], bStrides: [0] }],
    ["scalar", [2, 3], [2, 3], [1, 1], { sizes: [6], aStrides: [1], bStrides: [0] }],
    ["row", [4, 2, 3], [4, 2, 3], [2, 3], { sizes: [4, 6], aStrides: [6, 1], bStrides: [0, 1] }],
    ["row", [4, 2, 3], [4, 2, 3], [1, 2, 3], { sizes: [4, 6], aStrides: [6, 1], bStrides: [0, 1] }],
    ["column", [4, 2, 3], [4, 2, 3], [4, 2, 1], { sizes: [8, 3], aStrides: [3, 1], bStrides: [1, 0] }],
    ["strided", [4, 3], [4, 1], [3], { sizes: [4, 3], aStrides: [1, 0], bStrides: [0, 1] }],
    ["strided", [2, 3], [3], [2, 3], { sizes: [2, 3], aStrides: [0, 1], bStrides: [3, 1] }],
    [
      "strided",
      [2, 3, 4],
      [2, 3, 4],
      [3, 1],
      { sizes: [2, 3, 4], aStrides: [12, 4, 1], bStrides: [0, 1, 0] },
    ],
  ] as const)("%s: %o from %o and %o", (kind, shape, a, b, expected) => {
    expect(makePairLayout(shape, a, b)).toEqual({
      kind,
      size: shape.reduce((x, y) => x * y, 1),
      ...expected,
    });
  });
});

test("isTrailing", () => {
  expect([isTrailing([3], [2, 3]), isTrailing([2], [2, 3]), isTrailing([1, 2, 3], [2, 3])]).toEqual([
    true,
    false,
    false,
  ]);
});

test("mergeAxes joins neighbours that are walked in one go and keeps at least one axis", () => {
  expect(mergeAxes([2, 3, 4], [[12, 4, 1]])).toEqual({ sizes: [24], strides: [[1]] });
  expect(mergeAxes([2, 3, 4], [[1, 2, 6]])).toEqual({ sizes: [2, 3, 4], strides: [[1, 2, 6]] });
  expect(mergeAxes([2, 1, 4], [[4, 99, 1]])).toEqual({ sizes: [8], strides: [[1]] });
  expect(mergeAxes([], [[]])).toEqual({ sizes: [1], strides: [[1]] });
});
