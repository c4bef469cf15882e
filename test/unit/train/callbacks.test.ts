import { expect, test } from "vitest";
import { type Callback, callAll, every, type TrainingState } from "../../../src/train/callbacks.js";

const state = (step: number): TrainingState => ({ step }) as TrainingState;

test("every(n, fn) is called at every n-th step", () => {
  const seen: number[] = [];
  const { onStep } = every(3, ({ step }) => void seen.push(step));
  for (let step = 1; step <= 7; step++) onStep?.(state(step));
  expect(seen).toEqual([3, 6]);
  expect(() => every(0, () => {})).toThrow("every: n must be a whole number at least 1, got 0");
});

test("callAll calls in order, waits for promises, and returns nothing when there is none", async () => {
  const seen: string[] = [];
  const late: Callback = {
    async onEpoch() {
      await Promise.resolve();
      seen.push("late");
    },
  };
  const soon: Callback = { onEpoch: () => void seen.push("soon") };
  expect(callAll([soon, {}], "onEpoch", state(1))).toBeUndefined();
  await callAll([late, soon, late], "onEpoch", state(1));
  expect(seen).toEqual(["soon", "late", "soon", "late"]);
});
