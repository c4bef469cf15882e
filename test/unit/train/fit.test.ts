import { describe, expect, test } from "vitest";
import { DataLoader } from "../../../src/data/dataLoader.js";
import { sineRegression } from "../../../src/data/datasets.js";
import { Dropout } from "../../../src/nn/dropout.js";
import { Linear } from "../../../src/nn/linear.js";
import { mseLoss } from "../../../src/nn/loss.js";
import type { Module } from "../../../src/nn/module.js";
import { MLP, Sequential } from "../../../src/nn/sequential.js";
import { Adam } from "../../../src/optim/adam.js";
import { cyclic } from "../../../src/optim/schedules/cyclic.js";
import { SGD } from "../../../src/optim/sgd.js";
import { createRandom } from "../../../src/random.js";
import { tensor } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";
import type { Callback } from "../../../src/train/callbacks.js";
import { fit as trainModel } from "../../../src/train/fit.js";
import type { FitOptions } from "../../../src/train/fitOptions.js";
import type { History } from "../../../src/train/history.js";
import { meanSquaredError } from "../../../src/train/metrics.js";
import type { Environment } from "../../../src/train/progress.js";

/** Surroundings whose clock moves `tick` milliseconds whenever it is read. */
function surroundings(tick = 0) {
  const shown: { text: string; fraction: number; isLast: boolean }[] = [];
  const record = { shown, looks: 0, interrupted: false };
  let time = 0;
  const environment: Environment = {
    now: () => (time += tick),
    checkInterrupt: () => {
      record.looks++;
      if (record.interrupted) throw new Error("KeyboardInterrupt");
    },
    show: (text, fraction, isLast) => void shown.push({ text, fraction, isLast }),
  };
  return { record, environment };
}

/** y = w·x with one number: x = 1, target 1, so that every step is known: loss (w − 1)², gradient 2(w − 1). */
const one = (): Linear =>
  new Linear(1, 1, { bias: false, dtype: "float64", init: (weight) => weight.data.fill(0) });
const point = { x: tensor([[1]], { dtype: "float64" }), y: tensor([[1]], { dtype: "float64" }) };
const run = (model: Module, more: Partial<FitOptions>, environment = surroundings().environment): History =>
  trainModel(
    model,
    {
      data: point,
      loss: mseLoss,
      optimizer: new SGD(model.parameters(), { learningRate: 0.25 }),
      ...(more.epochs === undefined ? { steps: 3 } : {}),
      ...more,
    },
    environment,
  );

