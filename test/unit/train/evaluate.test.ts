import { describe, expect, test } from "vitest";
import { DataLoader } from "../../../src/data/dataLoader.js";
import { Dropout } from "../../../src/nn/dropout.js";
import { Linear } from "../../../src/nn/linear.js";
import { mseLoss } from "../../../src/nn/loss.js";
import { Module } from "../../../src/nn/module.js";
import { Sequential } from "../../../src/nn/sequential.js";
import { tensor } from "../../../src/tensor/create.js";
import { evaluate, inEvaluation, predict } from "../../../src/train/evaluate.js";
import { r2 } from "../../../src/train/metrics.js";

/** y = 2x */
const double = (): Linear => new Linear(1, 1, { bias: false, init: (weight) => weight.data.fill(2) });
const x = tensor([[1], [2], [3]]);
const y = tensor([[2], [5], [9]]);

describe("evaluate(model, data, {loss, metrics})", () => {
  // predictions 2, 4, 6: squares 0, 1, 9
  test("is the mean over samples, whatever the batches", () => {
    for (const batchSize of [1, 2, 3, 100])
      expect(evaluate(double(), { x, y }, { loss: mseLoss, batchSize }).loss).toBeCloseTo(10 / 3, 6);
    const loader = new DataLoader({ x, y }, { batchSize: 2 });
    expect(evaluate(double(), loader, { loss: mseLoss }).loss).toBeCloseTo(10 / 3, 6);
  });

  // mean of y 16/3, Σ(y − mean)² = 100/9 + 1/9 + 121/9 = 222/9
  test("metrics see all predictions at once", () => {
    const { metrics, loss } = evaluate(double(), { x, y }, { metrics: { r2 }, batchSize: 2 });
    expect(metrics.r2).toBeCloseTo(1 - 10 / (222 / 9), 6);
    expect(loss).toBeNaN();
  });

  test("runs in evaluation mode, records nothing, and leaves every module as it was", () => {
    const dropout = new Dropout({ p: 0.9 });
    const model = new Sequential(double(), dropout);
    model.layers[0]!.training = false;
    expect(evaluate(model, { x, y }, { loss: mseLoss }).loss).toBeCloseTo(10 / 3, 6);
    expect([model.training, model.layers[0]!.training, dropout.training]).toEqual([true, false, true]);
    expect(inEvaluation(model, () => model.forward(x)).requiresGrad).toBe(false);
  });

  test("puts the model back when it fails", () => {
    class Broken extends Module {
      forward(): never {
        throw new Error("broken");
      }
    }
    const model = new Broken();
    expect(() => evaluate(model, { x, y }, { loss: mseLoss })).toThrow("broken");
    expect(model.training).toBe(true);
  });

  test("errors", () => {
    expect(() => evaluate(double(), { x, y }, {})).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: evaluate: loss or metrics must be given, got neither]`,
    );
    expect(() => evaluate(double(), x as never, { loss: mseLoss })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: evaluate: data must be {x, y} or a DataLoader, got Tensor[3, 1]]`,
    );
    expect(() =>
      evaluate(double(), new DataLoader({ x, y }, { batchSize: 1 }), { loss: mseLoss, batchSize: 2 }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: evaluate: batchSize must not be given with a loader, got 2
        help: drop batchSize: the loader has its own]
    `);
    expect(() =>
      evaluate(double(), { x, y }, { lossFunction: mseLoss } as never),
    ).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: evaluate: unknown option "lossFunction"
        help: the options are loss, metrics, batchSize]
    `);
  });
});

test("predict(model, x) joins the batches", () => {
  expect(predict(double(), x, { batchSize: 2 }).toArray()).toEqual([[2], [4], [6]]);
  expect(predict(double(), x).requiresGrad).toBe(false);
});
