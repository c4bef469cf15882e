import { describe, expect, test } from "vitest";
import { BatchNorm1d, BatchNorm2d, BatchNorm3d, batchNorm } from "../../../src/nn/batchNorm.js";
import { createRandom } from "../../../src/random.js";
import { ones, randn, tensor, zeros } from "../../../src/tensor/create.js";

const column = tensor([[1], [2], [4]], { dtype: "float64" });

describe("batchNorm", () => {
  // mean 7/3, biased variance 14/9, unbiased 7/3
  test("normalizes with the biased variance and stores the unbiased one", () => {
    const runningMean = zeros([1], { dtype: "float64" });
    const runningVar = ones([1], { dtype: "float64" });
    const y = batchNorm(column, { training: true, runningMean, runningVar });
    const wanted = [-1.06904153, -0.26726038, 1.33630191];
    for (const [i, value] of wanted.entries()) expect(y.data[i]).toBeCloseTo(value, 7);
    expect(runningMean.data[0]).toBeCloseTo(0.1 * (7 / 3), 12);
    expect(runningVar.data[0]).toBeCloseTo(0.9 + 0.1 * (7 / 3), 12);
  });

  test("in evaluation uses the running statistics and leaves them alone", () => {
    const runningMean = tensor([1], { dtype: "float64" });
    const runningVar = tensor([4], { dtype: "float64" });
    expect(batchNorm(column, { runningMean, runningVar, eps: 0 }).toArray()).toEqual([[0], [0.5], [1.5]]);
    expect(runningMean.toArray()).toEqual([1]);
  });

  test("errors", () => {
    expect(() => batchNorm(tensor([[1, 2]]), { training: true })).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: batchNorm: training needs more than one number per channel, got 1
        input [1, 2]
        help: use larger batches, or call model.eval() to use the running statistics]
    `);
    expect(() => batchNorm(column)).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: batchNorm: evaluation needs runningMean and runningVar, got none
        help: pass them, or {training: true}]
    `);
    expect(() => batchNorm(tensor([1]), { training: true })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: batchNorm: input must have shape [N, C, ...] with at least one number, got [1]]`,
    );
    expect(() => batchNorm(column, { train: true } as object)).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: batchNorm: unknown option "train"
        help: did you mean "training"?]
    `);
  });
});

describe("BatchNorm layers", () => {
  test("have the expected defaults", () => {
    const layer = new BatchNorm2d(3);
    expect(layer.namedParameters().map(([name]) => name)).toEqual(["weight", "bias"]);
    expect(Object.keys(layer.stateDict())).toEqual([
      "weight",
      "bias",
      "runningMean",
      "runningVar",
      "batches",
    ]);
    expect(layer.weight!.toArray()).toEqual([1, 1, 1]);
    expect(layer.runningVar.toArray()).toEqual([1, 1, 1]);
    expect(String(layer)).toBe("BatchNorm2d(3)");
  });

  test("momentum null averages all batches equally", () => {
    const layer = new BatchNorm1d(1, { momentum: null, dtype: "float64" });
    layer.forward(tensor([[0], [2]], { dtype: "float64" })); // mean 1
    layer.forward(tensor([[4], [6]], { dtype: "float64" })); // mean 5
    expect(layer.runningMean.data[0]).toBeCloseTo(3, 12);
    layer.eval().forward(tensor([[100], [200]], { dtype: "float64" }));
    expect(layer.runningMean.data[0]).toBeCloseTo(3, 12);
  });

  test("after training the statistics are near those of the data", () => {
    const layer = new BatchNorm3d(2);
    const random = createRandom(1);
    for (let step = 0; step < 60; step++) layer.forward(randn([4, 2, 2, 3, 3], { mean: 5, std: 2, random }));
    expect(layer.runningMean.data[0]).toBeCloseTo(5, 0);
    expect(Math.abs(layer.runningVar.data[0]! - 4)).toBeLessThan(0.8);
  });

  test("errors", () => {
    expect(() => new BatchNorm2d(3).forward(zeros([2, 4, 5, 5]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: BatchNorm2d: input must have 4 axes and 3 channels in the second, got [2, 4, 5, 5]]`,
    );
    expect(() => new BatchNorm1d(0)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: BatchNorm1d: channels must be a whole number at least 1, got 0]`,
    );
    expect(new BatchNorm1d(3, { affine: false }).parameters()).toEqual([]);
  });
});
