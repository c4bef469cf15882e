import { describe, expect, test } from "vitest";
import { Adadelta, adadelta } from "../../../src/optim/adadelta.js";
import { errorOf } from "../../support/errorOf.js";
import { descend, leaf, rounded, settingsOf } from "../../support/optimizerTrace.js";

describe("Adadelta", () => {
  test("has the expected defaults", () => {
    expect(settingsOf(new Adadelta([leaf([1])]))).toEqual({
      learningRate: 1,
      rho: 0.9,
      eps: 1e-6,
      weightDecay: 0,
    });
  });

  // PyTorch 1.13, float64
  test("follows the published trace on ½‖w‖²", () => {
    const [first, second] = rounded(descend((w) => new Adadelta([w], {})));
    expect(first).toEqual([0.99683774, 0.9935982, 0.99030908, 0.98698409]);
    expect(second).toEqual([9.99683772, 9.99359378, 9.99029414, 9.98695153]);
  });

  // √ε/√((1 − ρ)g² + ε)·g, which is √(ε/(1 − ρ)) where ε is small beside g²
  test("ε sets the first step, whatever the gradient", () => {
    for (const eps of [1e-8, 1e-6, 1e-4])
      for (const gradient of [10, 1000])
        expect(-adadelta(0, gradient, {}, { eps }).parameter / Math.sqrt(eps / 0.1)).toBeCloseTo(1, 4);
  });

  test.each([
    [{ learningRate: 0 }, "RangeError: Adadelta: learningRate must be a finite number greater than 0, got 0"],
    [
      { learningRate: Number.NaN },
      "RangeError: Adadelta: learningRate must be a finite number greater than 0, got NaN",
    ],
    [{ weightDecay: -1 }, "RangeError: Adadelta: weightDecay must be a finite number at least 0, got -1"],
    [{ rho: 1 }, "RangeError: Adadelta: rho must be a finite number at least 0 and less than 1, got 1"],
    [
      { eps: 0 },
      "RangeError: Adadelta: eps must be a finite number greater than 0, got 0\n  help: with eps 0 the first step is 0, and so are all others",
    ],
    [{ lr: 1 }, 'TypeError: Adadelta: unknown option "lr"\n  help: did you mean "learningRate"?'],
  ])("refuses %j", (options, message) => {
    expect(errorOf(() => new Adadelta([leaf([1])], options as never))).toBe(message);
  });
});
