import { describe, expect, test } from "vitest";
import { Adam, adam } from "../../../src/optim/adam.js";
import type { PureState } from "../../../src/optim/pureRule.js";
import { tensor } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";

describe("Adam", () => {
  test("has the expected defaults", () => {
    const { parameters, ...settings } = new Adam([tensor([1], { requiresGrad: true })]).groups[0]!;
    expect(settings).toEqual({
      learningRate: 1e-3,
      beta1: 0.9,
      beta2: 0.999,
      eps: 1e-8,
      weightDecay: 0,
      amsgrad: false,
      epsMode: "outside",
    });
    expect(parameters).toHaveLength(1);
  });

  test("follows the published trace on ½‖w‖²", () => {
    const w = tensor([1, 10], { dtype: "float64", requiresGrad: true });
    const optimizer = new Adam([w], { learningRate: 0.1 });
    const path = [1, 2, 3, 4].map(() => {
      optimizer.zeroGrad();
      w.square().sum().mul(0.5).backward();
      optimizer.step();
      return [...w.data];
    });
    // PyTorch 1.13, float64
    const first = [0.9, 0.80041223, 0.70158627, 0.60393906];
    const second = [9.9, 9.80002746, 9.70010099, 9.6002394];
    for (const [i, [a, b]] of path.entries()) {
      expect(a).toBeCloseTo(first[i]!, 7);
      expect(b).toBeCloseTo(second[i]!, 7);
    }
  });

  test.each([
    [{ beta1: 1 }, "Adam: beta1 must be a finite number at least 0 and less than 1, got 1"],
    [{ beta2: -0.1 }, "Adam: beta2 must be a finite number at least 0 and less than 1, got -0.1"],
    [{ eps: -1 }, "Adam: eps must be a finite number at least 0, got -1"],
    [{ learningRate: -1 }, "Adam: learningRate must be a finite number greater than 0, got -1"],
    [{ weightDecay: -1 }, "Adam: weightDecay must be a finite number at least 0, got -1"],
    [{ epsMode: "inner" }, 'Adam: epsMode must be "outside" or "inside", got "inner"'],
    [{ betas: [0.9, 0.99] }, 'Adam: unknown option "betas"\n  help: did you mean "beta1"?'],
  ])("refuses %j", (options, message) => {
    expect(() => new Adam([tensor([1], { requiresGrad: true })], options as object)).toThrow(message);
  });
});

describe("updates.adam", () => {
  // m = .1·2 = .2, v = .001·4 = .004, m̂ = 2, v̂ = 4: step η·2/(2 + ε)
  test("first step by hand", () => {
    const { parameter, state } = adam([1], [2], {}, { learningRate: 0.1 });
    expect(parameter[0]).toBeCloseTo(1 - 0.1 / (1 + 0.5e-8), 12);
    expect(state.step).toBe(1);
    expect((state.m as number[])[0]).toBeCloseTo(0.2, 15);
    expect((state.v as number[])[0]).toBeCloseTo(0.004, 15);
  });

  test("epsMode inside takes the root of v̂ + ε", () => {
    // v̂ = 4, ε = 5: √9 = 3, step 0.1·2/3; outside: √4 + 5 = 7
    const inside = adam([1], [2], {}, { learningRate: 0.1, eps: 5, epsMode: "inside" }).parameter[0];
    const outside = adam([1], [2], {}, { learningRate: 0.1, eps: 5 }).parameter[0];
    expect(inside).toBeCloseTo(1 - 0.2 / 3, 12);
    expect(outside).toBeCloseTo(1 - 0.2 / 7, 12);
  });

  test("amsgrad keeps the largest v: PyTorch's values for gradients 1, .1, .1, …", () => {
    const wanted = [-0.1, -0.17254762, -0.2332933, -0.28721752, -0.33663354, -0.38283097];
    let parameter = [0];
    let state: PureState = {};
    const options = { learningRate: 0.1, beta1: 0.9, beta2: 0.9, amsgrad: true };
    for (const [step, value] of wanted.entries()) {
      ({ parameter, state } = adam(parameter, [step === 0 ? 1 : 0.1], state, options));
      expect(parameter[0]).toBeCloseTo(value, 7);
    }
  });

  test("beta1 = beta2 = 0 steps along the sign", () => {
    expect(adam([0, 0], [3, -0.01], {}, { learningRate: 1, beta1: 0, beta2: 0, eps: 0 }).parameter).toEqual([
      -1, 1,
    ]);
  });
});
