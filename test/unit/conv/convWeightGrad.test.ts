import { expect, test } from "vitest";
import { conv1dWeightGrad, conv2dWeightGrad, conv3dWeightGrad } from "../../../src/conv/convWeightGrad.js";
import { ones, tensor } from "../../../src/tensor/create.js";

const x = tensor([[1, 2, 3, 5, 7]]);
const delta = tensor([[100, 10, 1]]);

test("the worked example: a valid correlation of x with δ", () => {
  // dw₁ = 100·1 + 10·2 + 1·3, dw₂ = 100·2 + 10·3 + 1·5, dw₃ = 100·3 + 10·5 + 1·7
  expect(conv1dWeightGrad(x, delta, { kernelSize: 3 }).toArray()).toEqual([[[123, 235, 357]]]);
});

test("a stride spreads δ, so kernelSize must be told", () => {
  // stride 2: δ₁ sits on x₁ and δ₂ on x₃; kernels of 2 and 3 both give two outputs
  const two = tensor([[100, 10]]);
  expect(conv1dWeightGrad(x, two, { kernelSize: 3, stride: 2 }).toArray()).toEqual([[[130, 250, 370]]]);
  expect(conv1dWeightGrad(x, two, { kernelSize: 2, stride: 2 }).toArray()).toEqual([[[130, 250]]]);
});

test("sums over the batch and all places", () => {
  expect(conv2dWeightGrad(ones([2, 1, 3, 3]), ones([2, 1, 2, 2]), { kernelSize: 2 }).toArray()).toEqual([
    [
      [
        [8, 8],
        [8, 8],
      ],
    ],
  ]);
  expect(
    conv3dWeightGrad(ones([1, 4, 3, 3, 3]), ones([1, 6, 1, 1, 1]), { kernelSize: 3, groups: 2 }).shape,
  ).toEqual([6, 2, 3, 3, 3]);
});

test("can be differentiated in both arguments", () => {
  const input = tensor([[1, 2, 3, 5, 7]], { requiresGrad: true });
  const gradOutput = tensor([[100, 10, 1]], { requiresGrad: true });
  conv1dWeightGrad(input, gradOutput, { kernelSize: 3 }).backward(tensor([[[11, 13, 17]]]));
  // the trilinear form again: with w as the seed, x gets the input gradient and δ the convolution
  expect(input.grad!.toArray()).toEqual([[1100, 1410, 1841, 183, 17]]);
  expect(gradOutput.grad!.toArray()).toEqual([[88, 146, 217]]);
});

test("rejects a gradient of another size", () => {
  expect(() => conv1dWeightGrad(x, delta, { kernelSize: 2 })).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: conv1dWeightGrad: gradOutput must have the shape of the convolution's output [1, 4], got [1, 3]
      input [1, 5], kernelSize [2]]
  `);
  expect(() => conv1dWeightGrad(x, delta, {} as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: conv1dWeightGrad: kernelSize must be a number or one number per axis, got undefined]`,
  );
});
