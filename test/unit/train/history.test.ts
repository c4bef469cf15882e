import { describe, expect, test } from "vitest";
import { History } from "../../../src/train/history.js";

function run(): History {
  const history = new History("adam");
  history.addStep({ step: 1, loss: 4, learningRate: 0.1 });
  history.addStep({ step: 2, loss: 2, learningRate: 0.1 });
  history.addStep({ step: 3, loss: 1, learningRate: 0.05 });
  history.addEpoch({
    epoch: 1,
    step: 2,
    trainLoss: 3,
    validationLoss: 2.5,
    metrics: { accuracy: 0.5 },
    learningRate: 0.1,
  });
  history.addEpoch({
    epoch: 2,
    step: 3,
    trainLoss: 1,
    validationLoss: 2.75,
    metrics: { accuracy: 0.75 },
    learningRate: 0.05,
  });
  history.seconds = 1.25;
  return history;
}

describe("History", () => {
  test("starts empty and finished", () => {
    const history = new History();
    expect({ ...history }).toEqual({
      name: "run",
      steps: [],
      epochs: [],
      ending: "finished",
      message: "",
      divergedAt: null,
      seconds: 0,
    });
    expect(history.best).toBeUndefined();
  });

  test("gives its columns", () => {
    expect(run().losses).toEqual([4, 2, 1]);
    expect(run().trainLosses).toEqual([3, 1]);
    expect(run().validationLosses).toEqual([2.5, 2.75]);
    expect(run().metric("accuracy")).toEqual([0.5, 0.75]);
    expect(() => run().metric("r2")).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: metric: name must be a recorded metric (accuracy), got "r2"]`,
    );
  });

  test("best is the smallest validation loss, or training loss without validation, and never NaN", () => {
    expect(run().best?.epoch).toBe(1);
    const plain = new History();
    plain.addEpoch({ epoch: 1, step: 1, trainLoss: Number.NaN, metrics: {}, learningRate: 1 });
    plain.addEpoch({ epoch: 2, step: 2, trainLoss: 3, metrics: {}, learningRate: 1 });
    expect(plain.best?.epoch).toBe(2);
  });

  test("compare(other) puts runs side by side", () => {
    const other = new History("sgd");
    other.ending = "diverged";
    expect(run().compare(other)).toEqual([
      {
        name: "adam",
        steps: 3,
        ending: "finished",
        trainLoss: 1,
        bestValidationLoss: 2.5,
        bestEpoch: 1,
        seconds: 1.25,
      },
      {
        name: "sgd",
        steps: 0,
        ending: "diverged",
        trainLoss: Number.NaN,
        bestValidationLoss: Number.NaN,
        bestEpoch: Number.NaN,
        seconds: 0,
      },
    ]);
  });

  test("reads as text", () => {
    const history = run();
    history.message = "diverged at step 3";
    expect(history.toString()).toBe(
      "adam: 3 steps in 1.3 s\n  last: training loss 1.000, validation loss 2.750, accuracy 0.7500\n  diverged at step 3",
    );
  });

  test("survives JSON, so that runs can be stored", () => {
    expect(JSON.parse(JSON.stringify(run())).steps[2]).toEqual({ step: 3, loss: 1, learningRate: 0.05 });
  });
});
