// Every optimizer against PyTorch, or against a NumPy program of the published algorithm, step by step in float64.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Optimizer, PureState, PureUpdate } from "../../src/optim/index.js";
import * as optim from "../../src/optim/index.js";
import { tensor } from "../../src/tensor/create.js";
import "../../src/tensor/methods.js";
import type { NestedNumbers, Tensor } from "../../src/tensor/tensor.js";

type Options = Readonly<Record<string, number | boolean | string>>;
interface Case {
  readonly options: Options;
  /** Options of their own for the two parameters, each a group. */
  readonly groups?: readonly Options[];
  /** Flat parameters after each step. */
  readonly after: readonly (readonly (readonly number[])[])[];
  /** Steps in which each parameter was projected (AdamP, SGDP). */
  readonly projected?: readonly number[];
}
interface Tape {
  readonly start: readonly NestedNumbers[];
  readonly shapes: readonly (readonly number[])[];
  readonly tape: readonly (readonly NestedNumbers[])[];
}

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`optim/${name}.json`, import.meta.url), "utf8"));
const { start, tape } = read<Tape>("tape");

type Make = new (parameters: readonly object[], options: object) => Optimizer;
const original = { variant: "original" };
const classes: Record<string, [Make, PureUpdate<object>, Options?]> = {
  adagrad: [optim.Adagrad as Make, optim.updates.adagrad],
  adadelta: [optim.Adadelta as Make, optim.updates.adadelta],
  rmsprop: [optim.RMSprop as Make, optim.updates.rmsprop],
  adamw: [optim.AdamW as Make, optim.updates.adamw],
  adamax: [optim.Adamax as Make, optim.updates.adamax],
  nadam: [optim.NAdam as Make, optim.updates.nadam],
  radam: [optim.RAdam as Make, optim.updates.radam],
  radamOriginal: [optim.RAdam as Make, optim.updates.radam, original],
  adamp: [optim.AdamP as Make, optim.updates.adamp],
  sgdp: [optim.SGDP as Make, optim.updates.sgdp as PureUpdate<object>],
};

const leaf = (values: NestedNumbers, dtype: "float32" | "float64" = "float64"): Tensor =>
  tensor(values, { dtype, requiresGrad: true });

const worst = (got: readonly Tensor[], wanted: readonly (readonly number[])[]): number =>
  Math.max(...got.flatMap(({ data }, i) => wanted[i]!.map((value, j) => Math.abs(data[j]! - value))));

function takeSteps(
  optimizer: Optimizer,
  parameters: readonly Tensor[],
  steps: readonly number[],
  { after }: Case,
): number {
  let difference = 0;
  for (const step of steps) {
    optimizer.zeroGrad();
    for (const [i, parameter] of parameters.entries())
      parameter.backward(tensor(tape[step]![i]!, { dtype: parameter.dtype }));
    optimizer.step();
    difference = Math.max(difference, worst(parameters, after[step]!));
  }
  return difference;
}

const given = (parameters: readonly Tensor[], groups?: readonly Options[]): readonly object[] =>
  groups === undefined ? parameters : parameters.map((p, i) => ({ parameters: [p], ...groups[i] }));

const all = [...tape.keys()];

