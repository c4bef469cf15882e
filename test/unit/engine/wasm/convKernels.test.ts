// All geometries against the plain loops are in test/suites/engineConv.ts.
import { expect, test } from "vitest";
import type { ConvGeometry } from "../../../../src/engine/interface.js";
import { onHeap, read, simdEngine } from "../../../support/wasmEngine.js";

const geometry: ConvGeometry = {
  batch: 1,
  inChannels: 1,
  outChannels: 1,
  groups: 1,
  inputSize: [1, 1, 5],
  kernelSize: [1, 1, 3],
  outputSize: [1, 1, 3],
  stride: [1, 1, 1],
  padding: [0, 0, 0],
  dilation: [1, 1, 1],
};

test("[1, 2, 3, 5, 7] with [11, 13, 17], bias 1000, and its input gradient", () => {
  const engine = simdEngine();
  const [x, w, y, dx] = [
    onHeap([1, 2, 3, 5, 7]),
    onHeap([11, 13, 17]),
    onHeap([0, 0, 0]),
    onHeap([0, 0, 0, 0, 0]),
  ];
  expect(engine.conv(y, x, w, onHeap([1000]), "none", geometry)).toBe(true);
  expect(read(y)).toEqual([1088, 1146, 1217]); // 11 + 26 + 51, 22 + 39 + 85, 33 + 65 + 119
  expect(engine.convInputGrad(dx, onHeap([1, 10, 100]), w, geometry)).toBe(true);
  expect(read(dx)).toEqual([11, 13 + 110, 17 + 130 + 1100, 170 + 1300, 1700]);
});
