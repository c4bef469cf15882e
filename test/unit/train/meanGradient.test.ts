import { describe, expect, test } from "vitest";
import { Linear } from "../../../src/nn/linear.js";
import { mseLoss } from "../../../src/nn/regressionLoss.js";
import { tensor } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";
import { checkObjective, flatten, meanGradient } from "../../../src/train/meanGradient.js";
import { errorOf } from "../../support/errorOf.js";

const f64 = (values: number[][]) => tensor(values, { dtype: "float64" });

test("meanGradient by hand, over more samples than one batch holds", () => {
  const model = new Linear(1, 1, { dtype: "float64" });
  model.loadStateDict({ weight: f64([[2]]), bias: tensor([1], { dtype: "float64" }) });
  // residual r = 2x + 1 − 0: gradient mean(2rx), mean(2r); half of the samples x = 1 (r 3), half x = −1 (r −1)
  const x = f64(Array.from({ length: 3000 }, (_, i) => [i % 2 === 0 ? 1 : -1]));
  const y = f64(Array.from({ length: 3000 }, () => [0]));
  const gradient = meanGradient(model, { data: { x, y }, loss: mseLoss });
  expect(gradient[0]).toBeCloseTo((6 + 2) / 2, 10);
  expect(gradient[1]).toBeCloseTo((6 - 2) / 2, 10);
  expect(model.weight.grad).toBeNull();
  expect(model.training).toBe(true);
});

test("flatten joins in order", () => {
  expect([...flatten([f64([[1, 2]]), f64([[3], [4]])])]).toEqual([1, 2, 3, 4]);
});

describe("checkObjective", () => {
  const model = new Linear(1, 1);
  const data = { x: tensor([[1]]), y: tensor([[1]]) };
  test.each([
    [
      () => checkObjective("f", {} as never, { data, loss: mseLoss }),
      "TypeError: f: model must be a module, got {}",
    ],
    [
      () => checkObjective("f", model, { data: 1 as never, loss: mseLoss }),
      "TypeError: f: data must be {x, y}, got 1",
    ],
    [
      () => checkObjective("f", model, { data, loss: 2 as never }),
      "TypeError: f: loss must be a function, got 2",
    ],
  ])("refuses %#", (call, message) => {
    expect(errorOf(call)).toBe(message);
  });
});
