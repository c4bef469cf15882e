import { expect, test } from "vitest";
import { Linear } from "../../../src/nn/linear.js";
import { mseLoss } from "../../../src/nn/regressionLoss.js";
import { Adam } from "../../../src/optim/adam.js";
import { cosine } from "../../../src/optim/schedules/cosine.js";
import { scheduleOf } from "../../../src/optim/schedules/schedule.js";
import { SGD } from "../../../src/optim/sgd.js";
import { createRandom } from "../../../src/random.js";
import { randn } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";
import { learningRateRangeTest } from "../../../src/train/learningRateRangeTest.js";
import { errorOf } from "../../support/errorOf.js";

const x = randn([64, 3], { random: createRandom(1) });
const data = { x, y: x.sum({ dim: 1, keepDim: true }) };
const makeModel = () => new Linear(3, 1, { random: createRandom(2) });
const options = { data, loss: mseLoss, batchSize: 64, random: createRandom(3) };

test("rates grow evenly in the logarithm; the suggestion lies below the stability limit", () => {
  const model = makeModel();
  const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
  const range = learningRateRangeTest(model, { ...options, optimizer });
  expect(range.learningRate[0]).toBeCloseTo(1e-6, 12);
  for (const [i, rate] of range.learningRate.slice(1).entries())
    expect(rate / range.learningRate[i]!).toBeCloseTo(1e7 ** (1 / 99), 10);
  expect(range.diverged).toBe(true);
  expect(range.learningRate.length).toBeLessThan(100);
  expect(range.loss).toHaveLength(range.learningRate.length);
  // Gradient descent on this loss is stable below 2/λ ≈ 2/(2·1.4).
  expect(range.suggestion).toBeGreaterThan(1e-3);
  expect(range.suggestion).toBeLessThan(0.7);
});

test("model, optimizer and modes are as before, averages included", () => {
  const model = makeModel().eval();
  const optimizer = new Adam(model.parameters(), { learningRate: 0.1 });
  mseLoss(model.forward(data.x), data.y).backward();
  optimizer.step();
  const before = JSON.stringify([model.weight.toArray(), optimizer.stateDict()]);
  learningRateRangeTest(model, { ...options, optimizer, steps: 20 });
  expect(JSON.stringify([model.weight.toArray(), optimizer.stateDict()])).toBe(before);
  expect(model.training).toBe(false);
  expect(scheduleOf(optimizer)).toBeUndefined();
});

// Smoothing 1 leaves the losses as they are.
test("smoothing starts at the first loss", () => {
  const model = makeModel();
  const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
  const raw = learningRateRangeTest(model, { ...options, optimizer, smoothing: 1, steps: 30 });
  expect(raw.smoothedLoss).toEqual(raw.loss);
  const half = learningRateRangeTest(model, { ...options, optimizer, smoothing: 0.5, steps: 30 });
  expect(half.smoothedLoss[1]).toBeCloseTo((half.loss[0]! + half.loss[1]!) / 2, 12);
});

test("a sweep too short for candidates has no suggestion", () => {
  const model = makeModel();
  const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
  expect(learningRateRangeTest(model, { ...options, optimizer, steps: 12 }).suggestion).toBeUndefined();
});

test("refuses misuse", () => {
  const model = makeModel();
  const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
  const run = (more: object) =>
    errorOf(() => learningRateRangeTest(model, { ...options, optimizer, ...more }));
  expect(run({ maxLearningRate: 1e-7 })).toBe(
    "RangeError: learningRateRangeTest: maxLearningRate must be a finite number greater than 0.000001, got 1e-7",
  );
  expect(run({ optimizer: 1 })).toBe(
    "TypeError: learningRateRangeTest: optimizer must be an optimizer, got 1",
  );
  expect(run({ epochs: 3 })).toMatch(
    /^TypeError: learningRateRangeTest: unknown option "epochs"\n {2}help: /,
  );
  cosine(optimizer, { steps: 10 });
  expect(run({})).toBe(
    "RangeError: learningRateRangeTest: the optimizer must not follow a schedule, got schedules.cosine\n" +
      "  help: run the test before making the schedule, or with a fresh optimizer",
  );
});
