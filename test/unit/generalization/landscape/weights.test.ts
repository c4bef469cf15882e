import { describe, expect, test } from "vitest";
import { topHessianEigenvalue } from "../../../../src/generalization/landscape/hessian.js";
import { sharpness } from "../../../../src/generalization/landscape/sharpness.js";
import {
  checkWeights,
  filterNormalize,
  place,
  randomDirection,
  rescale,
  withWeights,
} from "../../../../src/generalization/landscape/weights.js";
import { BatchNorm1d } from "../../../../src/nn/batchNorm.js";
import { Linear } from "../../../../src/nn/linear.js";
import { mseLoss } from "../../../../src/nn/regressionLoss.js";
import { MLP, Sequential } from "../../../../src/nn/sequential.js";
import { createRandom } from "../../../../src/random.js";
import { randn, tensor } from "../../../../src/tensor/create.js";
import "../../../../src/tensor/methods.js";
import { errorOf } from "../../../support/errorOf.js";

test("filterNormalize makes each filter as long as that of the weights; vectors become 0", () => {
  const w = { k: randn([3, 2, 2], { random: createRandom(1) }), b: tensor([1, 2]) };
  const d = filterNormalize({ k: randn([3, 2, 2], { random: createRandom(2) }), b: tensor([3, 4]) }, w);
  for (let o = 0; o < 3; o++) {
    const norm = (values: ArrayLike<number>) => Math.hypot(...Array.from(values).slice(4 * o, 4 * o + 4));
    expect(norm(d.k!.data)).toBeCloseTo(norm(w.k.data), 5);
  }
  expect(d.b!.toArray()).toEqual([0, 0]);
  expect(errorOf(() => filterNormalize({ k: w.b }, w))).toBe(
    'ShapeError: filterNormalize: direction must have the tensors of weights\n  "k" [3, 2, 2], got [2]',
  );
});

test("a random direction leaves running statistics where they are", () => {
  const model = new Sequential(new Linear(2, 3), new BatchNorm1d(3));
  const d = randomDirection(model, { random: createRandom(1) });
  expect(Object.keys(d)).toEqual(Object.keys(model.stateDict()));
  for (const [name, value] of Object.entries(d))
    if (name !== "layers.0.weight")
      expect(
        value.data.every((x) => x === 0),
        name,
      ).toBe(true);
  expect(d["layers.0.weight"]!.data.every((x) => x !== 0)).toBe(true);
});

test("withWeights puts weights back after an error, too", () => {
  const model = new Linear(1, 1);
  const before = model.weight.item();
  expect(() =>
    withWeights(model, () => {
      place(model, model.stateDict(), [[1, { weight: tensor([[5]]), bias: tensor([0]) }]]);
      expect(model.weight.item()).toBeCloseTo(before + 5, 5);
      throw new Error("stop");
    }),
  ).toThrow("stop");
  expect(model.weight.item()).toBe(before);
});

test("checkWeights names what is missing or has another shape", () => {
  const model = new Linear(1, 1);
  expect(errorOf(() => checkWeights("f", "a", model, {}))).toBe(
    'RangeError: f: a must have "weight"\n  help: pass model.stateDict()',
  );
  expect(errorOf(() => checkWeights("f", "a", model, { weight: tensor([1]), bias: tensor([1]) }))).toBe(
    'ShapeError: f: a must fit the model\n  "weight" [1, 1], got [1]',
  );
});

describe("rescale (Dinh et al. 2017)", () => {
  test("the function stays, the sharpness changes at will", () => {
    const random = createRandom(3);
    const model = new MLP({ sizes: [2, 6, 1], activation: "relu", random });
    const data = { x: randn([32, 2], { random }), y: randn([32, 1], { random }) };
    const measure = () => ({
      output: model.forward(data.x).toArray() as number[][],
      eigenvalue: topHessianEigenvalue(model, { data, loss: mseLoss }).eigenvalue,
      sharpness: sharpness(model, { data, loss: mseLoss }),
    });
    const before = measure();
    model.loadStateDict(rescale(model.stateDict(), { first: "layers.0", second: "layers.2", factor: 10 }));
    const after = measure();
    for (const [i, [value]] of after.output.entries()) expect(value).toBeCloseTo(before.output[i]![0]!, 4);
    // The second layer sees inputs ten times as large: its block of the Hessian is a hundred times as large.
    expect(after.eigenvalue).toBeGreaterThan(10 * before.eigenvalue);
    expect(after.sharpness).toBeGreaterThan(1.5 * before.sharpness);
  });

  test("names the layers there are", () => {
    const weights = new MLP({ sizes: [2, 6, 1], activation: "relu" }).stateDict();
    expect(errorOf(() => rescale(weights, { first: "layers.0", second: "layers.1", factor: 2 }))).toBe(
      'RangeError: rescale: there must be "layers.1.weight"\n  help: layers with weights are "layers.0", "layers.2"',
    );
  });
});
