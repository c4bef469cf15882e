import { describe, expect, test } from "vitest";
import { createRandom, setSeed } from "../../../src/random.js";
import {
  arange,
  eye,
  full,
  linspace,
  ones,
  randn,
  tensor,
  uniform,
  zeros,
} from "../../../src/tensor/create.js";
import type { NestedNumbers } from "../../../src/tensor/tensor.js";
import { errorOf } from "../../support/errorOf.js";

describe("tensor", () => {
  test("has the expected defaults: float32, no gradient, shape of the nesting", () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect([x.shape, x.dtype, x.requiresGrad, x.size, x.ndim]).toEqual([[2, 3], "float32", false, 6, 2]);
    expect(x.toArray()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  test("a number is a scalar, [] and [[]] are empty", () => {
    expect([tensor(3).shape, tensor(3).item()]).toEqual([[], 3]);
    expect([tensor([]).shape, tensor([[], []]).shape]).toEqual([[0], [2, 0]]);
  });

  test("typed arrays keep their type and are copied", () => {
    const values = Float64Array.of(1, 2, 3, 4);
    const x = tensor(values, { shape: [2, 2] });
    values[0] = 9;
    expect([x.dtype, x.toArray()]).toEqual([
      "float64",
      [
        [1, 2],
        [3, 4],
      ],
    ]);
    expect(tensor(Float32Array.of(1)).dtype).toBe("float32");
    expect(tensor(values, { dtype: "float32" }).dtype).toBe("float32");
  });

  test("options", () => {
    const x = tensor([1, 2], { dtype: "float64", requiresGrad: true, shape: [2, 1] });
    expect([x.dtype, x.requiresGrad, x.toArray()]).toEqual(["float64", true, [[1], [2]]]);
  });

  test.each([
    [
      () => tensor([[1, 2], [3]]),
      "ShapeError: tensor: arrays of one level must have the same length, got 2 first and 1 values later",
    ],
    [
      () => tensor([[1], 2]),
      "ShapeError: tensor: arrays of one level must have the same length, got 1 first and 2 later",
    ],
    [
      () => tensor([1, [2]]),
      "ShapeError: tensor: arrays of one level must have the same length, got a number first and 1 values later",
    ],
    [
      () => tensor([1, "2"] as unknown as number[]),
      'TypeError: tensor: every value must be a number, got "2"',
    ],
    [
      () => tensor([1, undefined] as unknown as number[]),
      "TypeError: tensor: every value must be a number, got undefined",
    ],
    [
      () => tensor("12" as unknown as number[]),
      'TypeError: tensor: values must be numbers, nested arrays or a Float32Array or Float64Array, got "12"',
    ],
    [
      () => tensor(Int32Array.of(1) as unknown as number[]),
      "TypeError: tensor: values must be numbers, nested arrays or a Float32Array or Float64Array, got Int32Array(1)\n  help: convert it with Float32Array.from(values)",
    ],
    [
      () => tensor([1, 2, 3], { shape: [2, 2] }),
      "ShapeError: tensor: the shape must have as many elements as there are values, got 4 for 3\n  shape [2, 2]",
    ],
    [
      () => tensor([1], { dtype: "float16" as "float32" }),
      'RangeError: tensor: dtype must be "float32" or "float64", got "float16"\n  help: did you mean "float32"?',
    ],
    [
      () => tensor([1], { requireGrad: true } as object),
      'TypeError: tensor: unknown option "requireGrad"\n  help: did you mean "requiresGrad"?',
    ],
    [() => tensor([1], [2] as object), "TypeError: tensor: options must be an object, got [2]"],
  ])("error %#", (call, text) => {
    expect(errorOf(call)).toBe(text);
  });
});

test("zeros, ones, full", () => {
  expect(zeros([2, 1]).toArray()).toEqual([[0], [0]]);
  expect(ones([2], { dtype: "float64" }).dtype).toBe("float64");
  expect(full([], 2.5).item()).toBe(2.5);
  expect(errorOf(() => full([2], "1" as unknown as number))).toBe(
    'TypeError: full: value must be a number, got "1"',
  );
  expect(errorOf(() => zeros(3 as unknown as number[]))).toBe(
    "TypeError: zeros: shape must be an array of sizes, got 3\n  help: write [3]",
  );
});

test("eye", () => {
  expect(eye(3).toArray()).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  expect(errorOf(() => eye(-1))).toBe("RangeError: eye: n must be a whole number at least 0, got -1");
});

describe("arange", () => {
  test.each([
    [() => arange(4), [0, 1, 2, 3]],
    [() => arange(2, 5), [2, 3, 4]],
    [() => arange(5, 0, -2), [5, 3, 1]],
    [() => arange(0), []],
    [() => arange(0, 1, 0.25), [0, 0.25, 0.5, 0.75]],
  ])("%#", (call, values) => {
    expect(call().toArray()).toEqual(values);
  });

  test("rounding errors do not add up: element 9 is 9 · 0.1, not nine additions of 0.1", () => {
    expect(arange(0, 1, 0.1, { dtype: "float64" }).data[9]).toBe(9 * 0.1);
  });

  test("a step that leads away", () => {
    expect(errorOf(() => arange(0, 5, -1))).toBe(
      "RangeError: arange: step must lead from start to stop, got start 0, stop 5, step -1",
    );
    expect(errorOf(() => arange(0, 5, 0))).toContain("step 0");
  });
});

test("linspace hits both ends exactly", () => {
  expect(linspace(0, 1, 5).toArray()).toEqual([0, 0.25, 0.5, 0.75, 1]);
  const x = linspace(-1, 0.3, 7, { dtype: "float64" }).data;
  expect([x[0], x[6]]).toEqual([-1, 0.3]);
  expect(linspace(2, 9, 1).toArray()).toEqual([2]);
  expect(errorOf(() => linspace(0, 1, 0))).toBe(
    "RangeError: linspace: count must be a whole number at least 1, got 0",
  );
});

describe("random tensors", () => {
  test("randn: same seed same numbers; mean and std", () => {
    const draw = (seed: number): NestedNumbers => randn([3], { random: createRandom(seed) }).toArray();
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    const random = createRandom(1);
    expect(randn([2], { mean: 5, std: 0, random }).toArray()).toEqual([5, 5]);
  });

  test("uniform within its limits", () => {
    const values = uniform([1000], { low: 2, high: 3, random: createRandom(1) }).data;
    expect(Math.min(...values)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...values)).toBeLessThanOrEqual(3);
    expect(errorOf(() => uniform([1], { low: 1, high: 0 }))).toBe(
      "RangeError: uniform: low must be at most high, got low 1, high 0",
    );
  });

  test("without a generator the shared one is used", () => {
    setSeed(3);
    const first = randn([4]).toArray();
    setSeed(3);
    expect(randn([4]).toArray()).toEqual(first);
    expect(uniform([4]).toArray()).not.toEqual(first);
  });

  test("a seed in place of a generator", () => {
    expect(errorOf(() => randn([1], { random: 1 as unknown as ReturnType<typeof createRandom> }))).toBe(
      "TypeError: randn: random must be a generator, got 1\n  help: pass createRandom(seed)",
    );
    expect(errorOf(() => randn([1], { seed: 1 } as object))).toBe(
      'TypeError: randn: unknown option "seed"\n  help: did you mean "random"?',
    );
  });
});
