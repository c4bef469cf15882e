import { expect, test } from "vitest";
import { conv1d } from "../../../src/conv/conv.js";
import { conv1dInputGrad, conv2dInputGrad, conv3dInputGrad } from "../../../src/conv/convInputGrad.js";
import { ones, tensor } from "../../../src/tensor/create.js";

const delta = tensor([[100, 10, 1]]);
const w = tensor([[[11, 13, 17]]]);

test("the worked example: every output gives back along the paths it came", () => {
  // x₃ met w₃ in o₁, w₂ in o₂, w₁ in o₃: 100·17 + 10·13 + 1·11 = 1841
  expect(conv1dInputGrad(delta, w, { inputSize: [1, 5] }).toArray()).toEqual([[1100, 1410, 1841, 183, 17]]);
});

test("inputSize decides between the lengths that a stride maps to one", () => {
  // stride 2, kernel 3: lengths 7 and 8 both give 3 outputs; the last element of 8 is seen by no window
  expect(conv1dInputGrad(delta, w, { inputSize: [1, 7], stride: 2 }).toArray()).toEqual([
    [1100, 1300, 1810, 130, 181, 13, 17],
  ]);
  expect(conv1dInputGrad(delta, w, { inputSize: [1, 8], stride: 2 }).toArray()).toEqual([
    [1100, 1300, 1810, 130, 181, 13, 17, 0],
  ]);
});

test("counts the windows over each element when everything is 1", () => {
  expect(conv2dInputGrad(ones([1, 2, 2]), ones([1, 1, 2, 2]), { inputSize: [1, 3, 3] }).toArray()).toEqual([
    [
      [1, 2, 1],
      [2, 4, 2],
      [1, 2, 1],
    ],
  ]);
  expect(
    conv3dInputGrad(ones([1, 2, 2, 2]), ones([1, 1, 2, 2, 2]), { inputSize: [1, 3, 3, 3] }).data[13],
  ).toBe(8);
});

test("can be differentiated: the gradient with respect to gradOutput is the convolution itself", () => {
  const own = tensor([[100, 10, 1]], { requiresGrad: true });
  const seed = tensor([[1, 2, 3, 5, 7]]);
  conv1dInputGrad(own, w, { inputSize: [1, 5] }).backward(seed);
  expect(own.grad!.toArray()).toEqual(conv1d(seed, w).toArray());
});

test("rejects a gradient that the convolution cannot have, and a missing inputSize", () => {
  expect(() => conv1dInputGrad(delta, w, { inputSize: [1, 6] })).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: conv1dInputGrad: gradOutput must have the shape of the convolution's output [1, 4], got [1, 3]
      inputSize [1, 6], weight [1, 1, 3]]
  `);
  expect(() => conv1dInputGrad(delta, w, {} as never)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: conv1dInputGrad: inputSize must be the shape of the convolution's input
      help: pass {inputSize: input.shape}]
  `);
  expect(() => conv1dInputGrad(delta, w, { inputSize: [5] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: conv1dInputGrad: inputSize must have shape [N, C, L] or [C, L], got [5]]`,
  );
});
