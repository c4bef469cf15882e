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

test("callAll calls in order and skips what is not there", () => {
  const seen: string[] = [];
  const callback = (name: string): Callback => ({ onEpoch: () => void seen.push(name) });
  callAll([callback("first"), {}, callback("second")], "onEpoch", state(1));
  callAll([callback("never")], "onStart", state(1));
  expect(seen).toEqual(["first", "second"]);
});

test("a callback that returns a promise is refused: training does not wait", () => {
  const late = { onEpoch: async () => {} } as unknown as Callback;
  expect(() => callAll([late], "onEpoch", state(1))).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: fit: onEpoch must not return a promise
      help: write it without async and await]
  `);
});
