import { describe, expect, test } from "vitest";
// Chooses the fast engine, so that memory behaves as it does for users.
import "../../../src/engine/control.js";
import { mseLoss } from "../../../src/nn/loss.js";
import { MLP } from "../../../src/nn/sequential.js";
import { Adam } from "../../../src/optim/adam.js";
import { SGD } from "../../../src/optim/sgd.js";
import { createRandom } from "../../../src/random.js";
import { randn, tensor } from "../../../src/tensor/create.js";
import type { Tensor } from "../../../src/tensor/tensor.js";

const leaf = (values: number[]): Tensor => tensor(values, { dtype: "float64", requiresGrad: true });
const push = (parameter: Tensor, gradient: number[]): void =>
  parameter.backward(tensor(gradient, { dtype: "float64" }));

describe("groups", () => {
  test("a group's options come before the optimizer's", () => {
    const [a, b] = [leaf([1]), leaf([1])];
    const optimizer = new SGD([{ parameters: [a] }, { parameters: [b], learningRate: 0.5 }], {
      learningRate: 0.1,
    });
    push(a, [1]);
    push(b, [1]);
    optimizer.step();
    expect([a.data[0], b.data[0]]).toEqual([0.9, 0.5]);
  });

  test("may differ in momentum", () => {
    const [a, b] = [leaf([0]), leaf([0])];
    const optimizer = new SGD([{ parameters: [a], momentum: 0.5 }, { parameters: [b] }], { learningRate: 1 });
    for (let step = 0; step < 2; step++) {
      optimizer.zeroGrad();
      push(a, [1]);
      push(b, [1]);
      optimizer.step();
    }
    // a: 1 + 1.5, b: 1 + 1
    expect([a.data[0], b.data[0]]).toEqual([-2.5, -2]);
  });

  test("learningRate reads the first group and sets all; groups can be set one by one", () => {
    const optimizer = new SGD([{ parameters: [leaf([1])] }, { parameters: [leaf([1])], learningRate: 0.5 }], {
      learningRate: 0.1,
    });
    expect(optimizer.learningRate).toBe(0.1);
    optimizer.groups[1]!.learningRate = 0.25;
    expect(optimizer.learningRate).toBe(0.1);
    optimizer.learningRate = 0.3;
    expect(optimizer.groups.map((group) => group.learningRate)).toEqual([0.3, 0.3]);
    expect(() => {
      optimizer.learningRate = -1;
    }).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: SGD.learningRate: value must be a finite number at least 0, got -1]`,
    );
  });

  test("switching momentum on later is refused", () => {
    const w = leaf([1]);
    const optimizer = new SGD([w], { learningRate: 0.1 });
    optimizer.groups[0]!.momentum = 0.9;
    push(w, [1]);
    expect(() => optimizer.step()).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: SGD: a group must keep the kind of update it was made with (0 averages), got settings that need 1
        help: make a new optimizer to switch momentum or amsgrad on or off]
    `);
  });
});

