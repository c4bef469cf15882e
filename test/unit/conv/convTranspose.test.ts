import { expect, test } from "vitest";
import { conv1d } from "../../../src/conv/conv.js";
import { convTranspose1d, convTranspose2d, convTranspose3d } from "../../../src/conv/convTranspose.js";
import { ones, tensor } from "../../../src/tensor/create.js";

const w = tensor([[[11, 13, 17]]]);

test("has the expected defaults: no bias, stride 1, no padding, dilation 1, one group", () => {
  const spelled = { stride: 1, padding: 0, outputPadding: 0, dilation: 1, groups: 1 };
  expect(convTranspose1d(tensor([[100, 10, 1]]), w).toArray()).toEqual([[1100, 1410, 1841, 183, 17]]);
  expect(convTranspose1d(tensor([[100, 10, 1]]), w, spelled).toArray()).toEqual([
    [1100, 1410, 1841, 183, 17],
  ]);
});

test("stride sets the copies of the kernel apart, padding cuts the ends, outputPadding adds one", () => {
  const input = tensor([[1, 2]]);
  expect(convTranspose1d(input, w, { stride: 3 }).toArray()).toEqual([[11, 13, 17, 22, 26, 34]]);
  expect(convTranspose1d(input, w, { stride: 3, padding: 1 }).toArray()).toEqual([[13, 17, 22, 26]]);
  expect(convTranspose1d(input, w, { stride: 3, padding: 1, outputPadding: 1 }).toArray()).toEqual([
    [13, 17, 22, 26, 34],
  ]);
  expect(convTranspose1d(tensor([[1]]), w, { dilation: 2, bias: tensor([0.5]) }).toArray()).toEqual([
    [11.5, 0.5, 13.5, 0.5, 17.5],
  ]);
});

test("the first size of the weight is the input's channels, the second the output's", () => {
  const y = convTranspose2d(ones([2, 3, 4]), ones([2, 5, 1, 1]));
  expect(y.shape).toEqual([5, 3, 4]);
  expect(y.data[0]).toBe(2);
  expect(convTranspose3d(ones([1, 4, 2, 2, 2]), ones([4, 3, 2, 2, 2]), { groups: 2 }).shape).toEqual([
    1, 6, 3, 3, 3,
  ]);
});

test("backward is the convolution: the gradient of the argument slides the kernel over the gradient", () => {
  const input = tensor([[0, 0, 0]], { requiresGrad: true });
  const bias = tensor([0], { requiresGrad: true });
  const gradient = tensor([[1, 2, 3, 5, 7]]);
  convTranspose1d(input, w, { bias }).backward(gradient);
  expect(input.grad!.toArray()).toEqual(conv1d(gradient, w).toArray());
  expect(bias.grad!.toArray()).toEqual([18]);
});

test("is not the inverse of a convolution", () => {
  const x = tensor([[1, 2, 3, 5, 7]]);
  expect(convTranspose1d(conv1d(x, w), w).toArray()).not.toEqual(x.toArray());
});

test("rejects a weight in the order of conv, with a hint", () => {
  expect(() => convTranspose2d(ones([1, 2, 4, 4]), ones([5, 2, 3, 3]))).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: convTranspose2d: weight expects 5 input channels (its first size), got 2
      input [1, 2, 4, 4], weight [5, 2, 3, 3], groups 1
      help: the weight of a transposed convolution is [inChannels, outChannels / groups, ...kernel]]
  `);
  expect(() =>
    convTranspose1d(tensor([[1]]), w, { padding: "same" } as never),
  ).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: convTranspose1d: padding must be a number or one number per axis, got "same"]`,
  );
});
