import { describe, expect, test } from "vitest";
import { nn } from "../../../src/index.js";
import { createRandom } from "../../../src/random.js";
import { EarlyStopping } from "../../../src/regularization/earlyStopping.js";

const plain = (options = {}) => new EarlyStopping({ restoreBest: false, ...options });
const stops = (stopper: EarlyStopping, values: number[]) => values.map((value) => stopper.update(value).stop);

test("has the expected defaults", () => {
  expect(new EarlyStopping()).toMatchObject({
    patience: 10,
    minDelta: 0,
    restoreBest: true,
    mode: "min",
    bestEpoch: 0,
  });
});

test("stops after `patience` checks without improvement", () => {
  const stopper = plain({ patience: 3 });
  expect(stops(stopper, [5, 4, 4, 4.5, 4])).toEqual([false, false, false, false, true]);
  expect([stopper.bestEpoch, stopper.bestValue]).toEqual([2, 4]);
});

test("a change of exactly minDelta is no improvement", () => {
  expect(plain({ minDelta: 0.5 }).update(4).improved).toBe(true);
  const stopper = plain({ minDelta: 0.5 });
  expect([4, 3.5, 3.4].map((value) => stopper.update(value).improved)).toEqual([true, false, true]);
});

test("mode max looks for large values", () => {
  expect(stops(plain({ mode: "max", patience: 2 }), [0.5, 0.7, 0.6, 0.7])).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

test("NaN is never an improvement", () => {
  expect(stops(plain({ patience: 2 }), [Number.NaN, Number.NaN])).toEqual([false, true]);
});

describe("restoring", () => {
  test("the best weights come back, in place", () => {
    const model = new nn.Linear(1, 1, { random: createRandom(1) });
    const stopper = new EarlyStopping({ patience: 1 });
    const weight = model.weight;
    weight.data[0] = 7;
    stopper.update(1, model);
    weight.data[0] = 8;
    expect(stopper.update(2, model)).toEqual({ stop: true, improved: false, bestEpoch: 1 });
    expect(weight.data[0]).toBe(7);
    expect(model.weight).toBe(weight);
  });

  test("without a model it is refused", () => {
    expect(() => new EarlyStopping().update(1)).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: EarlyStopping.update: the model is needed to restore its best weights, got undefined
        help: pass update(value, model), or {restoreBest: false}]
    `);
  });
});

test("bad input is refused", () => {
  expect(() => plain({ patience: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: EarlyStopping: patience must be a whole number at least 1, got 0]`,
  );
  expect(() => plain({ mode: "lowest" })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: EarlyStopping: mode must be "min" or "max", got "lowest"]`,
  );
  expect(() => plain().update("1" as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: EarlyStopping.update: value must be a number, got "1"]`,
  );
});
