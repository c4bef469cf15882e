import { expect, test } from "vitest";
import { readLossData } from "../../../../src/plot/training/lossData.js";

const one = {
  name: "",
  train: [
    [1, 3],
    [2, 2],
  ],
  validation: [],
  stopped: undefined,
};

test("a list, a run, and runs by name", () => {
  expect(readLossData("f", [3, 2])).toEqual([one]);
  expect(readLossData("f", { train: [3, 2], x: [10, 20], validation: [4], validationX: [20] })).toEqual([
    {
      ...one,
      train: [
        [10, 3],
        [20, 2],
      ],
      validation: [[20, 4]],
    },
  ]);
  expect(readLossData("f", { SGD: [3, 2] })).toEqual([{ ...one, name: "SGD" }]);
});

const history = {
  name: "Adam",
  ending: "stopped",
  steps: [
    { step: 1, loss: 3 },
    { step: 2, loss: 2 },
  ],
  epochs: [{ step: 2, trainLoss: 2.5, validationLoss: 2.4 }],
};

test("a History: losses of steps, validation of epochs, and where it was stopped", () => {
  const read = {
    name: "",
    train: [
      [1, 3],
      [2, 2],
    ],
    validation: [[2, 2.4]],
    stopped: 2,
  };
  expect(readLossData("f", history)).toEqual([read]);
  expect(readLossData("f", [history])).toEqual([{ ...read, name: "Adam" }]);
  expect(readLossData("f", { ...history, steps: [] })[0]!.train).toEqual([[2, 2.5]]);
});

test("validation of another length needs positions", () =>
  expect(() => readLossData("f", { train: [1, 2, 3], validation: [1] })).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: f: validation must have as many values as train, got 1 for 3
      help: give validationX, the step of each validation loss]
  `));
test("an empty history", () =>
  expect(() => readLossData("f", { steps: [], epochs: [] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: f: the history must have at least one step, got an empty one]`,
  ));
test("no runs", () =>
  expect(() => readLossData("f", {})).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: f: data must have at least one run, got {}]`,
  ));
test("no losses", () =>
  expect(() => readLossData("f", "loss" as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: f: data must be losses, a run {train, validation} or runs by name, got "loss"]`,
  ));
