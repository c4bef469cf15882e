import { expect, test } from "vitest";
import {
  checkBias,
  checkChannels,
  checkGroups,
  checkSameDtype,
  checkTensor,
  checkWeight,
  imageShape,
  readImage,
} from "../../../src/conv/operands.js";
import { ones } from "../../../src/tensor/create.js";

test("readImage reads a batch and a single image", () => {
  expect(readImage("f", "input", [8, 3, 28, 30], 2)).toEqual({
    batch: 8,
    channels: 3,
    size: [28, 30],
    isBatched: true,
  });
  const single = readImage("f", "input", [3, 28, 30], 2);
  expect(single).toEqual({ batch: 1, channels: 3, size: [28, 30], isBatched: false });
  expect(imageShape(single, 5, [26, 28])).toEqual([5, 26, 28]);
  expect(imageShape({ ...single, isBatched: true }, 5, [26, 28])).toEqual([1, 5, 26, 28]);
});

test("names the axes that are missing", () => {
  expect(() => readImage("conv2d", "input", [28, 28], 2)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: conv2d: input must have shape [N, C, H, W] or [C, H, W], got [28, 28]]`,
  );
  expect(() => readImage("conv3d", "input", [1, 2], 3)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: conv3d: input must have shape [N, C, D, H, W] or [C, D, H, W], got [1, 2]]`,
  );
  expect(() =>
    checkWeight("conv1d", ones([3, 3]), 1, "outChannels, inChannels / groups"),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: conv1d: weight must have shape [outChannels, inChannels / groups, k], got [3, 3]]`,
  );
});

test("rejects other kinds and mixed number types", () => {
  expect(() => checkTensor("conv2d", "input", [[1, 2]])).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: conv2d: input must be a Tensor, got [[1, 2]]
      help: tensor(values) makes one]
  `);
  const mixed = () => checkSameDtype("conv2d", "input", ones([1]), "weight", ones([1], { dtype: "float64" }));
  expect(mixed).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: conv2d: input and weight must have the same dtype, got float32 and float64
      help: weight.to("float32") converts]
  `);
});

test("groups must divide, and channels per group must fit the weight", () => {
  expect(() => checkGroups("conv2d", 0, "input channels", 4)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: conv2d: groups must be a whole number of at least 1, got 0]`,
  );
  expect(() => checkGroups("conv2d", 3, "input channels", 4)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: conv2d: groups must divide the 4 input channels, got groups 3]`,
  );
  expect(() =>
    checkChannels("conv2d", ones([16, 3, 5, 5]), 4, 1, "input [8, 4, 28, 28]"),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: conv2d: weight expects 3 input channels (inChannels / groups), got 4
      input [8, 4, 28, 28], weight [16, 3, 5, 5], groups 1]
  `);
});

test("a bias is one number per output channel", () => {
  const weight = ones([4, 1, 3]);
  expect(() => checkBias("conv1d", undefined, 4, weight)).not.toThrow();
  expect(() => checkBias("conv1d", ones([4]), 4, weight)).not.toThrow();
  expect(() => checkBias("conv1d", ones([4, 1]), 4, weight)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: conv1d: bias must have shape [4] (output channels), got [4, 1]]`,
  );
});
