import { expect, test } from "vitest";
import { chain } from "../../../../src/optim/schedules/chain.js";
import { cyclic } from "../../../../src/optim/schedules/cyclic.js";
import { exponential } from "../../../../src/optim/schedules/decay.js";
import { SGD } from "../../../../src/optim/sgd.js";
import { errorOf } from "../../../support/errorOf.js";
import { leaf } from "../../../support/optimizerTrace.js";

const half = exponential({ gamma: 0.5 });
const line = (t: number): number => 1 + t;

test("without milestones the factors are multiplied", () => {
  expect([0, 1, 2].map(chain([half, line]))).toEqual([1, 1, 0.75]);
});

test("with milestones each counts from its own start", () => {
  expect([0, 1, 2, 3, 4].map(chain([line, half, line], { milestones: [2, 4] }))).toEqual([1, 2, 1, 0.5, 1]);
});

test("momentum comes along", () => {
  const up = cyclic({ maxFactor: 2, stepsUp: 2 });
  expect(chain([up, half]).momentum!(2)).toBeCloseTo(0.8, 12);
  expect(chain([up, up], { milestones: [3] }).momentum!(3)).toBe(0.9);
});

test("an optimizer in front puts it to work", () => {
  const optimizer = new SGD([leaf([1])], { learningRate: 0.5 });
  expect(chain(optimizer, [half, line]).preview(3).learningRate).toEqual([0.5, 0.5, 0.375]);
});

const up = cyclic({ maxFactor: 2, stepsUp: 2 });
test.each([
  [
    () => chain([]),
    "TypeError: schedules.chain: curves must be schedules without optimizer or functions of the step, got []\n  help: write schedules.cosine({steps: 100}) inside chain and give the optimizer to chain",
  ],
  [
    () => chain([half, line], { milestones: [] }),
    "RangeError: schedules.chain: there must be one milestone fewer than schedules, got 0 milestones and 2 schedules",
  ],
  [
    () => chain([half, line], { milestones: [3], x: 1 } as never),
    'TypeError: schedules.chain: unknown option "x"\n  help: the options are milestones',
  ],
  [
    () => chain([up, up]),
    "RangeError: schedules.chain: only one schedule may move momentum, got several\n  help: pass {cycleMomentum: false}",
  ],
  [
    () => chain([up, half], { milestones: [3] }),
    "RangeError: schedules.chain: either all schedules or none may move momentum\n  help: pass {cycleMomentum: false} to those that do",
  ],
  [
    () => chain([half, exponential({ gamma: 0.5, interval: "epoch" })]),
    "RangeError: schedules.chain: all schedules must have one interval, got step and epoch",
  ],
])("refuses %#", (call, message) => {
  expect(errorOf(call)).toBe(message);
});
