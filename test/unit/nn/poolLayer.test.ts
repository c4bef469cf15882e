import { expect, test } from "vitest";
import {
  AvgPool1d,
  AvgPool2d,
  AvgPool3d,
  Flatten,
  GlobalAvgPool,
  MaxPool1d,
  MaxPool2d,
  MaxPool3d,
} from "../../../src/nn/poolLayer.js";
import { arange, zeros } from "../../../src/tensor/create.js";
import { reshape } from "../../../src/tensor/movement.js";

// 0 1 2 3 / 4 5 6 7 / 8 9 10 11 / 12 13 14 15
const image = reshape(arange(16), 1, 1, 4, 4);

test("pooling layers take the largest or the mean of each window", () => {
  expect(new MaxPool2d({ kernelSize: 2 }).forward(image).toArray()).toEqual([
    [
      [
        [5, 7],
        [13, 15],
      ],
    ],
  ]);
  expect(new AvgPool2d({ kernelSize: 2 }).forward(image).toArray()).toEqual([
    [
      [
        [2.5, 4.5],
        [10.5, 12.5],
      ],
    ],
  ]);
  expect(new MaxPool2d({ kernelSize: 2, stride: 1 }).forward(image).shape).toEqual([1, 1, 3, 3]);
  expect(new GlobalAvgPool().forward(image).toArray()).toEqual([[7.5]]);
  const line = reshape(arange(4), 1, 1, 4);
  expect(new MaxPool1d({ kernelSize: 2 }).forward(line).toArray()).toEqual([[[1, 3]]]);
  expect(new AvgPool1d({ kernelSize: 2 }).forward(line).toArray()).toEqual([[[0.5, 2.5]]]);
  const cube = reshape(arange(8), 1, 1, 2, 2, 2);
  expect(new MaxPool3d({ kernelSize: 2 }).forward(cube).toArray()).toEqual([[[[[7]]]]]);
  expect(new AvgPool3d({ kernelSize: 2 }).forward(cube).toArray()).toEqual([[[[[3.5]]]]]);
});

test("Flatten keeps the axes before startDim", () => {
  expect(new Flatten().forward(zeros([2, 3, 4])).shape).toEqual([2, 12]);
  expect(new Flatten({ startDim: 2 }).forward(zeros([2, 3, 4, 5])).shape).toEqual([2, 3, 20]);
});

test("they name their settings", () => {
  expect(String(new MaxPool2d({ kernelSize: [2, 3], stride: 1 }))).toBe(
    "MaxPool2d(kernelSize 2x3, stride 1)",
  );
  expect(() => new MaxPool2d({} as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: MaxPool2d: kernelSize must be given, got undefined]`,
  );
  expect(() => new AvgPool2d({ kernelSize: 2, strides: 1 } as never)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: AvgPool2d: unknown option "strides"
      help: did you mean "stride"?]
  `);
  expect(() => new Flatten({ start: 1 } as object)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: Flatten: unknown option "start"
      help: did you mean "startDim"?]
  `);
});
