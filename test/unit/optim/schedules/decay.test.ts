import { expect, test } from "vitest";
import {
  checkMilestones,
  constant,
  exponential,
  linearWarmup,
  multiStep,
  polynomial,
  step,
} from "../../../../src/optim/schedules/decay.js";
import { errorOf } from "../../../support/errorOf.js";

const at = (curve: (t: number) => number, ...steps: number[]): number[] => steps.map((t) => curve(t));

test("the defaults are PyTorch's", () => {
  expect(at(constant({}), 0, 4, 5)).toEqual([1 / 3, 1 / 3, 1]);
  expect(at(step({ stepSize: 2 }), 0, 1, 2)).toEqual([1, 1, 0.1]);
  expect(at(multiStep({ milestones: [2] }), 1, 2)).toEqual([1, 0.1]);
  expect(at(polynomial({}), 0, 1, 5, 6)).toEqual([1, 0.8, 0, 0]);
  expect(at(linearWarmup({}), 0, 5, 6)).toEqual([1 / 3, 1, 1]);
  expect(at(exponential({ gamma: 0.5 }), 0, 3)).toEqual([1, 0.125]);
});

test.each([
  [
    () => constant({ factor: -1 }),
    "RangeError: schedules.constant: factor must be a finite number at least 0, got -1",
  ],
  [
    () => constant({ steps: 0 }),
    "RangeError: schedules.constant: steps must be a whole number at least 1, got 0",
  ],
  [
    () => exponential({ gamma: 0 }),
    "RangeError: schedules.exponential: gamma must be a finite number greater than 0, got 0",
  ],
  [
    () => polynomial({ power: 0 }),
    "RangeError: schedules.polynomial: power must be a finite number greater than 0, got 0",
  ],
  [
    () => linearWarmup({ startFactor: 2 }),
    "RangeError: schedules.linearWarmup: startFactor must be a finite number from 0 to 1, got 2",
  ],
  [
    () => multiStep({ milestones: [5, 5] }),
    "RangeError: schedules.multiStep: milestones must be increasing whole numbers above 0, got [5, 5]",
  ],
  [
    () => checkMilestones("x", [0]),
    "RangeError: x: milestones must be increasing whole numbers above 0, got [0]",
  ],
])("refuses %#", (call, message) => {
  expect(errorOf(call)).toBe(message);
});

test("milestones are copied", () => {
  const milestones = [2];
  const curve = multiStep({ milestones });
  milestones[0] = 1;
  expect(curve(1)).toBe(1);
});
