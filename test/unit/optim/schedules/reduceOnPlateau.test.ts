import { expect, test } from "vitest";
import { PlateauSchedule, reduceOnPlateau } from "../../../../src/optim/schedules/reduceOnPlateau.js";
import { SGD } from "../../../../src/optim/sgd.js";
import { errorOf } from "../../../support/errorOf.js";
import { leaf } from "../../../support/optimizerTrace.js";

function ready(): SGD {
  const w = leaf([1]);
  const optimizer = new SGD([w], { learningRate: 1 });
  return optimizer;
}
function move(optimizer: SGD): void {
  optimizer.groups[0]!.parameters[0]!.sum().backward();
  optimizer.step();
}

test("waits for patience, lowers, cools down", () => {
  const optimizer = ready();
  const schedule = reduceOnPlateau(optimizer, { patience: 1, factor: 0.5, cooldown: 2 });
  move(optimizer);
  const rates = [5, 5, 5, 5, 5, 5, 5].map((value) => {
    schedule.step(value);
    return optimizer.learningRate;
  });
  // 5 is best; two bad ones lower; two do not count; two more lower
  expect(rates).toEqual([1, 1, 0.5, 0.5, 0.5, 0.5, 0.25]);
  expect(schedule.best).toBe(5);
  expect(schedule.interval).toBe("epoch");
});

test("a saved state continues", () => {
  const optimizer = ready();
  const schedule = reduceOnPlateau(optimizer, { patience: 1, factor: 0.5 });
  move(optimizer);
  schedule.loadStateDict({ best: 3, badCount: 1, cooldownLeft: 0 });
  schedule.step(4);
  expect(optimizer.learningRate).toBe(0.5);
  expect(schedule.stateDict()).toEqual({ best: 3, badCount: 0, cooldownLeft: 0 });
});

test("a relative margin is a share of |best|, also below 0", () => {
  const optimizer = ready();
  const schedule = reduceOnPlateau(optimizer, { threshold: 0.1 });
  expect(schedule).toBeInstanceOf(PlateauSchedule);
  move(optimizer);
  for (const value of [-10, -10.5, -11.5]) schedule.step(value);
  expect(schedule.best).toBe(-11.5);
  expect(schedule.stateDict().badCount).toBe(0);
});

test.each([
  [
    () => reduceOnPlateau(ready()).step(),
    "TypeError: schedules.reduceOnPlateau: step needs the value that is watched, got undefined\n  help: pass the validation loss",
  ],
  [
    () => reduceOnPlateau(ready()).step(1),
    "Error: schedules.reduceOnPlateau: step() of the schedule must follow step() of the optimizer, got no step of the optimizer yet\n  help: call optimizer.step() first, otherwise the first learning rate is never used",
  ],
  [
    () => reduceOnPlateau(ready(), { factor: 1 }),
    "RangeError: schedules.reduceOnPlateau: factor must be a finite number greater than 0 and less than 1, got 1",
  ],
  [
    () => reduceOnPlateau(ready(), { mode: "low" as never }),
    'RangeError: schedules.reduceOnPlateau: mode must be "min" or "max", got "low"',
  ],
  [
    () => reduceOnPlateau({} as never),
    "TypeError: schedules.reduceOnPlateau: optimizer must be an optimizer, got {}",
  ],
])("refuses %#", (call, message) => {
  expect(errorOf(call)).toBe(message);
});
