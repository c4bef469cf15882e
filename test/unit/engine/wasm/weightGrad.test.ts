import { expect, test } from "vitest";
import type { ConvGeometry } from "../../../../src/engine/interface.js";
import { onHeap, read, simdEngine } from "../../../support/wasmEngine.js";

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

test("sums over positions and images, stored or added", () => {
  const engine = simdEngine();
  const [x, dy, dw] = [onHeap([1, 2, 3, 4, 10, 20, 30, 40]), onHeap([1, 1, 1, 1, 0, 0]), onHeap([5, 5])];
  expect(engine.convWeightGrad(dw, x, dy, geometry, false)).toBe(true);
  expect(read(dw)).toEqual([1 + 2 + 3 + 10, 2 + 3 + 4 + 20]);
  engine.convWeightGrad(dw, x, dy, geometry, true);
  expect(read(dw)).toEqual([32, 58]);
});
