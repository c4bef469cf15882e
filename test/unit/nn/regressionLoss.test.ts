import { describe, expect, test } from "vitest";
import { huberLoss, l1Loss, mseLoss } from "../../../src/nn/regressionLoss.js";
import { tensor } from "../../../src/tensor/create.js";

const p = (): ReturnType<typeof tensor> => tensor([1, 2, 5], { dtype: "float64", requiresGrad: true });
const t = tensor([1, 4, 4], { dtype: "float64" });

describe("by hand: differences 0, −2, 1", () => {
  test("mseLoss: (0 + 4 + 1) / 3, gradient 2(p − t) / 3", () => {
    const x = p();
    const loss = mseLoss(x, t);
    loss.backward();
    expect(loss.item()).toBeCloseTo(5 / 3, 14);
    expect(loss.shape).toEqual([]);
    expect([...x.grad!.data].map((g) => g * 3)).toEqual([0, -4, 2]);
  });

  test("l1Loss {reduction: sum}: 0 + 2 + 1, gradient sign(p − t), 0 where equal", () => {
    const x = p();
    const loss = l1Loss(x, t, { reduction: "sum" });
    loss.backward();
    expect(loss.item()).toBe(3);
    expect(x.grad!.toArray()).toEqual([0, -1, 1]);
  });

  test("huberLoss {reduction: none}, δ = 1: 0, 1·(2 − ½), ½·1²", () => {
    expect(huberLoss(p(), t, { reduction: "none" }).toArray()).toEqual([0, 1.5, 0.5]);
  });

  test("the target gets its gradient too", () => {
    const target = tensor([3], { requiresGrad: true });
    mseLoss(tensor([1]), target).backward();
    expect(target.grad!.toArray()).toEqual([4]);
  });
});

describe("errors", () => {
  test("[n] against [n, 1] is refused with the way out", () => {
    expect(() => mseLoss(tensor([[1], [2]]), tensor([1, 2]))).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: mseLoss: prediction and target must have the same shape
        prediction [2, 1], target [2]
        help: use target.reshape(2, 1)]
    `);
  });
  test("all losses name what they do not know", () => {
    expect(() => mseLoss(p(), t, { reduce: "sum" } as object)).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: mseLoss: unknown option "reduce"
        help: the options are reduction]
    `);
    expect(() => l1Loss(p(), t, { reduction: "average" as "mean" })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: l1Loss: reduction must be "mean" or "sum" or "none", got "average"]`,
    );
    expect(() => huberLoss(p(), t, { delta: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: huberLoss: delta must be a finite number greater than 0, got 0]`,
    );
    expect(() => l1Loss(p(), tensor([1, 2, 3]))).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: l1Loss: prediction and target must have one dtype, got float64 and float32
        help: use target.to("float64")]
    `);
    expect(() => l1Loss([1] as never, t)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: l1Loss: prediction must be a tensor, got [1]]`,
    );
    expect(() => l1Loss(tensor([]), tensor([]))).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: l1Loss: there must be at least one number, got none
        prediction [0]]
    `);
  });
});
