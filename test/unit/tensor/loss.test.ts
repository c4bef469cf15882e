import { describe, expect, test } from "vitest";
import { tensor } from "../../../src/tensor/create.js";
import { meanClassLoss, squaredError } from "../../../src/tensor/loss.js";
import "../../../src/tensor/methods.js";
import { errorOf } from "../../support/errorOf.js";
import "../../support/toBeCloseToTensor.js";

describe("squaredError", () => {
  test("mean by default, any factor", () => {
    const [p, t] = [tensor([[1], [2]]), tensor([[0], [4]])];
    expect(squaredError(p, t).item()).toBe(2.5); // (1 + 4)/2
    expect(squaredError(p, t, 1).item()).toBe(5);
    expect(squaredError(p, t).shape).toEqual([]);
  });

  test("both sides get a gradient: ±2(p − t)/n", () => {
    const p = tensor([1, 2], { requiresGrad: true });
    const t = tensor([0, 4], { requiresGrad: true });
    squaredError(p, t).mul(3).backward();
    expect([p.grad?.toArray(), t.grad?.toArray()]).toEqual([
      [3, -6],
      [-3, 6],
    ]);
  });

  test("nothing is broadcast: [N] against [N, 1] is the classic silent mistake", () => {
    expect(errorOf(() => squaredError(tensor([[1], [2]]), tensor([1, 2])))).toBe(
      "ShapeError: mseLoss: prediction and target must have the same shape\n  prediction [2, 1], target [2]\n  help: target.reshape(2, 1)",
    );
    expect(errorOf(() => squaredError(tensor([1]), tensor([1], { dtype: "float64" })))).toBe(
      'TypeError: mseLoss: prediction and target must have the same dtype, got float32 and float64\n  help: use target.to("float32")',
    );
  });
});

describe("meanClassLoss", () => {
  test("equal logits give log K", () => {
    const loss = meanClassLoss(tensor([[0, 0, 0, 0]], { dtype: "float64" }), Int32Array.of(2));
    expect(loss.item()).toBeCloseTo(Math.log(4), 15);
  });

  test("logits of ±1000 overflow nowhere", () => {
    const logits = tensor(
      [
        [1000, -1000],
        [1000, -1000],
      ],
      { requiresGrad: true },
    );
    const loss = meanClassLoss(logits, Int32Array.of(0, 1));
    expect(loss.item()).toBe(1000); // (0 + 2000)/2
    loss.backward();
    expect(logits.grad?.toArray()).toEqual([
      [0, 0],
      [0.5, -0.5],
    ]);
  });

  test("the gradient is (softmax − one-hot)/rows", () => {
    const logits = tensor([[Math.log(1), Math.log(3)]], { requiresGrad: true, dtype: "float64" });
    meanClassLoss(logits, Int32Array.of(0)).backward();
    expect(logits.grad as NonNullable<typeof logits.grad>).toBeCloseToTensor([[0.25 - 1, 0.75]], 1e-14);
  });
});
