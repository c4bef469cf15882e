import { describe, expect, test } from "vitest";
import { adam } from "../../../src/optim/adam.js";
import { AdamW, adamw } from "../../../src/optim/adamw.js";
import { errorOf } from "../../support/errorOf.js";
import { descend, leaf, rounded, settingsOf } from "../../support/optimizerTrace.js";

describe("AdamW", () => {
  test("has the expected defaults", () => {
    expect(settingsOf(new AdamW([leaf([1])]))).toEqual({
      learningRate: 1e-3,
      beta1: 0.9,
      beta2: 0.999,
      eps: 1e-8,
      weightDecay: 1e-2,
      amsgrad: false,
      epsMode: "outside",
    });
  });

  // PyTorch 1.13, float64
  test("follows the published trace on ½‖w‖²", () => {
    const [first, second] = rounded(descend((w) => new AdamW([w], { learningRate: 0.1 })));
    expect(first).toEqual([0.899, 0.79851903, 0.69891118, 0.60059858]);
    expect(second).toEqual([9.89, 9.78014036, 9.67044152, 9.56092411]);
  });

  test("is the step of Adam after shrinking by 1 − ηλ, and Adam itself without decay", () => {
    const options = { learningRate: 0.1, weightDecay: 0.3 };
    const plain = adam([2, -5], [1, 4], {}, { learningRate: 0.1 });
    const decayed = adamw([2, -5], [1, 4], {}, options);
    expect(decayed.parameter[0]).toBeCloseTo(plain.parameter[0]! - 0.03 * 2, 12);
    expect(decayed.parameter[1]).toBeCloseTo(plain.parameter[1]! + 0.03 * 5, 12);
    expect(decayed.state).toEqual(plain.state);
    expect(adamw([2, -5], [1, 4], {}, { ...options, weightDecay: 0 })).toEqual(plain);
  });

  test.each([
    [{ learningRate: 0 }, "RangeError: AdamW: learningRate must be a finite number greater than 0, got 0"],
    [
      { learningRate: Number.NaN },
      "RangeError: AdamW: learningRate must be a finite number greater than 0, got NaN",
    ],
    [{ weightDecay: -1 }, "RangeError: AdamW: weightDecay must be a finite number at least 0, got -1"],
    [{ beta1: 1 }, "RangeError: AdamW: beta1 must be a finite number at least 0 and less than 1, got 1"],
    [
      { beta2: -0.1 },
      "RangeError: AdamW: beta2 must be a finite number at least 0 and less than 1, got -0.1",
    ],
    [{ eps: -1 }, "RangeError: AdamW: eps must be a finite number at least 0, got -1"],
    [{ lr: 1 }, 'TypeError: AdamW: unknown option "lr"\n  help: did you mean "learningRate"?'],
  ])("refuses %j", (options, message) => {
    expect(errorOf(() => new AdamW([leaf([1])], options as never))).toBe(message);
  });
});
