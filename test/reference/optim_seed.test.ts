// SGD and Adam against PyTorch, step by step, in float64.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Linear, mseLoss, Sequential, Tanh } from "../../src/nn/index.js";
import { Adam, type Optimizer, SGD, updates } from "../../src/optim/index.js";
import type { PureState } from "../../src/optim/pureRule.js";
import { tensor } from "../../src/tensor/create.js";
import type { NestedNumbers, Tensor } from "../../src/tensor/tensor.js";

interface Case {
  readonly class?: string;
  readonly options: Record<string, number | boolean>;
  readonly after: readonly (readonly (readonly number[])[])[];
}
interface Fixture {
  readonly start: readonly NestedNumbers[];
  readonly shapes: readonly (readonly number[])[];
  readonly tape: readonly (readonly NestedNumbers[])[];
  readonly skip?: readonly number[];
  readonly cases: readonly Case[];
}

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`optim_seed/${name}.json`, import.meta.url), "utf8"));

type Make = (parameters: readonly Tensor[], options: Case["options"]) => Optimizer<object>;
const makers: Record<string, Make> = {
  sgd: (parameters, options) => new SGD(parameters, { learningRate: 1, ...options }),
  adam: (parameters, options) => new Adam(parameters, options),
};

const leaf = (values: NestedNumbers): Tensor => tensor(values, { dtype: "float64", requiresGrad: true });

function worstDifference(got: readonly Tensor[], wanted: readonly (readonly number[])[]): number {
  let worst = 0;
  for (const [i, parameter] of got.entries())
    for (const [j, value] of wanted[i]!.entries())
      worst = Math.max(worst, Math.abs(parameter.data[j]! - value));
  return worst;
}

function runClass(make: Make, fixture: Fixture, { options, after }: Case): number {
  const parameters = fixture.start.map(leaf);
  const optimizer = make(parameters, options);
  let worst = 0;
  for (const [step, gradients] of fixture.tape.entries()) {
    optimizer.zeroGrad();
    for (const [i, parameter] of parameters.entries())
      if (!(i === 1 && fixture.skip?.includes(step)))
        parameter.backward(tensor(gradients[i]!, { dtype: "float64" }));
    optimizer.step();
    worst = Math.max(worst, worstDifference(parameters, after[step]!));
  }
  return worst;
}

describe.each(["sgd", "adam"] as const)("%s", (name) => {
  const fixture = read<Fixture>(name);
  const cases = fixture.cases.map((one) => ({ name: JSON.stringify(one.options), one }));

  test.each(cases)("the class follows PyTorch for 40 steps: $name", ({ one }) => {
    expect(runClass(makers[name]!, fixture, one)).toBeLessThan(1e-9);
    expect(one.after).toHaveLength(40);
  });

  test.each(cases)("the pure rule follows PyTorch for 40 steps: $name", ({ one }) => {
    let worst = 0;
    for (const [i, start] of fixture.start.entries()) {
      let parameter = start as number[][];
      let state: PureState = {};
      for (const [step, gradients] of fixture.tape.entries()) {
        const options = one.options as unknown as { learningRate: number };
        ({ parameter, state } = updates[name](parameter, gradients[i]!, state, options));
        worst = Math.max(worst, ...[parameter].flat(2).map((p, j) => Math.abs(p - one.after[step]![i]![j]!)));
      }
    }
    expect(worst).toBeLessThan(1e-9);
  });

  test("the float32 class stays within rounding of PyTorch's float64", () => {
    const one = fixture.cases[2]!;
    const parameters = fixture.start.map((values) => tensor(values, { requiresGrad: true }));
    const optimizer = makers[name]!(parameters, one.options);
    for (const gradients of fixture.tape) {
      optimizer.zeroGrad();
      for (const [i, parameter] of parameters.entries()) parameter.backward(tensor(gradients[i]!));
      optimizer.step();
    }
    expect(worstDifference(parameters, one.after.at(-1)!)).toBeLessThan(2e-4);
  });
});

describe("a parameter without gradient in some steps", () => {
  const fixture = read<Fixture>("skipped");
  test.each(fixture.cases.map((one) => ({ name: one.class!, one })))(
    "$name skips it as PyTorch does",
    ({ name, one }) => {
      expect(runClass(makers[name.toLowerCase()]!, fixture, one)).toBeLessThan(1e-9);
    },
  );
});

test("a network trained by Adam has PyTorch's loss in every one of 40 steps", () => {
  const fixture = read<{ x: number[][]; y: number[][]; weights: NestedNumbers[]; losses: number[] }>(
    "network",
  );
  const model = new Sequential(
    new Linear(1, 6, { dtype: "float64" }),
    new Tanh(),
    new Linear(6, 1, { dtype: "float64" }),
  );
  const names = ["layers.0.weight", "layers.0.bias", "layers.2.weight", "layers.2.bias"];
  model.loadStateDict(
    Object.fromEntries(names.map((name, i) => [name, tensor(fixture.weights[i]!, { dtype: "float64" })])),
  );
  const optimizer = new Adam(model.parameters(), { learningRate: 0.05 });
  const x = tensor(fixture.x, { dtype: "float64" });
  const y = tensor(fixture.y, { dtype: "float64" });
  const losses = fixture.losses.map(() => {
    optimizer.zeroGrad();
    const loss = mseLoss(model.forward(x), y);
    loss.backward();
    optimizer.step();
    return loss.item();
  });
  for (const [step, loss] of losses.entries())
    expect(Math.abs(loss - fixture.losses[step]!)).toBeLessThan(1e-9);
  expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
});
