import { expect, test } from "vitest";
import { onHeap, read, simdEngine } from "../../../support/wasmEngine.js";

test("products with nothing to sum are zero, or leave what is there when adding", () => {
  const engine = simdEngine();
  const [c, empty] = [onHeap([5, 5]), onHeap([1])];
  expect(engine.matmul(c, empty, empty, 1, 2, 0, false, false, 1, 0, 0, true)).toBe(true);
  expect(read(c)).toEqual([5, 5]);
  expect(engine.matmul(c, empty, empty, 1, 2, 0, false, false, 1, 0, 0, false)).toBe(true);
  expect(read(c)).toEqual([0, 0]);
});

test("one output feature: the bias is one number for all rows", () => {
  const engine = simdEngine();
  const y = onHeap([0, 0, 0]);
  engine.linear(y, onHeap([1, 2, 3, 4, 5, 6]), onHeap([1, 10]), onHeap([0.5]), "relu", 3, 2, 1);
  expect(read(y)).toEqual([21.5, 43.5, 65.5]);
});