describe.each(Object.keys(classes))("%s", (name) => {
  const [Class, update, extra = {}] = classes[name]!;
  const cases = read<{ cases: readonly Case[] }>(name).cases.map((one) => ({
    name: JSON.stringify([one.options, ...(one.groups ?? [])]),
    one,
    options: { ...one.options, ...extra },
  }));

  test.each(cases)("the class follows 40 steps: $name", ({ one, options }) => {
    const parameters = start.map((values) => leaf(values));
    const optimizer = new Class(given(parameters, one.groups), options);
    expect(one.after).toHaveLength(40);
    expect(takeSteps(optimizer, parameters, all, one)).toBeLessThan(1e-9);
  });

  test.each(cases)("resumed from a saved state after 17 steps: $name", ({ one, options }) => {
    const first = start.map((values) => leaf(values));
    const before = new Class(given(first, one.groups), options);
    takeSteps(before, first, all.slice(0, 17), one);
    const saved = JSON.parse(
      JSON.stringify(before.stateDict(), (_, value) =>
        ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value,
      ),
    );
    const second = first.map((parameter) => leaf(parameter.toArray()));
    const bare = { learningRate: 1, ...extra, ...structural(options) };
    const after = new Class(
      one.groups === undefined ? second : second.map((p) => ({ parameters: [p] })),
      bare,
    );
    after.loadStateDict(saved);
    expect(takeSteps(after, second, all.slice(17), one)).toBeLessThan(1e-9);
  });

  test.each(cases)("the pure rule follows 40 steps: $name", ({ one, options }) => {
    let difference = 0;
    for (const [i, values] of start.entries()) {
      let parameter = values as number[];
      let state: PureState = {};
      for (const step of all) {
        ({ parameter, state } = update(parameter, tape[step]![i]!, state, {
          ...options,
          ...one.groups?.[i],
        }));
        const flat = [parameter].flat(3) as number[];
        difference = Math.max(difference, ...flat.map((p, j) => Math.abs(p - one.after[step]![i]![j]!)));
      }
    }
    expect(difference).toBeLessThan(1e-9);
  });

  // Rounding to 1e-7 grows where a step divides by a small root, and may tip a projection that stands at its limit.
  test.each(cases)("float32 stays within rounding: $name", ({ one, options }) => {
    const parameters = start.map((values) => leaf(values, "float32"));
    const optimizer = new Class(given(parameters, one.groups), options);
    expect(takeSteps(optimizer, parameters, all, one)).toBeLessThan(2e-4);
  });
});

/** The options that decide which averages there are; a saved state brings the rest. */
function structural(options: Options): Options {
  const names = ["momentum", "centered", "amsgrad"];
  return Object.fromEntries(Object.entries(options).filter(([key]) => names.includes(key)));
}

test("the tapes of AdamP and SGDP project in some steps and not in others, and never the vector", () => {
  for (const name of ["adamp", "sgdp"])
    for (const { projected } of read<{ cases: readonly Case[] }>(name).cases) {
      expect(projected![0]).toBeGreaterThan(2);
      expect(projected![0]).toBeLessThan(40);
      expect(projected![1]).toBe(0);
    }
});

describe("nagLookahead", () => {
  interface Path {
    readonly start: number[];
    readonly curvature: number[];
    readonly cases: readonly { options: optim.NAGLookaheadOptions; after: readonly number[][] }[];
  }
  const { start: begin, curvature, cases } = read<Path>("nagLookahead");

  test.each(cases)("the class follows 40 steps: $options", ({ options, after }) => {
    const w = leaf(begin);
    const optimizer = new optim.NAGLookahead([w], options);
    const half = tensor(
      curvature.map((c) => c / 2),
      { dtype: "float64" },
    );
    let difference = 0;
    for (const wanted of after) {
      optimizer.zeroGrad();
      w.square().mul(half).sum().backward();
      optimizer.step();
      difference = Math.max(difference, worst([w], [wanted]));
    }
    expect(after).toHaveLength(40);
    expect(difference).toBeLessThan(1e-9);
  });

  test.each(cases)("the pure rule follows 40 steps: $options", ({ options, after }) => {
    let parameter = begin;
    let state: PureState = {};
    for (const wanted of after) {
      const gradient = (at: number[]): number[] => at.map((x, i) => curvature[i]! * x);
      ({ parameter, state } = optim.updates.nagLookahead(parameter, gradient, state, options));
      for (const [i, x] of parameter.entries()) expect(Math.abs(x - wanted[i]!)).toBeLessThan(1e-9);
    }
  });
});
