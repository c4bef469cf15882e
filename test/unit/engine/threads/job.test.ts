import { beforeAll, expect, test } from "vitest";
import type { ConvGeometry } from "../../../../src/engine/interface.js";
import {
  convJob,
  inputGradJob,
  inputLength,
  outputLength,
  productJob,
  runJob,
  updateJob,
  weightGradJob,
  weightLength,
} from "../../../../src/engine/threads/job.js";
import { onHeap, read, simdEngine } from "../../../support/wasmEngine.js";

beforeAll(() => void simdEngine());

/** Two signals of 1 channel and 4 numbers, a kernel of 2: correlation without padding gives 3 numbers. */
const geometry: ConvGeometry = {
  batch: 2,
  inChannels: 1,
  outChannels: 1,
  groups: 1,
  inputSize: [1, 1, 4],
  kernelSize: [1, 1, 2],
  outputSize: [1, 1, 3],
  stride: [1, 1, 1],
  padding: [0, 0, 0],
  dilation: [1, 1, 1],
};

test("lengths follow from the geometry", () => {
  const grouped: ConvGeometry = { ...geometry, inChannels: 6, outChannels: 4, groups: 2 };
  expect([inputLength(grouped), outputLength(grouped), weightLength(grouped)]).toEqual([48, 24, 24]);
});

test("a convolution: kernel (1, 10), bias 1, relu", () => {
  const [x, w, b] = [onHeap([1, 2, 3, 4, -1, -1, -1, 0]), onHeap([1, 10]), onHeap([1])];
  const y = onHeap([0, 0, 0, 0, 0, 0]);
  const job = convJob(y.pointer, x.pointer, w.pointer, b.pointer, "relu", geometry);
  expect(runJob(simdEngine(), job)).toBe(true);
  // 1 + 1 + 20, 1 + 2 + 30, 1 + 3 + 40 · 1 − 1 − 10 < 0 twice, 1 − 1 + 0
  expect(read(y)).toEqual([22, 33, 44, 0, 0, 0]);
  expect(runJob(simdEngine(), convJob(y.pointer, x.pointer, w.pointer, -1, "none", geometry))).toBe(true);
  expect(read(y)).toEqual([21, 32, 43, -11, -11, -1]);
});

test("its gradients", () => {
  const [w, dy, dx] = [onHeap([1, 10]), onHeap([1, 0, 0, 0, 0, 2]), onHeap(Array(8).fill(7))];
  expect(runJob(simdEngine(), inputGradJob(dx.pointer, dy.pointer, w.pointer, geometry))).toBe(true);
  expect(read(dx)).toEqual([1, 10, 0, 0, 0, 0, 2, 20]);
  const [x, dw] = [onHeap([1, 2, 3, 4, 5, 6, 7, 8]), onHeap([7, 7])];
  expect(runJob(simdEngine(), weightGradJob(dw.pointer, x.pointer, dy.pointer, geometry))).toBe(true);
  // first signal at 0: (1, 2); second at 2, twice: 2·(7, 8)
  expect(read(dw)).toEqual([15, 18]);
});

test("an update of the first two numbers: p − 0.5·g", () => {
  const [p, g] = [onHeap([1, 2, 3]), onHeap([2, 4, 6])];
  const job = updateJob("sgd", [p.pointer, g.pointer], 2, [0.5, 0, 0, 1, 0, 1]);
  expect(runJob(simdEngine(), job)).toBe(true);
  expect(read(p)).toEqual([0, 0, 3]);
});

test("the second and third row of a product, added to what is there", () => {
  const [a, b, c] = [onHeap([1, 0, 0, 1, 2, 2]), onHeap([1, 2, 3, 4]), onHeap([9, 9, 9, 9, 9, 9])];
  const call = { c: c.pointer, a: a.pointer, b: b.pointer, m: 3, n: 2, k: 2 };
  const flags = { transposeA: false, transposeB: false, accumulate: true };
  expect(runJob(simdEngine(), productJob({ ...call, ...flags }, 1, 2))).toBe(true);
  // row 1 is (3, 4), row 2 is 2·(1 + 3, 2 + 4)
  expect(read(c)).toEqual([9, 9, 12, 13, 17, 21]);
});
