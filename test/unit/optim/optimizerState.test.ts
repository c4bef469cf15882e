import { expect, test } from "vitest";
import { type OptimizerState, readState } from "../../../src/optim/optimizerState.js";

const good = (): OptimizerState => ({
  groups: [{ learningRate: 1 }],
  parameters: [{ step: 2, m: Float32Array.of(1, 2) }],
});
const read = (state: unknown): unknown => readState("Adam", state as OptimizerState, 1, [["m"]], [2]);

test("readState accepts what fits, also plain arrays", () => {
  const state = good();
  expect(read(state)).toBe(state);
  expect(() => read({ ...state, parameters: [{ step: 0, m: [1, 2] }] })).not.toThrow();
});

test("readState refuses what does not fit", () => {
  expect(() => read(null)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: Adam.loadStateDict: state must be {groups, parameters}, got null]`,
  );
  expect(() => read({ ...good(), groups: [] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: Adam.loadStateDict: state must have 1 groups, got 0]`,
  );
  expect(() => read({ ...good(), parameters: [] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: Adam.loadStateDict: state must have 1 parameters, got 0]`,
  );
  expect(() => read({ ...good(), parameters: [{ step: -1, m: [1, 2] }] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: Adam.loadStateDict: step of parameter 0 must be a whole number, got -1]`,
  );
  expect(() => read({ ...good(), parameters: [{ step: 1, v: [1, 2] }] })).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: Adam.loadStateDict: parameter 0 must have the averages m, got v
      help: load it into an optimizer of the same class and options]
  `);
  expect(() => read({ ...good(), parameters: [{ step: 1, m: [1] }] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: Adam.loadStateDict: m of parameter 0 must have 2 numbers, got 1]`,
  );
  // what JSON makes of [1, NaN]
  expect(() =>
    read({ ...good(), parameters: [{ step: 1, m: [1, null] }] }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: Adam.loadStateDict: m of parameter 0 must hold numbers, got null at index 1]`,
  );
});
