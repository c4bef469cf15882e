import { describe, expect, test } from "vitest";
import { Adagrad, adagrad } from "../../../src/optim/adagrad.js";
import { errorOf } from "../../support/errorOf.js";
import { descend, follow, leaf, rounded, settingsOf } from "../../support/optimizerTrace.js";

describe("Adagrad", () => {
  test("has the expected defaults", () => {
    expect(settingsOf(new Adagrad([leaf([1])]))).toEqual({
      learningRate: 1e-2,
      learningRateDecay: 0,
      initialAccumulator: 0,
      eps: 1e-10,
      weightDecay: 0,
      epsMode: "outside",
    });
  });

  // PyTorch 1.13, float64
  test("follows the published trace on ½‖w‖²", () => {
    const [first, second] = rounded(descend((w) => new Adagrad([w], { learningRate: 0.1 })));
    expect(first).toEqual([0.9, 0.83310353, 0.78045618, 0.73622313]);
    expect(second).toEqual([9.9, 9.82964554, 9.77237939, 9.72290336]);
  });

  // s = t·g², so step t is η/√t.
  test("steps fade like 1/√t under a constant gradient", () => {
    const path = follow((w) => new Adagrad([w], { learningRate: 1, eps: 0 }), [3, 3, 3, 3]);
    const wanted = [1, 2, 3, 4].map((t) =>
      [...Array(t).keys()].reduce((x, i) => x - 1 / Math.sqrt(i + 1), 0),
    );
    for (const [i, x] of path.entries()) expect(x).toBeCloseTo(wanted[i]!, 12);
  });

  // s starts at 5: √(5 + 2²) = 3; second step η/(1 + 0.5), √(9 + 16) = 5: 4/5/1.5
  test("initialAccumulator and learningRateDecay by hand", () => {
    const options = { learningRate: 1, initialAccumulator: 5, learningRateDecay: 0.5, eps: 0 };
    const path = follow((w) => new Adagrad([w], options), [2, 4]);
    expect(path[0]).toBeCloseTo(-2 / 3, 12);
    expect(path[1]).toBeCloseTo(-2 / 3 - 0.8 / 1.5, 12);
  });

  // √(4 + 5) = 3 inside, √4 + 5 = 7 outside
  test("epsMode", () => {
    expect(adagrad(0, 2, {}, { learningRate: 1, eps: 5, epsMode: "inside" }).parameter).toBeCloseTo(
      -2 / 3,
      12,
    );
    expect(adagrad(0, 2, {}, { learningRate: 1, eps: 5 }).parameter).toBeCloseTo(-2 / 7, 12);
  });

  test.each([
    [{ learningRate: 0 }, "RangeError: Adagrad: learningRate must be a finite number greater than 0, got 0"],
    [
      { learningRate: Number.NaN },
      "RangeError: Adagrad: learningRate must be a finite number greater than 0, got NaN",
    ],
    [{ weightDecay: -1 }, "RangeError: Adagrad: weightDecay must be a finite number at least 0, got -1"],
    [{ eps: -1 }, "RangeError: Adagrad: eps must be a finite number at least 0, got -1"],
    [
      { initialAccumulator: -1 },
      "RangeError: Adagrad: initialAccumulator must be a finite number at least 0, got -1",
    ],
    [
      { learningRateDecay: -1 },
      "RangeError: Adagrad: learningRateDecay must be a finite number at least 0, got -1",
    ],
    [{ epsMode: "in" }, 'RangeError: Adagrad: epsMode must be "outside" or "inside", got "in"'],
    [{ lr: 1 }, 'TypeError: Adagrad: unknown option "lr"\n  help: did you mean "learningRate"?'],
  ])("refuses %j", (options, message) => {
    expect(errorOf(() => new Adagrad([leaf([1])], options as never))).toBe(message);
  });
});
