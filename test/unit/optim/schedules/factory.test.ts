import { describe, expect, test } from "vitest";
import { step } from "../../../../src/optim/schedules/decay.js";
import { fromFunction, makeFactory } from "../../../../src/optim/schedules/factory.js";
import { SGD } from "../../../../src/optim/sgd.js";
import { errorOf } from "../../../support/errorOf.js";
import { leaf } from "../../../support/optimizerTrace.js";

const optimizer = (): SGD => new SGD([leaf([1])], { learningRate: 0.5 });

describe("makeFactory", () => {
  const line = makeFactory(
    "line",
    ["slope"],
    (_, { slope }: { slope: number }) =>
      (t) =>
        1 + slope * t,
  );

  test("without an optimizer gives the function, with one a schedule", () => {
    expect([0, 2].map(line({ slope: 3 }))).toEqual([1, 7]);
    expect(line(optimizer(), { slope: 3 }).preview(2).learningRate).toEqual([0.5, 2]);
  });

  test("the interval is what train.fit counts", () => {
    expect(line({ slope: 1 }).interval).toBe("step");
    expect(line(optimizer(), { slope: 1, interval: "epoch" }).interval).toBe("epoch");
  });

  test.each([
    [
      () => step({ stepSize: 2, gama: 1 } as never),
      'TypeError: schedules.step: unknown option "gama"\n  help: did you mean "gamma"?',
    ],
    [
      () => step({ stepSize: 0 }),
      "RangeError: schedules.step: stepSize must be a whole number at least 1, got 0",
    ],
    [
      () => step(optimizer(), {} as never),
      "TypeError: schedules.step: stepSize must be a whole number at least 1, got undefined",
    ],
    [
      () => step({ stepSize: 2, interval: "batch" as never }),
      'RangeError: schedules.step: interval must be "step" or "epoch", got "batch"\n  help: did you mean "epoch"?',
    ],
    [
      () => step([] as never, { stepSize: 2 }),
      "TypeError: schedules.step: optimizer must be an optimizer, got []\n  help: pass (optimizer, options)",
    ],
    [() => step(3 as never), "TypeError: schedules.step: options must be an object, got 3"],
  ])("refuses misuse %#", (call, message) => {
    expect(errorOf(call)).toBe(message);
  });
});

describe("fromFunction", () => {
  test("puts any function to work", () => {
    const sgd = optimizer();
    fromFunction(sgd, (t) => 2 + t);
    expect(sgd.learningRate).toBe(1);
  });
  test("refuses other things", () => {
    expect(errorOf(() => fromFunction(optimizer(), 0.5 as never))).toBe(
      "TypeError: schedules.fromFunction: factor must be a function of the step, got 0.5",
    );
  });
});