describe("the loop", () => {
  // w − 1 halves in each step: loss 1, 1/4, 1/16
  test("records the loss before each step, and one record an epoch", () => {
    const model = one();
    const history = run(model, { validation: point, metrics: { mse: meanSquaredError } });
    expect(history.losses).toEqual([1, 0.25, 0.0625]);
    expect(history.steps[2]).toEqual({ step: 3, loss: 0.0625, learningRate: 0.25 });
    expect(history.epochs).toHaveLength(3);
    expect(history.epochs[0]).toEqual({
      epoch: 1,
      step: 1,
      trainLoss: 1,
      validationLoss: 0.25,
      metrics: { mse: 0.25 },
      learningRate: 0.25,
    });
    expect(history.name).toBe("SGD");
    expect(history.ending).toBe("finished");
    expect(model.weight.toArray()).toEqual([[0.875]]);
  });

  test("the epoch's loss is weighted by the sizes of its batches", () => {
    const x = tensor([[1], [1], [1]], { dtype: "float64" });
    const y = tensor([[1], [1], [3]], { dtype: "float64" });
    const history = run(one(), {
      data: new DataLoader({ x, y }, { batchSize: 2 }),
      epochs: 1,
      schedule: () => 0,
    });
    // losses 1 (two samples) and 9 (one sample): 11 / 3
    expect(history.losses).toEqual([1, 9]);
    expect(history.trainLosses).toEqual([11 / 3]);
  });

  test("a schedule of optim.schedules moves momentum, too", () => {
    const model = one();
    const optimizer = new SGD(model.parameters(), { learningRate: 0.1, momentum: 0.5 });
    const seen: number[] = [];
    run(model, {
      optimizer,
      steps: 3,
      schedule: cyclic({ maxFactor: 2, stepsUp: 2 }),
      callbacks: [
        { onStep: () => void seen.push(Number((optimizer.groups[0]!.momentum as number).toFixed(6))) },
      ],
    });
    // down from 0.9 to 0.8 in two steps, and up again; each is set after the step before
    expect(seen).toEqual([0.85, 0.8, 0.85]);
  });

  test("{validateEvery} counts steps; the end is always recorded", () => {
    const history = run(one(), { steps: 5, validateEvery: 2, validation: point });
    expect(history.epochs.map(({ step }) => step)).toEqual([2, 4, 5]);
  });

  test("trains in training mode and leaves the model in evaluation mode", () => {
    const dropout = new Dropout({ p: 0.5 });
    const model = new Sequential(one(), dropout).eval();
    const modes: boolean[] = [];
    run(model, { callbacks: [{ onStep: () => void modes.push(dropout.training) }] });
    expect(modes).toEqual([true, true, true]);
    expect(dropout.training).toBe(false);
  });

  test("two models from equal seeds see equal batches and end equal", () => {
    const train = (): unknown => {
      const model = new MLP({ sizes: [1, 8, 1], activation: "tanh", random: createRandom(1) });
      const optimizer = new Adam(model.parameters());
      const data = sineRegression({ random: createRandom(2) });
      const history = trainModel(model, {
        data,
        batchSize: 8,
        random: createRandom(3),
        loss: mseLoss,
        optimizer,
        epochs: 3,
      });
      return [history.losses, model.parameters().map((parameter) => parameter.toArray())];
    };
    expect(train()).toEqual(train());
  });
});

describe("options", () => {
  test("schedule as a function: factors on the starting rate, from step 0", () => {
    const history = run(one(), { schedule: (step) => 1 / (step + 1) });
    expect(history.steps.map(({ learningRate }) => learningRate)).toEqual([0.25, 0.125, 0.25 / 3]);
  });

  test("schedule as an object: told after each step, or after each epoch with the loss", () => {
    const told: unknown[] = [];
    run(one(), { schedule: { step: (loss) => void told.push(loss) } });
    run(one(), {
      validation: point,
      schedule: { interval: "epoch", step: (loss) => void told.push(loss) },
    });
    expect(told).toEqual([undefined, undefined, undefined, 0.25, 0.0625, 0.015625]);
  });

  test("penalty is added, transform changes the batch", () => {
    const model = one();
    const history = run(model, {
      penalty: (trained) => trained.parameters()[0]!.sum().add(5),
      transform: (x, y) => ({ x, y: y.mul(2) }),
      steps: 1,
    });
    // (0 − 2)² + 0 + 5
    expect(history.losses).toEqual([9]);
    // gradient −4 + 1
    expect(model.weight.data[0]).toBe(0.75);
  });

  test("clipNorm limits the gradient", () => {
    const model = one();
    run(model, { clipNorm: 0.5, steps: 1 });
    expect(model.weight.data[0]).toBe(0.125);
  });

  test("earlyStopping sees the validation loss and ends the run", () => {
    const seen: number[] = [];
    const history = run(one(), {
      steps: 10,
      validation: point,
      earlyStopping: { update: (value) => ({ stop: seen.push(value) === 2 }) },
    });
    expect(seen).toEqual([0.25, 0.0625]);
    expect(history.steps).toHaveLength(2);
    expect([history.ending, history.message]).toEqual(["stopped", "stopped early at step 2: no improvement"]);
  });

  test("callbacks come in their order and may stop the run", () => {
    const seen: string[] = [];
    const history = run(one(), {
      steps: 10,
      callbacks: [
        {
          onStart: ({ step }) => void seen.push(`start ${step}`),
          onStep(state) {
            seen.push(`step ${state.step} ${state.loss}`);
            if (state.step === 2) state.stop("enough");
          },
          onEpoch: ({ epoch, history: { epochs } }) => void seen.push(`epoch ${epoch} ${epochs.length}`),
          onEnd: () => void seen.push("end"),
        },
      ],
    });
    expect(seen).toEqual(["start 0", "step 1 1", "epoch 1 1", "step 2 0.25", "epoch 2 2", "end"]);
    expect([history.ending, history.message]).toEqual(["stopped", "enough"]);
  });
});

