import { expect, test } from "vitest";
import { col2im, im2col } from "../../../src/conv/im2col.js";
import { ones, tensor } from "../../../src/tensor/create.js";

test("has the expected defaults: stride 1, no padding, dilation 1", () => {
  const x = tensor([
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ]);
  expect(im2col(x, { kernelSize: 2 }).toArray()).toEqual([
    [1, 2],
    [2, 3],
    [4, 5],
    [5, 6],
  ]);
  const spelled = { kernelSize: 2, stride: 1, padding: 0, dilation: 1 };
  expect(im2col(x, spelled).toArray()).toEqual(im2col(x, { kernelSize: 2 }).toArray());
});

test("a list as kernelSize decides the number of axes", () => {
  expect(im2col(ones([2, 3, 7]), { kernelSize: [2] }).shape).toEqual([2, 6, 6]);
  expect(im2col(ones([2, 3, 7]), { kernelSize: 2 }).shape).toEqual([8, 12]); // an image of two channels
  expect(im2col(ones([1, 2, 3, 4, 5]), { kernelSize: 2 }).shape).toEqual([1, 16, 24]);
});

test("col2im adds up, so that col2im(im2col(x)) is x times the number of windows over each element", () => {
  const x = tensor([
    [
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ],
  ]);
  const options = { kernelSize: 2 };
  expect(col2im(im2col(x, options), { ...options, inputSize: x.shape }).toArray()).toEqual([
    [
      [1, 2, 1],
      [2, 4, 2],
      [1, 2, 1],
    ],
  ]);
});

test("each is the gradient of the other", () => {
  const x = tensor([[1, 2, 3, 4]], { requiresGrad: true });
  const seed = tensor([
    [1, 10, 100],
    [1000, 10000, 100000],
  ]);
  im2col(x, { kernelSize: [2] }).backward(seed);
  expect(x.grad!.toArray()).toEqual(col2im(seed, { kernelSize: [2], inputSize: [1, 4] }).toArray());
  const columns = tensor(
    [
      [0, 0, 0],
      [0, 0, 0],
    ],
    { requiresGrad: true },
  );
  col2im(columns, { kernelSize: [2], inputSize: [1, 4] }).backward(tensor([[1, 2, 3, 4]]));
  expect(columns.grad!.toArray()).toEqual([
    [1, 2, 3],
    [2, 3, 4],
  ]);
});

test("rejects columns of another shape, and settings that do not fit", () => {
  expect(() =>
    col2im(ones([2, 4]), { kernelSize: [2], inputSize: [1, 4] }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: col2im: columns must have shape [2, 3], got [2, 4]
      inputSize [1, 4]]
  `);
  expect(() => col2im(ones([2, 3]), { kernelSize: [2] } as never)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: col2im: inputSize must be the shape of the image
      help: pass {inputSize: input.shape}]
  `);
  expect(() => im2col(ones([1, 4]), {} as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: im2col: kernelSize must be a number or one number per axis, got undefined]`,
  );
  expect(() => im2col(ones([4]), { kernelSize: [2, 2, 2, 2] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: im2col: kernelSize must have one to three numbers, got 4]`,
  );
});
