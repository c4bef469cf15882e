import { expect, test } from "vitest";
import { Linear } from "../../../src/nn/linear.js";
import { mseLoss } from "../../../src/nn/regressionLoss.js";
import { SGD } from "../../../src/optim/sgd.js";
import { createRandom } from "../../../src/random.js";
import { randn } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";
import { batchSizeSweep } from "../../../src/train/batchSizeSweep.js";
import { errorOf } from "../../support/errorOf.js";

const x = randn([12, 1], { random: createRandom(1) });
const data = { x, y: x };
const makeModel = () => new Linear(1, 1, { random: createRandom(2) });
const options = {
  data,
  loss: mseLoss,
  makeOptimizer: (parameters: ReturnType<Linear["parameters"]>, batchSize: number) =>
    new SGD(parameters, { learningRate: 0.01 * batchSize }),
  progress: false,
};

test("equal epochs: smaller batches take more steps, and each size has its optimizer", () => {
  const runs = batchSizeSweep(makeModel, { ...options, batchSizes: [3, 12], epochs: 2 });
  expect(runs.map(({ batchSize, history }) => [batchSize, history.name, history.steps.length])).toEqual([
    [3, "batch 3", 8],
    [12, "batch 12", 2],
  ]);
  expect(runs.map(({ history }) => history.steps[0]!.learningRate)).toEqual([0.03, 0.12]);
});

test("equal steps, equal start", () => {
  const runs = batchSizeSweep(makeModel, { ...options, batchSizes: [12, 12], steps: 5 });
  expect(runs[0]!.history.losses).toEqual(runs[1]!.history.losses);
  expect(runs[0]!.history.losses).toHaveLength(5);
  expect(runs[0]!.model).not.toBe(runs[1]!.model);
});

test.each([
  [{ batchSizes: [] }, "RangeError: batchSizeSweep: batchSizes must be a list of numbers, got []"],
  [
    { batchSizes: [13] },
    "RangeError: batchSizeSweep: batch size must be a whole number from 1 to 12, got 13",
  ],
  [
    { batchSizes: [1], makeOptimizer: 3 as never },
    "TypeError: batchSizeSweep: makeOptimizer must be a function, got 3",
  ],
])("refuses %j", (wrong, message) => {
  expect(errorOf(() => batchSizeSweep(makeModel, { ...options, epochs: 1, ...wrong }))).toBe(message);
});
