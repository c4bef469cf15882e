import { describe, expect, test } from "vitest";
import { sgd } from "../../../src/optim/sgd.js";
import { SGDP, sgdp } from "../../../src/optim/sgdp.js";
import { errorOf } from "../../support/errorOf.js";
import { follow, leaf, settingsOf } from "../../support/optimizerTrace.js";

describe("SGDP", () => {
  test("has the expected defaults", () => {
    expect(settingsOf(new SGDP([leaf([1])], { learningRate: 0.1 }))).toEqual({
      learningRate: 0.1,
      momentum: 0,
      dampening: 0,
      nesterov: false,
      weightDecay: 0,
      eps: 1e-8,
      delta: 0.1,
      weightDecayRatio: 0.1,
    });
  });

  // b: .75·8 = 6, then .5·6 + .75·8 = 9. SGD would take the whole first gradient.
  test("dampening counts from the first step", () => {
    const options = { learningRate: 1, momentum: 0.5, dampening: 0.25 };
    expect(follow((w) => new SGDP([w], options), [8, 8])).toEqual([-6, -15]);
  });

  // λ/(1 − μ) = 0.5/0.5: shrinks by 1 − 0.1
  test("the decay is decoupled and divided by 1 − μ", () => {
    const { parameter } = sgdp([2], [0], {}, { learningRate: 0.1, momentum: 0.5, weightDecay: 0.5 });
    expect(parameter[0]).toBeCloseTo(1.8, 12);
  });

  // ⟨θ̂, d⟩ = 0 in the first step; in the second, b = .9·(4, −3) + (3, 4) points along θ too.
  test("removes the part along the weight", () => {
    const first = sgdp([[3, 4]], [[4, -3]], {}, { learningRate: 0.1, momentum: 0.9 });
    expect(first.parameter[0]![0]).toBeCloseTo(2.6, 9);
    expect(first.parameter[0]![1]).toBeCloseTo(4.3, 9);
    // g orthogonal to θ = (2.6, 4.3): b = .9·(4, −3) + (4.3, −2.6) = (7.9, −5.3), ⟨b, θ⟩ = −2.25, ‖θ‖² = 25.25
    const second = sgdp(first.parameter, [[4.3, -2.6]], first.state, { learningRate: 0.1, momentum: 0.9 });
    expect(second.parameter[0]![0]).toBeCloseTo(2.6 - 0.1 * (7.9 + (2.25 / 25.25) * 2.6), 7);
    expect(second.parameter[0]![1]).toBeCloseTo(4.3 - 0.1 * (-5.3 + (2.25 / 25.25) * 4.3), 7);
  });

  test("is SGD on vectors without decay", () => {
    const options = { learningRate: 0.1, momentum: 0.9, nesterov: true };
    expect(sgdp([3, 4], [4, -3], {}, options)).toEqual(sgd([3, 4], [4, -3], {}, options));
  });

  test.each([
    [{ learningRate: 0 }, "RangeError: SGDP: learningRate must be a finite number greater than 0, got 0"],
    [
      { learningRate: Number.NaN },
      "RangeError: SGDP: learningRate must be a finite number greater than 0, got NaN",
    ],
    [
      { learningRate: 1, weightDecay: -1 },
      "RangeError: SGDP: weightDecay must be a finite number at least 0, got -1",
    ],
    [
      { learningRate: 1, momentum: 1 },
      "RangeError: SGDP: momentum must be a finite number at least 0 and less than 1, got 1",
    ],
    [
      { learningRate: 1, nesterov: true },
      "RangeError: SGDP: nesterov needs momentum > 0, got momentum 0\n  help: pass {momentum: 0.9} or drop nesterov",
    ],
    [
      { learningRate: 1, dampening: 0.5 },
      "RangeError: SGDP: dampening needs momentum > 0, got momentum 0\n  help: pass {momentum: 0.9} or drop dampening",
    ],
    [
      { learningRate: 1, weightDecayRatio: -1 },
      "RangeError: SGDP: weightDecayRatio must be a finite number from 0 to 1, got -1",
    ],
    [{ lr: 1 }, 'TypeError: SGDP: unknown option "lr"\n  help: did you mean "learningRate"?'],
  ])("refuses %j", (options, message) => {
    expect(errorOf(() => new SGDP([leaf([1])], options as never))).toBe(message);
  });
});
