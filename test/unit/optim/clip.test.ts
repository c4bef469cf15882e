import { describe, expect, test } from "vitest";
import { clipGradNorm, clipGradValue } from "../../../src/optim/clip.js";
import { SGD } from "../../../src/optim/sgd.js";
import { tensor } from "../../../src/tensor/create.js";
import type { Tensor } from "../../../src/tensor/tensor.js";

function withGradient(values: number[]): Tensor {
  const parameter = tensor(values, { dtype: "float64", requiresGrad: true });
  parameter.backward(tensor(values, { dtype: "float64" }));
  return parameter;
}

describe("clipGradNorm(parameters, maxNorm)", () => {
  // √(3² + 4² + 12²) = 13
  test("scales all gradients together and returns the norm before", () => {
    const a = withGradient([3, 4]);
    const b = withGradient([12]);
    expect(clipGradNorm([a, b], 6.5)).toBeCloseTo(13, 12);
    expect(a.grad!.toArray()).toEqual([1.5, 2]);
    expect(b.grad!.toArray()).toEqual([6]);
  });

  test("leaves small gradients and parameters without gradient alone", () => {
    const a = withGradient([3, 4]);
    const none = tensor([1], { requiresGrad: true });
    expect(clipGradNorm([a, none], 5)).toBeCloseTo(5, 12);
    expect(a.grad!.toArray()).toEqual([3, 4]);
    expect(none.grad).toBeNull();
    expect(clipGradNorm([none], 1)).toBe(0);
  });

  test("works on parameters that an optimizer has moved", () => {
    const w = tensor([3, 4], { dtype: "float64", requiresGrad: true });
    const optimizer = new SGD([w], { learningRate: 1 });
    w.backward(tensor([3, 4], { dtype: "float64" }));
    clipGradNorm([w], 1);
    optimizer.step();
    expect(w.data[0]).toBeCloseTo(2.4, 12);
    expect(w.data[1]).toBeCloseTo(3.2, 12);
  });

  test("refuses a limit that is not above 0", () => {
    expect(() => clipGradNorm([], 0)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: clipGradNorm: maxNorm must be a finite number greater than 0, got 0]`,
    );
    expect(() => clipGradNorm([1] as unknown as Tensor[], 1)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: clipGradNorm: parameters[0] must be a tensor, got 1]`,
    );
    expect(() => clipGradNorm(tensor([1]) as unknown as Tensor[], 1)).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: clipGradNorm: parameters must be an array of tensors, got Tensor[1]
        help: pass model.parameters()]
    `);
  });
});

describe("clipGradValue(parameters, limit)", () => {
  test("limits each number by itself", () => {
    const a = withGradient([3, -4, 0.5]);
    clipGradValue([a], 1);
    expect(a.grad!.toArray()).toEqual([1, -1, 0.5]);
    expect(() => clipGradValue([a], -1)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: clipGradValue: limit must be a finite number greater than 0, got -1]`,
    );
  });
});
