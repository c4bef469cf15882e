import { describe, expect, test } from "vitest";
import type { PureState } from "../../../src/optim/pureRule.js";
import { SGD, sgd } from "../../../src/optim/sgd.js";
import { tensor } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";
import type { Tensor } from "../../../src/tensor/tensor.js";

const leaf = (): Tensor => tensor([1, 10], { dtype: "float64", requiresGrad: true });

/** Four steps on ½‖w‖², whose gradient is w. */
function fourSteps(options: ConstructorParameters<typeof SGD>[1]): number[][] {
  const w = leaf();
  const optimizer = new SGD([w], options);
  return [1, 2, 3, 4].map(() => {
    optimizer.zeroGrad();
    w.square().sum().mul(0.5).backward();
    optimizer.step();
    return [...w.data];
  });
}

const close = (got: number[][], first: number[], second: number[]): void => {
  for (const [i, [a, b]] of got.entries()) {
    expect(a).toBeCloseTo(first[i]!, 10);
    expect(b).toBeCloseTo(second[i]!, 10);
  }
};

describe("SGD", () => {
  test("has the expected defaults", () => {
    const { parameters, ...settings } = new SGD([leaf()], { learningRate: 0.1 }).groups[0]!;
    expect(settings).toEqual({
      learningRate: 0.1,
      momentum: 0,
      dampening: 0,
      nesterov: false,
      weightDecay: 0,
    });
    expect(parameters).toHaveLength(1);
  });

  // Each step multiplies by 1 − η = 0.9.
  test("without momentum: w ← w − ηw", () => {
    close(fourSteps({ learningRate: 0.1 }), [0.9, 0.81, 0.729, 0.6561], [9, 8.1, 7.29, 6.561]);
  });

  // b: 1, .9·1 + .9 = 1.8, .9·1.8 + .72 = 2.34, .9·2.34 + .486 = 2.592
  test("with momentum 0.9", () => {
    close(fourSteps({ learningRate: 0.1, momentum: 0.9 }), [0.9, 0.72, 0.486, 0.2268], [9, 7.2, 4.86, 2.268]);
  });

  // The first step takes the whole gradient; then b: .9·1 + .1·.9 = .99, .9·.99 + .1·.801 = .9711, …
  test("with dampening, which the first step ignores", () => {
    close(
      fourSteps({ learningRate: 0.1, momentum: 0.9, dampening: 0.9 }),
      [0.9, 0.801, 0.70389, 0.6094521],
      [9, 8.01, 7.0389, 6.094521],
    );
  });

  // Step 1: b = 1, d = 1 + .9·1 = 1.9, w = .81
  test("with nesterov", () => {
    close(
      fourSteps({ learningRate: 0.1, momentum: 0.9, nesterov: true }),
      [0.81, 0.5751, 0.327321, 0.09388791],
      [8.1, 5.751, 3.27321, 0.9388791],
    );
  });

  // g = 1 + 0.5·1 = 1.5: w = 1 − 0.15
  test("weightDecay is added to the gradient", () => {
    expect(fourSteps({ learningRate: 0.1, weightDecay: 0.5 })[0]![0]).toBeCloseTo(0.85, 12);
  });

  test("a changed learning rate multiplies the whole buffer, old gradients included", () => {
    const w = tensor([0], { dtype: "float64", requiresGrad: true });
    const optimizer = new SGD([w], { learningRate: 1, momentum: 0.5 });
    const gradient = tensor([1], { dtype: "float64" });
    w.backward(gradient);
    optimizer.step(); // b = 1, w = −1
    optimizer.learningRate = 0.1;
    optimizer.step(); // the same gradient again: b = 1.5, w = −1 − 0.15; with η inside the buffer it were −1.6
    expect(w.data[0]).toBeCloseTo(-1.15, 12);
  });

  test.each([
    [{ learningRate: 0 }, "RangeError: SGD: learningRate must be a finite number greater than 0, got 0"],
    [{ learningRate: -1 }, "RangeError: SGD: learningRate must be a finite number greater than 0, got -1"],
    [
      { learningRate: Number.NaN },
      "RangeError: SGD: learningRate must be a finite number greater than 0, got NaN",
    ],
    [{}, "TypeError: SGD: learningRate must be a finite number greater than 0, got undefined"],
    [
      { learningRate: 1, nesterov: true },
      "RangeError: SGD: nesterov needs momentum > 0, got momentum 0\n  help: pass {momentum: 0.9} or drop nesterov",
    ],
    [
      { learningRate: 1, nesterov: true, momentum: 0.9, dampening: 0.1 },
      "RangeError: SGD: nesterov needs dampening 0, got dampening 0.1\n  help: drop dampening or nesterov",
    ],
    [
      { learningRate: 1, dampening: 0.1 },
      "RangeError: SGD: dampening needs momentum > 0, got dampening 0.1 and momentum 0\n  help: pass {momentum: 0.9} or drop dampening",
    ],
    [
      { learningRate: 1, momentum: -0.5 },
      "RangeError: SGD: momentum must be a finite number at least 0, got -0.5",
    ],
    [{ lr: 1 }, 'TypeError: SGD: unknown option "lr"\n  help: did you mean "learningRate"?'],
  ])("refuses %j", (options, message) => {
    let text = "";
    try {
      new SGD([leaf()], options as { learningRate: number });
    } catch (error) {
      text = String(error);
    }
    expect(text).toBe(message);
  });
});

describe("updates.sgd", () => {
  test("changes nothing that is passed", () => {
    const parameter = [1, 10];
    const state: PureState = {};
    const first = sgd(parameter, [1, 10], state, { learningRate: 0.1, momentum: 0.9 });
    expect(first).toEqual({ parameter: [0.9, 9], state: { step: 1, momentumBuffer: [1, 10] } });
    expect(parameter).toEqual([1, 10]);
    expect(state).toEqual({});
  });

  test("with momentum 0 keeps no buffer", () => {
    expect(sgd([1], [1], {}, { learningRate: 0.5 })).toEqual({ parameter: [0.5], state: { step: 1 } });
  });
});
