import { expect, test } from "vitest";
import { cosine, cosineWarmRestarts } from "../../../../src/optim/schedules/cosine.js";
import { errorOf } from "../../../support/errorOf.js";

test("cosine ends at minFactor and stays", () => {
  const curve = cosine({ steps: 4, minFactor: 0.5 });
  // (1 + cos(π/4))/2 = 0.8536
  expect([0, 1, 2, 4, 9].map((t) => Number(curve(t).toFixed(4)))).toEqual([1, 0.9268, 0.75, 0.5, 0.5]);
});

test("periods grow by the multiplier", () => {
  // 2, then 6, then 18 steps: starts at 0, 2, 8, 26
  const curve = cosineWarmRestarts({ period: 2, multiplier: 3 });
  expect([0, 1, 2, 5, 8, 17, 26].map((t) => Number(curve(t).toFixed(12)))).toEqual([
    1, 0.5, 1, 0.5, 1, 0.5, 1,
  ]);
});

test.each([
  [
    () => cosine({} as never),
    "TypeError: schedules.cosine: steps must be a whole number at least 1, got undefined",
  ],
  [
    () => cosine({ steps: 5, minFactor: 2 }),
    "RangeError: schedules.cosine: minFactor must be a finite number from 0 to 1, got 2",
  ],
  [
    () => cosineWarmRestarts({ period: 0 }),
    "RangeError: schedules.cosineWarmRestarts: period must be a whole number at least 1, got 0",
  ],
  [
    () => cosineWarmRestarts({ period: 2, multiplier: 1.5 }),
    "RangeError: schedules.cosineWarmRestarts: multiplier must be a whole number at least 1, got 1.5",
  ],
])("refuses %#", (call, message) => {
  expect(errorOf(call)).toBe(message);
});
