// Every operation against the plain loops is in test/suites/engine.ts; here is what the class itself decides.
import { expect, test } from "vitest";
import type { ConvGeometry } from "../../../../src/engine/interface.js";
import { arraySpan } from "../../../../src/engine/memory.js";
import { onHeap, read, simdEngine } from "../../../support/wasmEngine.js";

test("operands in ordinary arrays are copied to the heap; results must be on it", () => {
  const engine = simdEngine();
  const [x, y] = [arraySpan(Float32Array.of(1, -2)), onHeap([0, 0])];
  expect(engine.unary("relu", y, x, 0, 0)).toBe(true);
  expect(read(y)).toEqual([1, 0]);
  expect(engine.unary("relu", x, y, 0, 0)).toBe(false);
});

test("float64, strided layouts, inner axes of softmax and an empty axis are left to the plain loops", () => {
  const engine = simdEngine();
  const [a, y] = [onHeap([1, 2, 3, 4]), onHeap([0, 0, 0, 0])];
  expect(engine.unary("exp", arraySpan(Float64Array.of(1)), arraySpan(Float64Array.of(1)), 0, 0)).toBe(false);
  const strided = { kind: "strided", sizes: [2, 2], aStrides: [1, 2], bStrides: [2, 1] } as const;
  expect(engine.binary("add", y, a, a, strided)).toBe(false);
  expect(engine.softmax(false, y, a, 1, 2, 2)).toBe(false);
  expect(engine.reduce("sum", y, a, 1, 0, 1)).toBe(false);
  expect(engine.copy(y, a, { sizes: [4], strides: [1], offset: 0 })).toBe(false);
});

test("update works on a part of the arena", () => {
  const engine = simdEngine();
  const [p, g] = [onHeap([1, 1, 1, 1]), onHeap([1, 1, 1, 1])];
  expect(engine.update("sgd", p, g, [], 1, 3, [0.5, 0, 0, 1, 0, 1])).toBe(true);
  expect(read(p)).toEqual([1, 0.5, 0.5, 1]);
});

const pixel: ConvGeometry = {
  batch: 1, inChannels: 1, outChannels: 1, groups: 1, inputSize: [1, 1, 3], kernelSize: [1, 1, 2],
  outputSize: [1, 1, 2], stride: [1, 1, 1], padding: [0, 0, 0], dilation: [1, 1, 1],
}; // biome-ignore format: one geometry
const wide = {
  ...pixel,
  inChannels: 32,
  outChannels: 32,
  inputSize: [1, 16, 16],
  kernelSize: [1, 3, 3],
  outputSize: [1, 14, 14],
} as const;

test("a convolution that fails its self-test is refused and named; one that fails by Winograd's method is done by the direct tiles", () => {
  const broken = simdEngine();
  Object.defineProperty(broken, "conv", { value: () => true });
  const [x, dy, dw] = [onHeap([1, 2, 3]), onHeap([1, 1]), onHeap([0, 0])];
  expect(broken.convWeightGrad(dw, x, dy, pixel, false)).toBe(false);
  expect(broken.refused).toEqual(["conv"]);

  const engine = simdEngine();
  expect(engine.convWeightGrad(dw, x, dy, pixel, false)).toBe(true);
  expect([read(dw), engine.refused]).toEqual([[3, 5], []]);
  Object.defineProperty(engine, "conv", { value: () => true }); // from here on a self-test finds it wrong
  const [images, upstream] = [new Float32Array(32 * 256).fill(1), new Float32Array(32 * 196).fill(1)];
  const sums = onHeap(new Float32Array(32 * 32 * 9));
  expect(engine.convWeightGrad(sums, onHeap(images), onHeap(upstream), wide, false)).toBe(true);
  expect(read(sums).every((sum) => sum === 196)).toBe(true);
  expect(engine.refused).toEqual(["conv by Winograd's method"]);
});
