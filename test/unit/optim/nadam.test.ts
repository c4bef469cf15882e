import { describe, expect, test } from "vitest";
import { NAdam, nadam } from "../../../src/optim/nadam.js";
import type { PureState } from "../../../src/optim/pureRule.js";
import { tensor } from "../../../src/tensor/create.js";
import { errorOf } from "../../support/errorOf.js";
import { descend, follow, leaf, rounded, settingsOf } from "../../support/optimizerTrace.js";

describe("NAdam", () => {
  test("has the expected defaults", () => {
    expect(settingsOf(new NAdam([leaf([1])]))).toEqual({
      learningRate: 2e-3,
      beta1: 0.9,
      beta2: 0.999,
      eps: 1e-8,
      momentumDecay: 4e-3,
      weightDecay: 0,
    });
  });

  // The formula in NumPy. PyTorch 1.13, which multiplies the product twice, has 0.89504688, 0.82112695, …
  test("follows the published trace on ½‖w‖²", () => {
    const [first, second] = rounded(descend((w) => new NAdam([w], { learningRate: 0.1 })));
    expect(first).toEqual([0.89435482, 0.81997307, 0.75272927, 0.68771605]);
    expect(second).toEqual([9.89435482, 9.81635609, 9.74367702, 9.6712891]);
  });

  // ψ = 0: μ = 0.45 in every step. Step 1: g/den = m̂/den with m = 0.1g: (1 − .45)/(1 − .45) + .45/(1 − .2025)·0.1
  test("first step by hand", () => {
    const path = follow((w) => new NAdam([w], { learningRate: 1, momentumDecay: 0, eps: 0 }), [7]);
    expect(path[0]).toBeCloseTo(-(1 + (0.45 * 0.1) / (1 - 0.2025)), 12);
  });

  test("two groups at different steps and settings each have their own product", () => {
    const [a, b] = [leaf([0]), leaf([0])];
    const optimizer = new NAdam([{ parameters: [a], beta1: 0.5 }, { parameters: [b] }], {
      learningRate: 0.1,
    });
    const push = (w: typeof a): void => {
      w.grad = tensor([1], { dtype: "float64" });
    };
    push(a);
    optimizer.step();
    for (let step = 0; step < 3; step++) {
      push(a);
      push(b);
      optimizer.step();
    }
    const alone = (beta1: number, steps: number): number => {
      let parameter = 0;
      let state: PureState = {};
      for (let step = 0; step < steps; step++)
        ({ parameter, state } = nadam(parameter, 1, state, { learningRate: 0.1, beta1 }));
      return parameter;
    };
    expect(a.data[0]).toBeCloseTo(alone(0.5, 4), 12);
    expect(b.data[0]).toBeCloseTo(alone(0.9, 3), 12);
  });

  test.each([
    [{ learningRate: 0 }, "RangeError: NAdam: learningRate must be a finite number greater than 0, got 0"],
    [
      { learningRate: Number.NaN },
      "RangeError: NAdam: learningRate must be a finite number greater than 0, got NaN",
    ],
    [{ weightDecay: -1 }, "RangeError: NAdam: weightDecay must be a finite number at least 0, got -1"],
    [{ beta1: 1 }, "RangeError: NAdam: beta1 must be a finite number at least 0 and less than 1, got 1"],
    [
      { beta2: -0.1 },
      "RangeError: NAdam: beta2 must be a finite number at least 0 and less than 1, got -0.1",
    ],
    [{ eps: -1 }, "RangeError: NAdam: eps must be a finite number at least 0, got -1"],
    [{ momentumDecay: -1 }, "RangeError: NAdam: momentumDecay must be a finite number at least 0, got -1"],
    [{ lr: 1 }, 'TypeError: NAdam: unknown option "lr"\n  help: did you mean "learningRate"?'],
  ])("refuses %j", (options, message) => {
    expect(errorOf(() => new NAdam([leaf([1])], options as never))).toBe(message);
  });
});
