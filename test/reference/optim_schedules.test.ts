// Schedules against PyTorch's: learning rate and momentum of 30 steps.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Optimizer, SGD, schedules } from "../../src/optim/index.js";
import { tensor } from "../../src/tensor/create.js";

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`optim_schedules/${name}.json`, import.meta.url), "utf8"));

type Name = Exclude<keyof typeof schedules, "chain" | "reduceOnPlateau" | "fromFunction" | "scheduleOf">;
type Factory = schedules.ScheduleFactory<object>;
interface Case {
  readonly name: Name;
  readonly options: object;
  readonly base: number;
  readonly learningRate: readonly number[];
  readonly momentum?: readonly number[];
}

const newOptimizer = (learningRate: number): SGD =>
  new SGD([tensor([0], { requiresGrad: true })], { learningRate, momentum: 0.5 });

function step(optimizer: Optimizer): void {
  optimizer.groups[0]!.parameters[0]!.grad = tensor([0]);
  optimizer.step();
}

/** Rates and momenta before each of 30 steps, the schedule stepped after the optimizer. */
function run(optimizer: SGD, schedule: schedules.Schedule): [number[], number[]] {
  const rates: number[] = [];
  const momenta: number[] = [];
  for (let t = 0; t < 30; t++) {
    rates.push(optimizer.learningRate);
    momenta.push(optimizer.groups[0]!.momentum as number);
    step(optimizer);
    schedule.step();
  }
  return [rates, momenta];
}

const close = (got: readonly number[], wanted: readonly number[]): void => {
  expect(got).toHaveLength(30);
  for (const [t, value] of wanted.entries()) expect(Math.abs(got[t]! - value)).toBeLessThan(1e-12);
};

describe("one schedule", () => {
  const cases = read<{ cases: readonly Case[] }>("curves").cases;
  test.each(cases.map((one) => ({ title: `${one.name} ${JSON.stringify(one.options)}`, one })))(
    "$title",
    ({ one }) => {
      const optimizer = newOptimizer(one.base);
      const schedule = (schedules[one.name] as Factory)(optimizer, one.options);
      const preview = schedule.preview(30);
      const [rates, momenta] = run(optimizer, schedule);
      close(rates, one.learningRate);
      expect(preview.learningRate).toEqual(rates);
      expect(preview.momentum).toEqual(one.momentum === undefined ? undefined : momenta);
      if (one.momentum !== undefined) close(momenta, one.momentum);
      else expect(new Set(momenta)).toEqual(new Set([0.5]));
    },
  );

  test("every kind is there", () => {
    const { chain, reduceOnPlateau, fromFunction, scheduleOf, ...factories } = schedules;
    expect(new Set(cases.map(({ name }) => name))).toEqual(new Set(Object.keys(factories)));
    expect(Object.keys(factories)).toHaveLength(10);
  });
});

describe("chains", () => {
  interface ChainCase {
    readonly curves: readonly [Name, object][];
    readonly milestones: readonly number[] | null;
    readonly base: number;
    readonly learningRate: readonly number[];
  }
  test.each(read<{ cases: readonly ChainCase[] }>("chains").cases)("$curves $milestones", (one) => {
    const optimizer = newOptimizer(one.base);
    const curves = one.curves.map(([name, options]) => (schedules[name] as Factory)(options));
    const options = one.milestones === null ? {} : { milestones: one.milestones };
    close(run(optimizer, schedules.chain(optimizer, curves, options))[0], one.learningRate);
  });
});

describe("reduceOnPlateau", () => {
  const { losses, cases } = read<{
    losses: readonly number[];
    cases: readonly { options: schedules.ReduceOnPlateauOptions; learningRate: readonly number[] }[];
  }>("plateau");
  test.each(cases)("$options", ({ options, learningRate }) => {
    const optimizer = newOptimizer(0.8);
    const schedule = schedules.reduceOnPlateau(optimizer, options);
    const rates = losses.map((loss) => {
      step(optimizer);
      schedule.step(loss);
      return optimizer.learningRate;
    });
    close(rates, learningRate);
    expect(new Set(learningRate).size).toBeGreaterThan(1);
  });
});
