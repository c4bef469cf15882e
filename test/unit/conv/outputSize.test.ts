import { expect, test } from "vitest";
import { outputSize } from "../../../src/conv/outputSize.js";

test("has the expected defaults: stride 1, padding 0, dilation 1, not transposed", () => {
  expect(outputSize({ input: 28, kernel: 3 })).toBe(26);
  expect(outputSize({ input: 28, kernel: 3, stride: 1, padding: 0, dilation: 1, transposed: false })).toBe(
    26,
  );
  expect(outputSize({ input: 28, kernel: 3, transposed: true })).toBe(30);
});

test("gives one number per axis as soon as one setting is a list", () => {
  expect(outputSize({ input: [28, 32], kernel: 5, padding: "same" })).toEqual([28, 32]);
  expect(outputSize({ input: 10, kernel: 3, stride: [1, 2, 3] })).toEqual([8, 4, 3]);
});

test("transposed undoes the size of a strided convolution with the right output padding", () => {
  // stride 2, padding 1, kernel 3: 9 and 10 both become 5; back they need output padding 0 and 1
  for (const input of [9, 10]) expect(outputSize({ input, kernel: 3, stride: 2, padding: 1 })).toBe(5);
  const back = { input: 5, kernel: 3, stride: 2, padding: 1, transposed: true };
  expect(outputSize({ ...back, outputPadding: 0 })).toBe(9);
  expect(outputSize({ ...back, outputPadding: 1 })).toBe(10);
});

test("rejects what does not fit, what would be ignored and what it does not know", () => {
  expect(() => outputSize({ input: 4, kernel: 5 })).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: outputSize: the window spans 5 elements, more than the padded input's 4 (axis -1)
      input [4], kernel [5], padding [0], dilation [1]
      help: pad more, or use a smaller kernel or dilation]
  `);
  expect(() => outputSize({ input: 8, kernel: 3, outputPadding: 1 })).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: outputSize: outputPadding belongs to transposed convolutions, got outputPadding 1
      help: add {transposed: true}]
  `);
  expect(() => outputSize({ input: 8, kernel: 3, strides: 2 } as never)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: outputSize: unknown option "strides"
      help: did you mean "stride"?]
  `);
  expect(() => outputSize({ input: [1, 2, 3, 4], kernel: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: outputSize: one to three axes are possible, got 4]`,
  );
});
