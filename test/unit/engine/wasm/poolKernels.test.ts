import { expect, test } from "vitest";
import type { PoolGeometry } from "../../../../src/engine/interface.js";
import { onHeap, read, simdEngine } from "../../../support/wasmEngine.js";

const geometry: PoolGeometry = {
  batch: 1,
  inChannels: 1,
  outChannels: 1,
  groups: 1,
  inputSize: [1, 1, 4],
  kernelSize: [1, 1, 3],
  outputSize: [1, 1, 2],
  stride: [1, 1, 2],
  padding: [0, 0, 1],
  dilation: [1, 1, 1],
};

test("padding counts as −∞ for a maximum and as 0 for a mean", () => {
  const engine = simdEngine();
  const [x, y, dx, winners] = [
    onHeap([-1, -2, -3, -6]),
    onHeap([0, 0]),
    onHeap([0, 0, 0, 0]),
    new Int32Array(2),
  ];
  expect(engine.pool("max", y, winners, x, geometry)).toBe(true);
  expect([read(y), Array.from(winners)]).toEqual([
    [-1, -2],
    [0, 1],
  ]);
  expect(engine.poolGrad("max", dx, onHeap([3, 4]), winners, geometry)).toBe(true);
  expect(read(dx)).toEqual([3, 4, 0, 0]);
  engine.pool("avg", y, null, x, geometry);
  expect(read(y)[0]).toBeCloseTo(-1, 6);
  expect(read(y)[1]).toBeCloseTo(-11 / 3, 6);
});

test("the gradient of a maximum needs the winners", () => {
  const engine = simdEngine();
  expect(engine.poolGrad("max", onHeap([0, 0, 0, 0]), onHeap([1, 1]), null, geometry)).toBe(false);
});
