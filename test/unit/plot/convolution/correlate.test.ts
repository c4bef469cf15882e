import { expect, test } from "vitest";
import {
  correlate1d,
  correlate2d,
  outputLength,
  padMatrix,
} from "../../../../src/plot/convolution/correlate.js";

test("correlate1d of the worked example", () => {
  // 1·11 + 2·13 + 3·17 = 88;  2·11 + 3·13 + 5·17 = 146;  3·11 + 5·13 + 7·17 = 217
  expect(correlate1d([1, 2, 3, 5, 7], [11, 13, 17])).toEqual([88, 146, 217]);
});

test("correlate2d does not flip, and knows stride and dilation", () => {
  const input = [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ];
  expect(
    correlate2d(input, [
      [1, 0],
      [0, 10],
    ]),
  ).toEqual([
    [51, 62],
    [84, 95],
  ]);
  expect(correlate2d(input, [[1]], 2)).toEqual([
    [1, 3],
    [7, 9],
  ]);
  expect(
    correlate2d(
      input,
      [
        [1, 0],
        [0, 10],
      ],
      1,
      2,
    ),
  ).toEqual([[91]]);
});

test.each([
  [28, 3, 1, 0, 1, 26],
  [5, 3, 2, 1, 1, 3],
  [7, 3, 1, 0, 2, 3],
])(
  "outputLength(%d, kernel %d, stride %d, padding %d, dilation %d) is %d",
  (n, k, stride, padding, dilation, size) => {
    expect(outputLength("f", n, k, stride, padding, dilation)).toBe(size);
  },
);

test("padMatrix puts zeros around", () =>
  expect(padMatrix([[1]], 1)).toEqual([
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
  ]));
test("a kernel that does not fit", () =>
  expect(() => outputLength("convWindow", 3, 3, 1, 0, 2)).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: convWindow: the kernel must fit into the padded input, got a kernel that spans 5 and an input of 3
      input [3], kernel [3], padding 0, dilation 2]
  `));
