import { expect, test } from "vitest";
import {
  hessianVectorProduct,
  topHessianEigenvalue,
} from "../../../../src/generalization/landscape/hessian.js";
import { Linear } from "../../../../src/nn/linear.js";
import { Module } from "../../../../src/nn/module.js";
import { mseLoss } from "../../../../src/nn/regressionLoss.js";
import { MLP } from "../../../../src/nn/sequential.js";
import { createRandom } from "../../../../src/random.js";
import { randn, tensor } from "../../../../src/tensor/create.js";
import "../../../../src/tensor/methods.js";
import type { Tensor } from "../../../../src/tensor/tensor.js";
import { errorOf } from "../../../support/errorOf.js";

// The loss mean((xw)²) has the Hessian 2XᵀX/n, whatever the weights.
const x = tensor(
  [
    [1, 0],
    [0, 3],
  ],
  { dtype: "float64" },
);
const data = { x, y: tensor([[0], [0]], { dtype: "float64" }) };
const line = () => new Linear(2, 1, { bias: false, dtype: "float64", random: createRandom(1) });

test("linear regression: the Hessian is 2XᵀX/n = diag(1, 9)", () => {
  const model = line();
  const before = model.weight.toArray();
  const product = hessianVectorProduct(model, [2, -1], { data, loss: mseLoss });
  expect(product[0]).toBeCloseTo(2, 6);
  expect(product[1]).toBeCloseTo(-9, 6);
  expect(model.weight.toArray()).toEqual(before);
  const top = topHessianEigenvalue(model, { data, loss: mseLoss, tolerance: 1e-8 });
  expect(top.eigenvalue).toBeCloseTo(9, 6);
  expect(Math.abs(top.eigenvector[1]!)).toBeCloseTo(1, 3);
  expect(top.converged).toBe(true);
});

/** w1²/2·a + w2²/2·b as a model whose output is its own loss. */
class Bowl extends Module {
  w = tensor([0.3, -0.2], { dtype: "float64", requiresGrad: true });
  readonly half: Tensor;
  constructor(a: number, b: number) {
    super();
    this.half = tensor([a / 2, b / 2], { dtype: "float64" });
  }
  override forward(): Tensor {
    return this.w.square().mul(this.half).sum();
  }
}
const identity = (value: Tensor): Tensor => value;
const one = { x: tensor([[1]], { dtype: "float64" }), y: tensor([[1]], { dtype: "float64" }) };

test("near a saddle: the largest eigenvalue, not the one of largest size", () => {
  const top = topHessianEigenvalue(new Bowl(-8, 3), { data: one, loss: identity, tolerance: 1e-6 });
  expect(top.eigenvalue).toBeCloseTo(3, 3);
});

test("on a maximum it is negative", () => {
  const top = topHessianEigenvalue(new Bowl(-8, -3), { data: one, loss: identity, tolerance: 1e-7 });
  expect(top.eigenvalue).toBeCloseTo(-3, 3);
});

test("a network: symmetric, and equal to second differences of the loss", () => {
  const random = createRandom(4);
  const model = new MLP({ sizes: [2, 4, 1], activation: "tanh", random, dtype: "float64" });
  const objective = {
    data: {
      x: randn([10, 2], { random, dtype: "float64" }),
      y: randn([10, 1], { random, dtype: "float64" }),
    },
    loss: mseLoss,
  };
  const size = 2 * 4 + 4 + 4 + 1;
  const [u, v] = [0, 1].map(() => Float64Array.from({ length: size }, () => random.normal())) as [
    Float64Array,
    Float64Array,
  ];
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const Hv = hessianVectorProduct(model, v, objective);
  expect(dot(u, Hv)).toBeCloseTo(dot(v, hessianVectorProduct(model, u, objective)), 5);
  // vᵀHv = (L(w + hv) − 2L(w) + L(w − hv)) / h²
  const weights = model.stateDict();
  const lossAt = (h: number): number => {
    let offset = 0;
    const moved = Object.entries(weights).map(([name, { data: values, shape }]) => {
      const part = Array.from(values, (value, i) => value + h * v[offset + i]!);
      offset += values.length;
      return [name, tensor(part, { shape, dtype: "float64" })] as const;
    });
    model.loadStateDict(Object.fromEntries(moved));
    return mseLoss(model.forward(objective.data.x), objective.data.y).item();
  };
  const h = 1e-3;
  const second = (lossAt(h) - 2 * lossAt(0) + lossAt(-h)) / h ** 2;
  expect(dot(v, Hv) / second).toBeCloseTo(1, 4);
});

test("errors", () => {
  expect(errorOf(() => hessianVectorProduct(line(), [1], { data, loss: mseLoss }))).toBe(
    "ShapeError: hessianVectorProduct: v must have 2 numbers, one for each of the model, got 1",
  );
  expect(errorOf(() => topHessianEigenvalue(line(), { data, loss: mseLoss, tolerance: 0 }))).toBe(
    "RangeError: topHessianEigenvalue: tolerance must be a finite number greater than 0, got 0",
  );
});
