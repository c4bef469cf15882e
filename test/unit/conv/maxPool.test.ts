import { expect, test } from "vitest";
import { maxPool1d, maxPool2d, maxPool3d } from "../../../src/conv/maxPool.js";
import { ones, tensor } from "../../../src/tensor/create.js";

test("has the expected defaults: stride of the window, no padding, dilation 1", () => {
  const x = tensor([[1, 3, 2, 5, 4]]);
  expect(maxPool1d(x, { kernelSize: 2 }).toArray()).toEqual([[3, 5]]);
  expect(maxPool1d(x, { kernelSize: 2, stride: 2, padding: 0, dilation: 1 }).toArray()).toEqual([[3, 5]]);
});

test("the first of equals gets the gradient", () => {
  const x = tensor([[1, 3, 3, 2]], { requiresGrad: true });
  maxPool1d(x, { kernelSize: 4 }).backward(tensor([[1]]));
  expect(x.grad!.toArray()).toEqual([[0, 1, 0, 0]]);
});

test("padding never wins over negative numbers", () => {
  expect(
    maxPool2d(
      tensor([
        [
          [-1, -2],
          [-3, -4],
        ],
      ]),
      { kernelSize: 2, padding: 1 },
    ).toArray(),
  ).toEqual([
    [
      [-1, -2],
      [-3, -4],
    ],
  ]);
});

test("maxPool3d pools depth too, dilation skips elements", () => {
  expect(maxPool3d(ones([1, 2, 4, 6, 5]), { kernelSize: 2 }).shape).toEqual([1, 2, 2, 3, 2]);
  expect(maxPool1d(tensor([[9, 1, 2, 3]]), { kernelSize: 2, stride: 1, dilation: 2 }).toArray()).toEqual([
    [9, 3],
  ]);
});

test("rejects unknown options, a missing window and windows that do not fit", () => {
  expect(() => maxPool2d(ones([1, 4, 4]), { kernel: 2 } as never)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: maxPool2d: unknown option "kernel"
      help: the options are kernelSize, stride, padding, dilation]
  `);
  expect(() => maxPool2d(ones([1, 4, 4]), {} as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: maxPool2d: kernelSize must be a number or one number per axis, got undefined]`,
  );
  expect(() => maxPool2d(ones([1, 4, 4]), { kernelSize: 5 })).toThrow(
    /^maxPool2d: the window spans 5 elements/,
  );
});
