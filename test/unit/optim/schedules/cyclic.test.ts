import { expect, test } from "vitest";
import { cyclic, oneCycle } from "../../../../src/optim/schedules/cyclic.js";
import { errorOf } from "../../../support/errorOf.js";

test("cyclic goes up and down; later cycles halve with triangular2", () => {
  const curve = cyclic({ maxFactor: 5, stepsUp: 2, stepsDown: 4, mode: "triangular2" });
  expect([0, 1, 2, 4, 6, 8].map(curve)).toEqual([1, 3, 5, 3, 1, 3]);
  expect([0, 2].map(curve.momentum!)).toEqual([0.9, 0.8]);
});

test("oneCycle starts at 1/25, tops at 1 and ends at 1/250000", () => {
  const curve = oneCycle({ steps: 20, warmupFraction: 0.25 });
  expect(curve(0)).toBeCloseTo(0.04, 12);
  expect(curve(4)).toBe(1);
  expect(curve(19)).toBeCloseTo(0.04 / 1e4, 12);
  expect(curve(50)).toBe(curve(19));
  expect([0, 4, 19].map((t) => curve.momentum!(t).toFixed(2))).toEqual(["0.95", "0.85", "0.95"]);
  expect(oneCycle({ steps: 20, cycleMomentum: false }).momentum).toBeUndefined();
});

test.each([
  [
    () => cyclic({ maxFactor: 1 }),
    "RangeError: schedules.cyclic: maxFactor must be a finite number greater than 1, got 1",
  ],
  [
    () => cyclic({ maxFactor: 2, gamma: 0.9 }),
    'RangeError: schedules.cyclic: gamma needs mode "exponential", got "triangular"\n  help: pass {mode: "exponential"}',
  ],
  [
    () => cyclic({ maxFactor: 2, mode: "saw" as never }),
    'RangeError: schedules.cyclic: mode must be "triangular" or "triangular2" or "exponential", got "saw"',
  ],
  [
    () => cyclic({ maxFactor: 2, cycleMomentum: false, minMomentum: 0.5 }),
    "RangeError: schedules.cyclic: minMomentum needs cycleMomentum, got cycleMomentum false\n  help: drop minMomentum",
  ],
  [
    () => oneCycle({ steps: 3 }),
    "RangeError: schedules.oneCycle: warmupFraction·steps must be more than 1, got 0.3·3\n  help: raise warmupFraction or steps",
  ],
  [
    () => oneCycle({ steps: 100, maxMomentum: 1 }),
    "RangeError: schedules.oneCycle: maxMomentum must be a finite number at least 0 and less than 1, got 1",
  ],
])("refuses %#", (call, message) => {
  expect(errorOf(call)).toBe(message);
});
