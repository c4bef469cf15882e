import { describe, expect, test } from "vitest";
import { AdamP, adamp } from "../../../src/optim/adamp.js";
import { adamw } from "../../../src/optim/adamw.js";
import { tensor } from "../../../src/tensor/create.js";
import { errorOf } from "../../support/errorOf.js";
import { leaf, settingsOf } from "../../support/optimizerTrace.js";

describe("AdamP", () => {
  test("has the expected defaults", () => {
    expect(settingsOf(new AdamP([leaf([1])]))).toEqual({
      learningRate: 1e-3,
      beta1: 0.9,
      beta2: 0.999,
      eps: 1e-8,
      weightDecay: 0,
      delta: 0.1,
      weightDecayRatio: 0.1,
      nesterov: false,
    });
  });

  // Row 1: d = sign(g) = (1, −1), θ̂ = (.6, .8), ⟨θ̂, d⟩ = −.2, d − θ̂(−.2) = (1.12, −.84); decay 1 − .1·.01·.1 = .9999
  test("projects each row and decays a tenth where the gradient is orthogonal", () => {
    const w = leaf([
      [3, 4],
      [1, 0],
    ]);
    const optimizer = new AdamP([w], { learningRate: 0.1, weightDecay: 0.01 });
    w.grad = tensor(
      [
        [4, -3],
        [0, 1],
      ],
      { dtype: "float64" },
    );
    optimizer.step();
    const wanted = [3 * 0.9999 - 0.112, 4 * 0.9999 + 0.084, 0.9999, -0.1];
    for (const [i, value] of wanted.entries()) expect(w.data[i]).toBeCloseTo(value, 7);
  });

  test("equals AdamW where the gradient is not orthogonal, and on vectors", () => {
    const options = { learningRate: 0.1, weightDecay: 0.01 };
    for (const [p, g] of [
      [
        [
          [3, 4],
          [1, 0],
        ],
        [
          [4, -3],
          [3, 0],
        ],
      ],
      [
        [3, 4],
        [4, -3],
      ],
    ] as [number[], number[]][]) {
      const [ours, plain] = [adamp(p, g, {}, options), adamw(p, g, {}, options)];
      expect(ours.state).toEqual(plain.state);
      for (const [i, x] of ours.parameter.flat().entries())
        expect(x).toBeCloseTo(plain.parameter.flat()[i]!, 12);
    }
  });

  // Rows (1, 0) and (0, 1) with gradients (1, 0) and (0, −1): each row is parallel, the whole is orthogonal.
  // d = (1, 0, 0, −1), ⟨θ, d⟩ = 0: nothing to remove, but the decay is a tenth.
  test("takes the whole tensor as the second view", () => {
    const p = [
      [1, 0],
      [0, 1],
    ];
    const g = [
      [1, 0],
      [0, -1],
    ];
    const next = adamp(p, g, {}, { learningRate: 0.1, weightDecay: 1 }).parameter;
    expect(next[0]![0]).toBeCloseTo(0.99 - 0.1, 7);
    expect(next[1]![1]).toBeCloseTo(0.99 + 0.1, 7);
  });

  test("the length of a weight behind normalization grows less than under AdamW", () => {
    // f(w) = angle of w to (1, 0), which does not depend on the length of w
    const grow = (update: typeof adamp): number => {
      let parameter = [[1, 1]];
      let state = {};
      for (let step = 0; step < 50; step++) {
        const [x, y] = parameter[0]! as [number, number];
        const square = x * x + y * y;
        const noise = Math.cos(step * 2.4);
        ({ parameter, state } = update(parameter, [[(-y / square) * noise, (x / square) * noise]], state, {
          learningRate: 0.1,
          weightDecay: 0,
        }));
      }
      return Math.hypot(...parameter[0]!);
    };
    expect(grow(adamp)).toBeLessThan(grow(adamw));
  });

  test.each([
    [{ learningRate: 0 }, "RangeError: AdamP: learningRate must be a finite number greater than 0, got 0"],
    [
      { learningRate: Number.NaN },
      "RangeError: AdamP: learningRate must be a finite number greater than 0, got NaN",
    ],
    [{ weightDecay: -1 }, "RangeError: AdamP: weightDecay must be a finite number at least 0, got -1"],
    [{ beta1: 1 }, "RangeError: AdamP: beta1 must be a finite number at least 0 and less than 1, got 1"],
    [
      { beta2: -0.1 },
      "RangeError: AdamP: beta2 must be a finite number at least 0 and less than 1, got -0.1",
    ],
    [{ eps: -1 }, "RangeError: AdamP: eps must be a finite number at least 0, got -1"],
    [{ delta: -1 }, "RangeError: AdamP: delta must be a finite number at least 0, got -1"],
    [
      { weightDecayRatio: 2 },
      "RangeError: AdamP: weightDecayRatio must be a finite number from 0 to 1, got 2",
    ],
    [{ nesterov: 1 }, "TypeError: AdamP: nesterov must be true or false, got 1"],
    [{ lr: 1 }, 'TypeError: AdamP: unknown option "lr"\n  help: did you mean "learningRate"?'],
  ])("refuses %j", (options, message) => {
    expect(errorOf(() => new AdamP([leaf([1])], options as never))).toBe(message);
  });
});
