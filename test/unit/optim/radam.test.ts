import { describe, expect, test } from "vitest";
import { RAdam, radam, rectification } from "../../../src/optim/radam.js";
import { tensor } from "../../../src/tensor/create.js";
import { errorOf } from "../../support/errorOf.js";
import { descend, follow, leaf, rounded, settingsOf } from "../../support/optimizerTrace.js";

describe("RAdam", () => {
  test("has the expected defaults", () => {
    expect(settingsOf(new RAdam([leaf([1])]))).toEqual({
      learningRate: 1e-3,
      beta1: 0.9,
      beta2: 0.999,
      eps: 1e-8,
      weightDecay: 0,
      variant: "pytorch",
    });
  });

  // PyTorch 1.13, float64: five plain steps along m̂, then adaptive ones
  test("follows the published trace on ½‖w‖²", () => {
    const [first, second] = rounded(descend((w) => new RAdam([w], { learningRate: 0.1 }), 8));
    expect(first).toEqual([
      0.9, 0.80526316, 0.71577005, 0.63148663, 0.5523642, 0.54992098, 0.54686295, 0.54327817,
    ]);
    expect(second).toEqual([
      9, 8.05263158, 7.15770052, 6.3148663, 5.52364195, 5.52119873, 5.51813981, 5.51455189,
    ]);
  });

  // The formula in NumPy: nothing moves, not even by decay, for five steps
  test("the original form stands still for five steps", () => {
    const [first, second] = rounded(
      descend((w) => new RAdam([w], { learningRate: 0.1, variant: "original" }), 8),
    );
    expect(first).toEqual([1, 1, 1, 1, 1, 0.99741789, 0.99414442, 0.99027207]);
    expect(second).toEqual([10, 10, 10, 10, 10, 9.99741789, 9.99414405, 9.99027037]);
    const decayed = descend((w) => new RAdam([w], { variant: "original", weightDecay: 0.5 }), 6);
    expect(decayed[4]).toEqual([1, 10]);
    expect(decayed[5]![1]).toBeLessThan(9.996);
  });

  test("the original form on the float32 path stands still, too", () => {
    const w = tensor([1, 10], { requiresGrad: true });
    const optimizer = new RAdam([w], { learningRate: 0.1, variant: "original" });
    for (let step = 0; step < 6; step++) {
      w.grad = tensor([1, -1]);
      optimizer.step();
      if (step < 5) expect(w.toArray()).toEqual([1, 10]);
    }
    expect(w.data[0]).toBeLessThan(1);
    expect(w.data[1]).toBeGreaterThan(10);
  });

  test("each group has its own learning rate and β2 in adaptive steps", () => {
    const alone = (options: object): number =>
      follow((w) => new RAdam([w], options), Array(8).fill(1)).at(-1)!;
    const [a, b] = [leaf([0]), leaf([0])];
    const optimizer = new RAdam([{ parameters: [a] }, { parameters: [b], learningRate: 0.5, beta2: 0.9 }]);
    for (let step = 0; step < 8; step++) {
      a.grad = tensor([1], { dtype: "float64" });
      b.grad = tensor([1], { dtype: "float64" });
      optimizer.step();
    }
    expect(a.data[0]).toBeCloseTo(alone({}), 12);
    expect(b.data[0]).toBeCloseTo(alone({ learningRate: 0.5, beta2: 0.9 }), 12);
  });

  test.each([
    [{ learningRate: 0 }, "RangeError: RAdam: learningRate must be a finite number greater than 0, got 0"],
    [
      { learningRate: Number.NaN },
      "RangeError: RAdam: learningRate must be a finite number greater than 0, got NaN",
    ],
    [{ weightDecay: -1 }, "RangeError: RAdam: weightDecay must be a finite number at least 0, got -1"],
    [{ beta1: 1 }, "RangeError: RAdam: beta1 must be a finite number at least 0 and less than 1, got 1"],
    [
      { beta2: -0.1 },
      "RangeError: RAdam: beta2 must be a finite number at least 0 and less than 1, got -0.1",
    ],
    [{ eps: -1 }, "RangeError: RAdam: eps must be a finite number at least 0, got -1"],
    [{ variant: "adam" }, 'RangeError: RAdam: variant must be "pytorch" or "original", got "adam"'],
    [{ lr: 1 }, 'TypeError: RAdam: unknown option "lr"\n  help: did you mean "learningRate"?'],
  ])("refuses %j", (options, message) => {
    expect(errorOf(() => new RAdam([leaf([1])], options as never))).toBe(message);
  });
});

describe("rectification", () => {
  // The formulas in NumPy, β2 = .999
  test("ρ_t and r_t", () => {
    const rho = [1, 2, 3, 4, 5, 6, 7, 8].map((step) => Number(rectification(0.999, step).rho.toFixed(4)));
    expect(rho).toEqual([1, 1.9995, 2.9987, 3.9975, 4.996, 5.9942, 6.992, 7.9895]);
    const r = [4, 5, 6, 7, 8].map((step) => rectification(0.999, step).rectifier);
    expect(r[0]).toBeNull();
    expect(r.slice(1).map((value) => value!.toFixed(5))).toEqual([
      "0.01731",
      "0.02582",
      "0.03274",
      "0.03874",
    ]);
  });

  test.each([0.9, 0.99, 0.999])("ρ first exceeds 5 in step 6 for β2 = %d", (beta2) => {
    expect(rectification(beta2, 5).rho).toBeLessThan(5);
    expect(rectification(beta2, 6).rho).toBeGreaterThan(5);
  });

  test("goes to 1, and to no number where ρ∞ is at most 4", () => {
    expect(rectification(0.999, 1e6).rectifier).toBeCloseTo(1, 6);
    expect(rectification(0.6, 1000)).toEqual({ rho: 4, rectifier: null });
    expect(() => rectification(0.999, 0)).toThrow(
      new RangeError("rectification: step must be a whole number at least 1, got 0"),
    );
  });

  test("the pure rule adapts where the rectifier exists", () => {
    const state = { step: 5, m: 0, v: 0 };
    // m̂ = g(1 − β1)/(1 − β1⁶), v = 0.001g²
    const { rectifier } = rectification(0.999, 6);
    const step = (rectifier! * Math.sqrt(1 - 0.999 ** 6) * (0.1 / (1 - 0.9 ** 6))) / Math.sqrt(0.001);
    expect(radam(0, 3, state, { learningRate: 1, eps: 0 }).parameter).toBeCloseTo(-step, 12);
  });
});
