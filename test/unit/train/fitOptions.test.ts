import { describe, expect, test } from "vitest";
import { DataLoader } from "../../../src/data/dataLoader.js";
import { Linear } from "../../../src/nn/linear.js";
import { mseLoss } from "../../../src/nn/loss.js";
import { SGD } from "../../../src/optim/sgd.js";
import { createRandom } from "../../../src/random.js";
import { tensor } from "../../../src/tensor/create.js";
import { type FitOptions, readFitOptions } from "../../../src/train/fitOptions.js";
import { accuracy } from "../../../src/train/metrics.js";

const model = new Linear(1, 1);
const data = { x: tensor([[1], [2], [3]]), y: tensor([[1], [2], [3]]) };
const loader = new DataLoader(data, { batchSize: 2 });
const base = {
  data,
  loss: mseLoss,
  optimizer: new SGD(model.parameters(), { learningRate: 0.1 }),
  epochs: 2,
} as const;
const read = (changes: object): unknown => readFitOptions(model, { ...base, ...changes } as FitOptions);

describe("readFitOptions", () => {
  test("has the expected defaults: batches of 32, no metrics, the optimizer's name, progress shown", () => {
    const plan = readFitOptions(model, base);
    expect(plan.loader.batchSize).toBe(32);
    expect({
      name: plan.name,
      metrics: plan.metrics,
      callbacks: plan.callbacks,
      progress: plan.progress,
    }).toEqual({
      name: "SGD",
      metrics: {},
      callbacks: [],
      progress: true,
    });
    expect(plan.totalSteps).toBe(2);
  });

  test("epochs count passes, steps count steps", () => {
    expect(readFitOptions(model, { ...base, data: loader }).totalSteps).toBe(4);
    const { epochs: _, ...rest } = base;
    expect(readFitOptions(model, { ...rest, steps: 7 }).totalSteps).toBe(7);
  });

  test("refuses what is missing, wrong, or would be ignored", () => {
    expect(() => readFitOptions({} as Linear, base)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: fit: model must be a module, got {}]`,
    );
    expect(() => read({ loss: "mse" })).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: fit: loss must be a function, got "mse"
        help: pass for example nn.mseLoss]
    `);
    expect(() => read({ optimizer: SGD })).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: fit: optimizer must be an optimizer, got function SGD
        help: pass for example new optim.Adam(model.parameters())]
    `);
    expect(() => read({ data: [1, 2] })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: fit: data must be {x, y} or a DataLoader, got [1, 2]]`,
    );
    expect(() => read({ steps: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: fit: give either epochs or steps, got epochs 2 and steps 3]`,
    );
    expect(() => read({ epochs: undefined })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: fit: give either epochs or steps, got neither]`,
    );
    expect(() => read({ epochs: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: fit: epochs must be a whole number at least 1, got 0]`,
    );
    expect(() => read({ data: loader, batchSize: 2 })).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: fit: batchSize must not be given with a loader
        help: drop batchSize: the loader has its own]
    `);
    expect(() => read({ data: loader, random: createRandom(1) })).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: fit: random must not be given with a loader
        help: drop random: the loader has its own]
    `);
    expect(() => read({ metrics: { accuracy } })).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: fit: metrics need validation, got metrics accuracy without it
        help: pass {validation: {x, y}}]
    `);
    expect(() => read({ validation: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: fit: validation must be {x, y} or a DataLoader, got 3]`,
    );
    expect(() => read({ clipNorm: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: fit: clipNorm must be a finite number greater than 0, got 0]`,
    );
    expect(() => read({ epoch: 3 })).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: fit: unknown option "epoch"
        help: did you mean "epochs"?]
    `);
    expect(() => read({ scheduler: () => 1 })).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: fit: unknown option "scheduler"
        help: did you mean "schedule"?]
    `);
  });
});
