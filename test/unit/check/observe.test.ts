import { expect, test } from "vitest";
import { observe } from "../../../src/check/observe.js";
import { tensor } from "../../../src/tensor/create.js";
import type { Tensor } from "../../../src/tensor/tensor.js";
import "../../../src/tensor/methods.js";

test("gives the values to the body and returns a copy of what it measured", () => {
  const inner = [1, 2];
  const result = observe(
    (list: number[], n: number) => ({ list, n, sum: list[0]! + n, typed: Float64Array.of(3) }),
    inner,
    5,
  );
  expect(result).toEqual({ list: [1, 2], n: 5, sum: 6, typed: Float64Array.of(3) });
  expect(result.list).not.toBe(inner);
});

test("a Tensor comes back without its history", () => {
  const x = tensor([1], { requiresGrad: true });
  const back: Tensor = observe((t: Tensor) => t, x);
  expect([back.requiresGrad, back.toArray()]).toEqual([false, [1]]);
});

test("rejects results that cannot travel", () => {
  expect(() => observe(() => ({ f: () => 1 }))).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: check.observe: the result.f must be plain data, got function f
      help: return numbers, texts, arrays, Tensors or objects of these]
  `);
  expect(() => observe(async () => 1)).toThrow(TypeError);
  expect(() => observe(3 as never)).toThrow(TypeError);
});