describe("step()", () => {
  test("refuses a learning rate that was set to NaN or below 0, and changes nothing", () => {
    const w = leaf([1]);
    const optimizer = new SGD([w], { learningRate: 0.1 });
    push(w, [1]);
    optimizer.groups[0]!.learningRate = Number.NaN;
    expect(() => optimizer.step()).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: SGD: learningRate must be a finite number at least 0, got NaN]`,
    );
    expect([w.toArray(), optimizer.steps]).toEqual([[1], 0]);
  });

  test("skips parameters without gradient: their averages and step counts stand still", () => {
    const [a, b] = [leaf([0]), leaf([0])];
    const optimizer = new Adam([a, b], { learningRate: 1 });
    push(a, [1]);
    optimizer.step();
    expect(b.data[0]).toBe(0);
    expect(optimizer.stateDict().parameters.map(({ step }) => step)).toEqual([1, 0]);
    optimizer.zeroGrad();
    push(b, [5]);
    optimizer.step();
    // The first step of b: η·sign(g) up to ε.
    expect(b.data[0]).toBeCloseTo(-1, 7);
    expect(optimizer.steps).toBe(2);
  });

  test("without any gradient is an error and does not count", () => {
    const optimizer = new SGD([leaf([1]), leaf([2])], { learningRate: 0.1 });
    expect(() => optimizer.step()).toThrowErrorMatchingInlineSnapshot(`
      [Error: SGD: step needs a gradient, got none for all 2 parameters
        help: call loss.backward() between zeroGrad() and step()]
    `);
    expect(optimizer.steps).toBe(0);
  });

  test("names the parameter and step of a NaN gradient, and changes nothing", () => {
    const [a, b] = [leaf([1]), leaf([1, 2])];
    const optimizer = new SGD([a, b], { learningRate: 0.1 });
    push(a, [1]);
    optimizer.step();
    optimizer.zeroGrad();
    push(a, [1]);
    push(b, [0, Number.NaN]);
    expect(() => optimizer.step()).toThrowErrorMatchingInlineSnapshot(`
      [NaNGradientError: SGD: gradients must be numbers, got NaN in parameter 1 at step 2
        parameter [2], first NaN at flat index 1
        help: the loss grew beyond all bounds before: lower the learning rate, or clip gradients with optim.clipGradNorm]
    `);
    expect(a.data[0]).toBe(0.9);
  });

  test("looks at every step of a large model", () => {
    const w = leaf(Array.from({ length: 70_000 }, () => 1));
    const optimizer = new SGD([w], { learningRate: 0.1 });
    const step = (last: number): void => {
      optimizer.zeroGrad();
      push(w, [...Array.from({ length: 69_999 }, () => 1), last]);
      optimizer.step();
    };
    step(1);
    step(1);
    expect(() => step(Number.NaN)).toThrow(
      /NaN in parameter 0 at step 3\n {2}parameter \[70000\], first NaN at flat index 69999\n/,
    );
    expect(w.data[69_999]).toBeCloseTo(0.8, 6);
  });

  test("takes infinite gradients as they are", () => {
    const w = leaf([1]);
    const optimizer = new SGD([w], { learningRate: 0.1 });
    push(w, [Number.POSITIVE_INFINITY]);
    optimizer.step();
    expect(w.data[0]).toBe(Number.NEGATIVE_INFINITY);
  });

  test("an assigned gradient is used", () => {
    const w = leaf([1]);
    const optimizer = new SGD([w], { learningRate: 0.1 });
    w.grad = tensor([2], { dtype: "float64" });
    optimizer.step();
    expect(w.data[0]).toBeCloseTo(0.8, 15);
  });

  test("two optimizers over one model share its parameters and keep their own averages", () => {
    const w = leaf([0]);
    const first = new SGD([w], { learningRate: 1, momentum: 0.5 });
    const second = new SGD([w], { learningRate: 1, momentum: 0.5 });
    push(w, [1]);
    first.step(); // w = −1
    second.step(); // its first step: b = 1, w = −2
    expect(w.data[0]).toBe(-2);
  });
});

describe("stateDict and loadStateDict", () => {
  const makeModel = (): MLP => new MLP({ sizes: [2, 4, 1], activation: "tanh", random: createRandom(1) });
  const x = randn([8, 2], { random: createRandom(2) });
  const y = randn([8, 1], { random: createRandom(3) });
  const train = (model: MLP, optimizer: Adam, steps: number): void => {
    for (let step = 0; step < steps; step++) {
      optimizer.zeroGrad();
      mseLoss(model.forward(x), y).backward();
      optimizer.step();
    }
  };

  test("a run that is saved, written as JSON, and continued equals one without a break", () => {
    const whole = makeModel();
    train(whole, new Adam(whole.parameters(), { learningRate: 0.05, amsgrad: true }), 10);

    const first = makeModel();
    const optimizer = new Adam(first.parameters(), { learningRate: 0.05, amsgrad: true });
    train(first, optimizer, 4);
    const saved = JSON.parse(
      JSON.stringify(optimizer.stateDict(), (_, value) =>
        ArrayBuffer.isView(value) ? [...(value as Float32Array)] : value,
      ),
    );
    const second = makeModel();
    second.loadStateDict(first.stateDict());
    const continued = new Adam(second.parameters(), { amsgrad: true });
    continued.loadStateDict(saved);
    expect(continued.learningRate).toBe(0.05);
    train(second, continued, 6);

    for (const [i, parameter] of second.parameters().entries())
      expect(parameter.toArray()).toEqual(whole.parameters()[i]!.toArray());
  });

  test("a state with one bad group changes no group", () => {
    const optimizer = new SGD([{ parameters: [leaf([0])] }, { parameters: [leaf([0])], learningRate: 0.5 }], {
      learningRate: 0.1,
    });
    const { groups, parameters } = optimizer.stateDict();
    const bad = {
      parameters,
      groups: [
        { ...groups[0], learningRate: 0.7 },
        { ...groups[1], momentum: -1 },
      ],
    };
    expect(() => optimizer.loadStateDict(bad)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: SGD.loadStateDict: momentum must be a finite number at least 0, got -1]`,
    );
    expect(optimizer.groups.map((group) => group.learningRate)).toEqual([0.1, 0.5]);
  });

  test("the state is a copy", () => {
    const w = leaf([0]);
    const optimizer = new SGD([w], { learningRate: 1, momentum: 0.5 });
    push(w, [1]);
    optimizer.step();
    const saved = optimizer.stateDict();
    optimizer.step();
    expect(saved.parameters[0]).toEqual({ step: 1, momentumBuffer: Float64Array.of(1) });
    expect(saved.groups[0]).toEqual({
      learningRate: 1,
      momentum: 0.5,
      dampening: 0,
      nesterov: false,
      weightDecay: 0,
    });
  });
});

test("10,000 steps of a small network on the float32 path leave finite numbers and a small loss", () => {
  const model = new MLP({ sizes: [1, 8, 1], activation: "tanh", random: createRandom(1) });
  const optimizer = new Adam(model.parameters(), { learningRate: 0.01 });
  const x = tensor([[-1], [-0.5], [0], [0.5], [1]]);
  const y = tensor([[1], [0.25], [0], [0.25], [1]]);
  let loss = Number.NaN;
  for (let step = 0; step < 10_000; step++) {
    optimizer.zeroGrad();
    const value = mseLoss(model.forward(x), y);
    value.backward();
    optimizer.step();
    loss = value.item();
  }
  expect(loss).toBeLessThan(1e-3);
});
