import { expect, test } from "vitest";
import { poolGeometry } from "../../../src/conv/pool.js";
import { ones } from "../../../src/tensor/create.js";

test("the stride defaults to the window, each channel is a group of its own", () => {
  const { geometry, shape } = poolGeometry("f", 2, ones([2, 3, 6, 9]), { kernelSize: [2, 3] });
  expect(shape).toEqual([2, 3, 3, 3]);
  expect(geometry).toEqual({
    batch: 2,
    inChannels: 3,
    outChannels: 3,
    groups: 3,
    inputSize: [1, 6, 9],
    kernelSize: [1, 2, 3],
    outputSize: [1, 3, 3],
    stride: [1, 2, 3],
    padding: [0, 0, 0],
    dilation: [1, 1, 1],
  });
  expect(poolGeometry("f", 1, ones([3, 7]), { kernelSize: 3, stride: 2, padding: 1 }).shape).toEqual([3, 4]);
});

test("rejects padding beyond half a window", () => {
  expect(() =>
    poolGeometry("maxPool2d", 2, ones([1, 4, 4]), { kernelSize: [2, 3], padding: 2 }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: maxPool2d: padding must be at most half of kernelSize, got padding 2, 2 and kernelSize 2, 3
      help: with more, a window could lie in the padding alone]
  `);
});
