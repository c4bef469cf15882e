import { describe, expect, test } from "vitest";
import { ReLU } from "../../../src/nn/activationLayer.js";
import { BatchNorm1d, BatchNorm2d } from "../../../src/nn/batchNorm.js";
import { Conv2d } from "../../../src/nn/convLayer.js";
import { foldBatchNorm } from "../../../src/nn/foldBatchNorm.js";
import { Linear } from "../../../src/nn/linear.js";
import { Sequential } from "../../../src/nn/sequential.js";
import { createRandom } from "../../../src/random.js";
import { randn } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";

describe("foldBatchNorm", () => {
  test("w′ = wγ/√(σ² + ε), b′ = (b − μ)γ/√(σ² + ε) + β", () => {
    const layer = new Linear(2, 1, { dtype: "float64" });
    layer.weight.data.set([3, -2]);
    layer.bias!.data.set([1]);
    const norm = new BatchNorm1d(1, { eps: 0.25, dtype: "float64" }).eval();
    norm.runningMean.data.set([4]);
    norm.runningVar.data.set([2]);
    norm.weight!.data.set([6]);
    norm.bias!.data.set([10]);
    const folded = foldBatchNorm(layer, norm);
    // √(2 + 0.25) = 1.5, so the factor is 6 / 1.5 = 4: (12, −8) and (1 − 4)·4 + 10 = −2
    expect(folded.weight.toArray()).toEqual([[12, -8]]);
    expect(folded.bias!.toArray()).toEqual([-2]);
    expect(layer.weight.toArray()).toEqual([[3, -2]]);
  });

  test("keeps class, settings and the wish to train; is in evaluation mode; gets a bias", () => {
    const layer = new Conv2d(4, 6, {
      kernelSize: 3,
      padding: 1,
      paddingMode: "reflect",
      groups: 2,
      bias: false,
    });
    layer.weight.requiresGrad = false;
    const folded = foldBatchNorm(layer, new BatchNorm2d(6).eval());
    expect(folded).toBeInstanceOf(Conv2d);
    expect(folded.settings).toEqual(layer.settings);
    expect(folded.parameters()).toHaveLength(0);
    expect(folded.bias!.shape).toEqual([6]);
    expect(folded.training).toBe(false);
    expect(foldBatchNorm(new Linear(2, 6), new BatchNorm1d(6).eval()).parameters()).toHaveLength(2);
  });

  test("a trained network in evaluation is the folded one", () => {
    const random = createRandom(3);
    const settings = { kernelSize: 3, dtype: "float64", random } as const;
    const first = new Conv2d(1, 4, settings);
    const norm = new BatchNorm2d(4, { dtype: "float64" });
    const model = new Sequential(first, norm, new ReLU());
    for (let i = 0; i < 5; i++) model.forward(randn([8, 1, 6, 6], { dtype: "float64", random }));
    model.eval();
    const x = randn([2, 1, 6, 6], { dtype: "float64", random });
    const wanted = model.forward(x);
    const folded = new Sequential(foldBatchNorm(first, norm), new ReLU()).eval();
    expect(folded.forward(x).allClose(wanted, { rtol: 1e-12, atol: 1e-12 })).toBe(true);
    expect(model.train().forward(x).allClose(wanted, { rtol: 0.01, atol: 0.01 })).toBe(false);
  });

  test("errors", () => {
    const layer = new Conv2d(1, 4, { kernelSize: 3 });
    const norm = new BatchNorm2d(4);
    expect(() => foldBatchNorm(layer, norm)).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: foldBatchNorm: norm must be in evaluation mode, got training mode
        help: call norm.eval() or model.eval() first: only then are its mean and variance fixed numbers]
    `);
    expect(() => foldBatchNorm(new ReLU() as never, norm)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: foldBatchNorm: layer must be Linear, Conv1d, Conv2d or Conv3d, got ReLU]`,
    );
    expect(() => foldBatchNorm(layer, new BatchNorm1d(4).eval())).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: foldBatchNorm: Conv2d must be followed by BatchNorm2d, got BatchNorm1d]`,
    );
    expect(() => foldBatchNorm(norm as never, layer as never)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: foldBatchNorm: layer must be Linear, Conv1d, Conv2d or Conv3d, got BatchNorm2d]`,
    );
    expect(() => foldBatchNorm(layer, undefined as never)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: foldBatchNorm: Conv2d must be followed by BatchNorm2d, got undefined]`,
    );
    expect(() => foldBatchNorm(layer, new BatchNorm2d(3).eval())).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: foldBatchNorm: norm must have the layer's 4 output channels, got 3
        weight [4, 1, 3, 3], running mean [3]]
    `);
    expect(() =>
      foldBatchNorm(layer, new BatchNorm2d(4, { dtype: "float64" }).eval()),
    ).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: foldBatchNorm: norm must have the layer's dtype float32, got float64]`,
    );
  });
});
