// Every operation against the plain loops is in test/suites/engine.ts; here is what the class itself decides.
import { expect, test } from "vitest";
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
