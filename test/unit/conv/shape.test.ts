import { describe, expect, test } from "vitest";
import {
  perAxis,
  product,
  resolvePadding,
  slidingGeometry,
  transposedGeometry,
  triple,
} from "../../../src/conv/shape.js";

describe("perAxis", () => {
  test("repeats a number and copies a list", () => {
    const list = [2, 3];
    expect(perAxis("f", "stride", 4, 3, 1)).toEqual([4, 4, 4]);
    expect(perAxis("f", "stride", list, 2, 1)).toEqual([2, 3]);
    expect(perAxis("f", "stride", list, 2, 1)).not.toBe(list);
  });

  test("rejects other kinds, other lengths, fractions and values below the least", () => {
    expect(() => perAxis("conv2d", "stride", "2", 2, 1)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: conv2d: stride must be a number or one number per axis, got "2"]`,
    );
    expect(() => perAxis("conv2d", "stride", [1, 2, 3], 2, 1)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: conv2d: stride must have one number per axis (2), got [1, 2, 3]]`,
    );
    expect(() => perAxis("conv2d", "stride", [1, 1.5], 2, 1)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: conv2d: stride must be whole and at least 1, got [1, 1.5]]`,
    );
    expect(() => perAxis("conv2d", "padding", -1, 2, 0)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: conv2d: padding must be whole and at least 0, got -1]`,
    );
  });
});

describe("resolvePadding", () => {
  test('"same" gives the odd zero of an even kernel to the right', () => {
    // total = dilation·(kernel − 1): 2 -> 1 + 1, 3 -> 1 + 2, 9 -> 4 + 5
    expect(resolvePadding("f", "same", [3, 4, 4], [1, 1, 1], [1, 1, 3])).toEqual({
      before: [1, 1, 4],
      after: [1, 2, 5],
    });
  });

  test('"valid" is none, numbers are for both sides', () => {
    expect(resolvePadding("f", "valid", [3], [2], [1])).toEqual({ before: [0], after: [0] });
    expect(resolvePadding("f", [1, 2], [3, 3], [1, 1], [1, 1])).toEqual({ before: [1, 2], after: [1, 2] });
  });

  test('rejects "same" with a stride, and other words', () => {
    expect(() =>
      resolvePadding("conv2d", "same", [3, 3], [1, 2], [1, 1]),
    ).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: conv2d: padding "same" needs stride 1, got [1, 2]
        help: give the padding as a number; conv.outputSize tells the size it leads to]
    `);
    expect(() => resolvePadding("conv2d", "full", [3], [1], [1])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: conv2d: padding must be numbers, "valid" or "same", got "full"]`,
    );
  });
});

describe("slidingGeometry", () => {
  // (input, kernel, stride, padding, dilation) -> output: the table of the course
  test.each([
    [28, 3, 1, 0, 1, 26],
    [28, 5, 1, 0, 1, 24],
    [28, 3, 2, 0, 1, 13],
    [28, 3, 2, 1, 1, 14],
    [28, 3, 1, 1, 1, 28],
    [28, 3, 1, 0, 2, 24],
    [28, 3, 1, 2, 2, 28],
    [32, 5, 1, 2, 1, 32],
    [7, 3, 2, 0, 1, 3],
    [8, 3, 2, 1, 1, 4],
  ])(
    "input %i, kernel %i, stride %i, padding %i, dilation %i gives %i",
    (input, kernel, stride, padding, dilation, output) => {
      expect(slidingGeometry("f", [input], [kernel], { stride, padding, dilation }).outputSize).toEqual([
        1,
        1,
        output,
      ]);
    },
  );

  test("fills missing axes in front", () => {
    expect(slidingGeometry("f", [6, 7], [2, 3], { stride: 1, padding: [1, 0], dilation: 2 })).toEqual({
      inputSize: [1, 6, 7],
      kernelSize: [1, 2, 3],
      outputSize: [1, 6, 3], // 6 + 2 − 2·1 − 1 + 1 = 6; 7 − 2·2 − 1 + 1 = 3
      stride: [1, 1, 1],
      padding: [0, 1, 0],
      dilation: [1, 2, 2],
    });
  });

  test("rejects a window longer than the padded input, with both lengths and the axis", () => {
    const options = { stride: 1, padding: 1, dilation: [1, 3] };
    expect(() => slidingGeometry("conv2d", [5, 5], [3, 4], options)).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: conv2d: the window spans 10 elements, more than the padded input's 7 (axis -1)
        input [5, 5], kernel [3, 4], padding [1, 1], dilation [1, 3]
        help: pad more, or use a smaller kernel or dilation]
    `);
    expect(() => slidingGeometry("conv1d", [5], [0], options)).toThrow();
  });

  test("rejects an empty kernel", () => {
    expect(() =>
      slidingGeometry("conv1d", [5], [0], { stride: 1, padding: 0, dilation: 1 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv1d: the kernel must have at least 1 element along each axis, got 0]`,
    );
  });
});

describe("transposedGeometry", () => {
  test("exchanges input and output: (size − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1", () => {
    // (5 − 1)·2 − 2·1 + 1·(3 − 1) + 1 + 1 = 10
    const geometry = transposedGeometry("f", [5], [3], {
      stride: 2,
      padding: 1,
      dilation: 1,
      outputPadding: 1,
    });
    expect(geometry.inputSize).toEqual([1, 1, 10]);
    expect(geometry.outputSize).toEqual([1, 1, 5]);
  });

  test("rejects an output padding that reaches stride and dilation, and an empty result", () => {
    const options = { stride: 2, padding: 0, dilation: 1, outputPadding: 2 };
    expect(() => transposedGeometry("convTranspose1d", [5], [3], options)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: convTranspose1d: outputPadding must be smaller than stride or dilation, got outputPadding 2, stride 2, dilation 1]`,
    );
    const padded = { stride: 1, padding: 2, dilation: 1, outputPadding: 0 };
    expect(() => transposedGeometry("convTranspose1d", [2], [3], padded)).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: convTranspose1d: the result must have at least 1 element along each axis, got 0 (axis -1)
        input [2], kernel [3], padding [2]
        help: the padding of a transposed convolution takes elements away; use less of it]
    `);
  });
});

test("triple puts missing axes first, product multiplies", () => {
  expect(triple([5], 1)).toEqual([1, 1, 5]);
  expect(triple([2, 3, 4], 0)).toEqual([2, 3, 4]);
  expect(product([2, 3, 4])).toBe(24);
  expect(product([])).toBe(1);
});