describe("runs that end early", () => {
  test("a loss that grows without limit ends the run and is a result, not an error", () => {
    const model = one();
    const history = run(model, {
      optimizer: new SGD(model.parameters(), { learningRate: 1e200 }),
      steps: 100,
    });
    // step 1: w = 2e200; step 2: loss (2e200)² overflows
    expect(history.ending).toBe("diverged");
    expect(history.divergedAt).toBe(2);
    expect(history.message).toBe(
      "diverged at step 2: the loss is Infinity; lower the learning rate or clip the gradients",
    );
    expect(history.steps).toHaveLength(2);
    expect(history.losses[1]).toBe(Number.POSITIVE_INFINITY);
  });

  test("so does a gradient that is NaN while the loss is not", () => {
    // 0·sqrt(0): the loss is finite, the slope of the root at 0 times 0 is NaN
    const history = run(one(), { loss: (p) => p.mul(0).sqrt().mul(0).sum() });
    expect([history.ending, history.divergedAt]).toEqual(["diverged", 1]);
    expect(history.message).toBe(
      "diverged at step 1: a gradient is NaN; lower the learning rate or clip the gradients",
    );
  });

  test("an interrupt ends the run between two steps; the model keeps its weights", () => {
    const model = one();
    const { record, environment } = surroundings(150);
    const stopAtThree: Callback = {
      onStep: ({ step }) => {
        record.interrupted = step === 3;
      },
    };
    expect(() => run(model, { steps: 10, callbacks: [stopAtThree] }, environment)).toThrow(
      "KeyboardInterrupt",
    );
    // w ← w + 0.5·(1 − w) from 0: 0.5, 0.75, 0.875
    expect(model.weight.item()).toBe(0.875);
    expect(model.training).toBe(false);
  });

  test("an error in a callback comes out, and the model is left in evaluation mode", () => {
    const model = one();
    const fail = (): void => {
      throw new Error("mine");
    };
    expect(() => run(model, { callbacks: [{ onStep: fail }] })).toThrow("mine");
    expect(model.training).toBe(false);
  });
});

describe("progress", () => {
  test("a run of less than a second shows nothing", () => {
    const { record, environment } = surroundings(70);
    const history = run(one(), { steps: 6 }, environment);
    expect(history.seconds).toBeGreaterThan(0.6);
    expect(history.seconds).toBeLessThan(1);
    expect(record.shown).toEqual([]);
  });

  test("a long run looks for interrupts, shows its position, and ends with its result", () => {
    const { record, environment } = surroundings(150);
    const history = run(one(), { steps: 10 }, environment);
    expect(record.looks).toBeGreaterThan(3);
    const last = record.shown.at(-1)!;
    expect(record.shown.filter(({ isLast }) => isLast)).toEqual([last]);
    expect(last.text).toMatch(/^SGD: 10 steps in \d+\.\d s; {2}last: training loss/);
    expect(record.shown[0]!.text).toMatch(/^SGD: step \d of 10, epoch/);
    expect(history.seconds).toBeGreaterThan(1);
  });

  test("{progress: false} is silent", () => {
    const { record, environment } = surroundings(150);
    run(one(), { steps: 10, progress: false }, environment);
    expect(record.shown).toEqual([]);
  });
});
