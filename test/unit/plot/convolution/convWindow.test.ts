import { expect, test } from "vitest";
import { convWindow } from "../../../../src/plot/convolution/convWindow.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

const data = {
  input: [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ],
  kernel: [
    [1, 0],
    [0, 10],
  ],
};

test("one output is worked out with its products", () => {
  // 5·1 + 6·0 + 8·0 + 9·10 = 95
  expect(svgTexts(convWindow(data, { position: [1, 1] }).svg)).toContain(
    "output[1, 1] = 5 + 0 + 0 + 90 = 95",
  );
});

test("the size formula carries the options", () => {
  const texts = svgTexts(convWindow(data, { padding: 1, stride: 2 }).svg);
  expect(texts).toEqual(
    expect.arrayContaining([
      "height = ⌊(3 + 2·1 − 1·(2 − 1) − 1) / 2⌋ + 1 = 2",
      "stride 2, padding 1, dilation 1",
    ]),
  );
});

test("a kernel that does not fit", () =>
  expect(() => convWindow(data, { dilation: 3 })).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: convWindow: the kernel must fit into the padded input, got a kernel that spans 4 and an input of 3
      input [3], kernel [2], padding 0, dilation 3]
  `));
test("a position outside the output", () =>
  expect(() => convWindow(data, { position: [2, 0] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: convWindow: position[0] must be a whole number from 0 to 1, got 2]`,
  ));
test("a stride of 0", () =>
  expect(() => convWindow(data, { stride: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: convWindow: stride must be a whole number at least 1, got 0]`,
  ));
