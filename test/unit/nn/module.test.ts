import { describe, expect, test } from "vitest";
import { Tanh } from "../../../src/nn/activationLayer.js";
import { Dropout } from "../../../src/nn/dropout.js";
import { Linear } from "../../../src/nn/linear.js";
import { countParameters, Module } from "../../../src/nn/module.js";
import { MLP, Sequential } from "../../../src/nn/sequential.js";
import { SGD } from "../../../src/optim/sgd.js";
import { createRandom } from "../../../src/random.js";
import { tensor, zeros } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";
import type { Tensor } from "../../../src/tensor/tensor.js";

class Own extends Module {
  readonly scale: Tensor = tensor([2], { requiresGrad: true });
  readonly mean: Tensor = tensor([5]);
  readonly inner: Linear = new Linear(1, 1, { random: createRandom(1) });
  readonly again: Linear = this.inner;
  readonly size: number = 3;
  forward(input: Tensor): Tensor {
    return this.inner.forward(input).mul(this.scale);
  }
}

describe("Module", () => {
  test("finds tensors and modules in its properties; shared ones once", () => {
    const model = new Own();
    expect(model.namedParameters().map(([name]) => name)).toEqual(["scale", "inner.weight", "inner.bias"]);
    expect(model.namedTensors().map(([name]) => name)).toEqual([
      "scale",
      "mean",
      "inner.weight",
      "inner.bias",
    ]);
    expect(countParameters(model)).toBe(3);
  });

  test("a parameter that is frozen is no parameter, but is saved", () => {
    const model = new Linear(2, 1);
    model.weight.requiresGrad = false;
    expect(model.parameters()).toEqual([model.bias]);
    expect(Object.keys(model.stateDict())).toEqual(["weight", "bias"]);
  });

  test("train() and eval() reach every module", () => {
    const model = new Sequential(new Sequential(new Dropout()), new Tanh());
    expect(model.namedModules().every(([, module]) => module.training)).toBe(true);
    expect(model.eval()).toBe(model);
    expect(model.namedModules().some(([, module]) => module.training)).toBe(false);
    expect(
      model
        .train()
        .namedModules()
        .every(([, module]) => module.training),
    ).toBe(true);
  });

  test("zeroGrad() forgets all gradients", () => {
    const model = new Linear(1, 1);
    model
      .forward(tensor([[1]]))
      .sum()
      .backward();
    expect(model.weight.grad).not.toBeNull();
    model.zeroGrad();
    expect(model.weight.grad).toBeNull();
  });
});

describe("stateDict and loadStateDict", () => {
  test("stateDict is a copy; loading it restores, also under an optimizer", () => {
    const model = new Linear(1, 1, { dtype: "float64" });
    const optimizer = new SGD(model.parameters(), { learningRate: 1 });
    const before = model.stateDict();
    const numbers = model.weight.toArray();
    model
      .forward(tensor([[1]], { dtype: "float64" }))
      .sum()
      .backward();
    optimizer.step();
    expect(model.weight.toArray()).not.toEqual(numbers);
    expect(before.weight!.toArray()).toEqual(numbers);
    model.loadStateDict(before);
    expect(model.weight.toArray()).toEqual(numbers);
    optimizer.step();
    expect(model.weight.data[0]).toBeCloseTo((numbers as number[][])[0]![0]! - 1, 12);
  });

  test("what does not fit is refused, and nothing is changed", () => {
    const model = new Linear(2, 1, { random: createRandom(1) });
    const before = model.weight.toArray();
    const weight = zeros([1, 2]);
    const bias = zeros([1]);
    expect(() => model.loadStateDict({ weight })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: loadStateDict: state must have "bias", got "weight"]`,
    );
    expect(() => model.loadStateDict({ weight, bias, gain: bias })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: loadStateDict: state must have only "weight", "bias", got also "gain"]`,
    );
    expect(() => model.loadStateDict({ weight, bias: zeros([2]) })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: loadStateDict: "bias" must have shape [1], got [2]]`,
    );
    expect(() =>
      model.loadStateDict({ weight, bias: 1 as unknown as Tensor }),
    ).toThrowErrorMatchingInlineSnapshot(`[TypeError: loadStateDict: "bias" must be a tensor, got 1]`);
    expect(model.weight.toArray()).toEqual(before);
  });
});

describe("summary(inputShape)", () => {
  test("lists every layer, also those that run as one, and puts the model back", () => {
    const model = new MLP({ sizes: [1, 64, 1], activation: "tanh" });
    model.layers[0]!.training = false;
    const summary = model.summary([32, 1]);
    expect(summary.rows).toEqual([
      { path: "layers.0", layer: "Linear(1, 64)", outputShape: [32, 64], parameters: 128 },
      { path: "layers.1", layer: "Tanh()", outputShape: [32, 64], parameters: 0 },
      { path: "layers.2", layer: "Linear(64, 1)", outputShape: [32, 1], parameters: 65 },
    ]);
    expect(summary.outputShape).toEqual([32, 1]);
    expect(model.training).toBe(true);
    expect(model.layers[0]!.training).toBe(false);
    expect(Object.hasOwn(model.layers[0]!, "forward")).toBe(false);
  });

  test("a shape that does not fit is the layer's error, and the model is put back", () => {
    const model = new MLP({ sizes: [2, 1] });
    expect(() => model.summary([4, 3])).toThrow("the last dimension of x must be inFeatures 2, got 3");
    expect(Object.hasOwn(model.layers[0]!, "forward")).toBe(false);
    expect(model.training).toBe(true);
  });
});
