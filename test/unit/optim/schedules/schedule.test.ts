import { describe, expect, test } from "vitest";
import { Adam } from "../../../../src/optim/adam.js";
import { fromFunction } from "../../../../src/optim/schedules/factory.js";
import { Schedule, scheduleOf } from "../../../../src/optim/schedules/schedule.js";
import { SGD } from "../../../../src/optim/sgd.js";
import { errorOf } from "../../../support/errorOf.js";
import { leaf } from "../../../support/optimizerTrace.js";

function newOptimizer(momentum = 0): { optimizer: SGD; move(): void } {
  const [a, b] = [leaf([1]), leaf([1])];
  const optimizer = new SGD([{ parameters: [a] }, { parameters: [b], learningRate: 0.2 }], {
    learningRate: 0.8,
    momentum,
  });
  const move = (): void => {
    optimizer.zeroGrad();
    a.mul(b).sum().backward();
    optimizer.step();
  };
  return { optimizer, move };
}
const halves = (step: number): number => 0.5 ** step;

describe("Schedule", () => {
  test("applies the first factor at once and keeps the ratio of the groups", () => {
    const { optimizer, move } = newOptimizer();
    const schedule = new Schedule("s", optimizer, (step) => 0.5 ** (step + 1));
    expect(optimizer.groups.map((group) => group.learningRate)).toEqual([0.4, 0.1]);
    move();
    schedule.step();
    expect(optimizer.groups.map((group) => group.learningRate)).toEqual([0.2, 0.05]);
    expect([schedule.steps, schedule.learningRate]).toEqual([1, 0.2]);
  });

  test("continues from a saved state", () => {
    const { optimizer } = newOptimizer();
    const schedule = new Schedule("s", optimizer, halves);
    schedule.loadStateDict({ step: 3, baseLearningRates: [8, 16] });
    expect(optimizer.groups.map((group) => group.learningRate)).toEqual([1, 2]);
    expect(schedule.stateDict()).toEqual({ step: 3, baseLearningRates: [8, 16] });
    expect(errorOf(() => schedule.loadStateDict({ step: 0, baseLearningRates: [1] }))).toBe(
      "RangeError: s.loadStateDict: state must have 2 learning rates, got 1",
    );
  });

  test("the newest schedule of an optimizer is known; the older one is refused", () => {
    const { optimizer, move } = newOptimizer();
    expect(scheduleOf(optimizer)).toBeUndefined();
    const first = new Schedule("first", optimizer, halves);
    const second = new Schedule("second", optimizer, halves);
    expect(scheduleOf(optimizer)).toBe(second);
    move();
    expect(errorOf(() => first.step())).toBe(
      "Error: first: the optimizer follows a newer schedule\n  help: combine several with schedules.chain",
    );
  });

  test("stepping before the optimizer is refused", () => {
    const { optimizer, move } = newOptimizer();
    move();
    const schedule = new Schedule("s", optimizer, halves);
    expect(errorOf(() => schedule.step())).toBe(
      "Error: s: step() of the schedule must follow step() of the optimizer, got no step of the optimizer yet\n" +
        "  help: call optimizer.step() first, otherwise the first learning rate is never used",
    );
    move();
    schedule.step();
    expect(schedule.steps).toBe(1);
  });

  test("moves momentum, or β1, and refuses where there is none", () => {
    const curve = Object.assign((step: number) => halves(step), {
      momentum: (step: number) => 0.9 - step / 10,
    });
    const { optimizer, move } = newOptimizer(0.5);
    const schedule = new Schedule("s", optimizer, curve);
    move();
    schedule.step();
    expect(optimizer.groups.map((group) => group.momentum)).toEqual([0.8, 0.8]);
    const adam = new Adam([leaf([1])]);
    new Schedule("s", adam, curve);
    expect(adam.groups[0]!.beta1).toBe(0.9);
    expect(errorOf(() => new Schedule("s", newOptimizer().optimizer, curve))).toBe(
      "RangeError: s: cycleMomentum needs an optimizer with momentum or beta1, got SGD without\n" +
        "  help: pass {cycleMomentum: false}, or give the optimizer momentum",
    );
  });

  test.each([
    [() => Number.NaN, "RangeError: s: the factor must be a finite number at least 0, got NaN at step 0"],
    [() => -1, "RangeError: s: the factor must be a finite number at least 0, got -1 at step 0"],
  ])("refuses a factor that is no rate", (curve, message) => {
    expect(errorOf(() => new Schedule("s", newOptimizer().optimizer, curve))).toBe(message);
  });

  test("preview changes nothing", () => {
    const { optimizer } = newOptimizer();
    expect(fromFunction(optimizer, halves).preview(3)).toEqual({ learningRate: [0.8, 0.4, 0.2] });
    expect(optimizer.learningRate).toBe(0.8);
  });

  test("needs an optimizer", () => {
    expect(errorOf(() => new Schedule("s", [] as never, halves))).toBe(
      "TypeError: s: optimizer must be an optimizer, got []",
    );
  });
});
