import { describe, expect, test } from "vitest";
import { Adamax, adamax } from "../../../src/optim/adamax.js";
import { errorOf } from "../../support/errorOf.js";
import { descend, follow, leaf, rounded, settingsOf } from "../../support/optimizerTrace.js";

describe("Adamax", () => {
  test("has the expected defaults", () => {
    expect(settingsOf(new Adamax([leaf([1])]))).toEqual({
      learningRate: 2e-3,
      beta1: 0.9,
      beta2: 0.999,
      eps: 1e-8,
      weightDecay: 0,
    });
  });

  // PyTorch 1.13, float64
  test("follows the published trace on ½‖w‖²", () => {
    const [first, second] = rounded(descend((w) => new Adamax([w], { learningRate: 0.1 })));
    expect(first).toEqual([0.9, 0.80516833, 0.71549947, 0.63097308]);
    expect(second).toEqual([9.9, 9.80042674, 9.70129712, 9.60262781]);
  });

  // β1 = 0: m/(1 − β1ᵗ) = g. u: 8, then max(0.5·8, 1) = 4: steps 1 and 1/4.
  test("u holds the largest gradient and forgets it by β2", () => {
    const path = follow((w) => new Adamax([w], { learningRate: 1, beta1: 0, beta2: 0.5, eps: 0 }), [8, 1]);
    expect(path).toEqual([-1, -1.25]);
    expect(adamax(0, 8, {}, { beta1: 0, beta2: 0.5, eps: 0 }).state).toEqual({ step: 1, m: 8, u: 8 });
  });

  test.each([
    [{ learningRate: 0 }, "RangeError: Adamax: learningRate must be a finite number greater than 0, got 0"],
    [
      { learningRate: Number.NaN },
      "RangeError: Adamax: learningRate must be a finite number greater than 0, got NaN",
    ],
    [{ weightDecay: -1 }, "RangeError: Adamax: weightDecay must be a finite number at least 0, got -1"],
    [{ beta1: 1 }, "RangeError: Adamax: beta1 must be a finite number at least 0 and less than 1, got 1"],
    [
      { beta2: -0.1 },
      "RangeError: Adamax: beta2 must be a finite number at least 0 and less than 1, got -0.1",
    ],
    [{ eps: -1 }, "RangeError: Adamax: eps must be a finite number at least 0, got -1"],
    [{ lr: 1 }, 'TypeError: Adamax: unknown option "lr"\n  help: did you mean "learningRate"?'],
  ])("refuses %j", (options, message) => {
    expect(errorOf(() => new Adamax([leaf([1])], options as never))).toBe(message);
  });
});
