import { describe, expect, test } from "vitest";
import { tensor } from "../../../src/index.js";
import { l1Penalty, l2Penalty, maxNorm } from "../../../src/regularization/penalty.js";

const weights = () => [
  tensor([1, -2], { requiresGrad: true, dtype: "float64" }),
  tensor([[3, 0]], { requiresGrad: true, dtype: "float64" }),
];

describe("norm penalties", () => {
  test("L1 is Σ|w| with gradient sign(w)", () => {
    const parameters = weights();
    const penalty = l1Penalty(parameters);
    penalty.backward();
    expect(penalty.item()).toBe(6);
    expect(parameters.map((p) => p.grad!.toArray())).toEqual([[1, -1], [[1, 0]]]);
  });

  test("L2 is Σw² with gradient 2w", () => {
    const parameters = weights();
    const penalty = l2Penalty(parameters);
    penalty.backward();
    expect(penalty.item()).toBe(14);
    expect(parameters.map((p) => p.grad!.toArray())).toEqual([[2, -4], [[6, 0]]]);
  });

  test("an empty list is refused", () => {
    expect(() => l2Penalty([])).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: l2Penalty: parameters must be a list of at least one tensor, got []
        help: pass model.parameters()]
    `);
  });
});

describe("max-norm", () => {
  test("rows above the limit are scaled to it, others and biases stay", () => {
    const w = tensor(
      [
        [3, 4],
        [0.3, 0.4],
      ],
      { dtype: "float64" },
    );
    const bias = tensor([9], { dtype: "float64" });
    expect(maxNorm([w, bias], 1)).toBe(1);
    const [first, second] = w.toArray() as number[][];
    expect(Math.hypot(...first!)).toBeCloseTo(1, 12);
    expect(first![0]! / first![1]!).toBeCloseTo(0.75, 12);
    expect(second).toEqual([0.3, 0.4]);
    expect(bias.toArray()).toEqual([9]);
  });

  test("the limit must be positive", () => {
    expect(() => maxNorm(weights(), 0)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: maxNorm: limit must be a finite number greater than 0, got 0]`,
    );
  });
});
