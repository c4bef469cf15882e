import { describe, expect, test } from "vitest";
import { RMSprop, rmsprop } from "../../../src/optim/rmsprop.js";
import { tensor } from "../../../src/tensor/create.js";
import { errorOf } from "../../support/errorOf.js";
import { descend, follow, leaf, rounded, settingsOf } from "../../support/optimizerTrace.js";

describe("RMSprop", () => {
  test("has the expected defaults", () => {
    expect(settingsOf(new RMSprop([leaf([1])]))).toEqual({
      learningRate: 1e-2,
      alpha: 0.99,
      eps: 1e-8,
      momentum: 0,
      centered: false,
      weightDecay: 0,
      epsMode: "outside",
    });
  });

  // PyTorch 1.13, float64
  test("follows the published trace on ½‖w‖²", () => {
    const [first, second] = rounded(descend((w) => new RMSprop([w], { learningRate: 0.1, alpha: 0.9 })));
    expect(first).toEqual([0.68377224, 0.49887062, 0.36918057, 0.2728249]);
    expect(second).toEqual([9.68377223, 9.45788025, 9.27053098, 9.10543456]);
  });

  // PyTorch 1.13, float64
  test("follows the published trace when centered", () => {
    const [first, second] = rounded(
      descend((w) => new RMSprop([w], { learningRate: 0.1, alpha: 0.9, centered: true })),
    );
    expect(first).toEqual([0.66666668, 0.46556769, 0.32356942, 0.22042605]);
    expect(second).toEqual([9.66666667, 9.41590143, 9.19700501, 8.99409535]);
  });

  // s = g² from the second step on (α = 0): g/√s = 1 each; b: 1, 1.5, 1.75
  test("momentum keeps a buffer of the scaled gradient", () => {
    const path = follow(
      (w) => new RMSprop([w], { learningRate: 1, alpha: 0, momentum: 0.5, eps: 0 }),
      [2, 3, 4],
    );
    expect(path).toEqual([-1, -2.5, -4.25]);
  });

  // The variance of a constant gradient goes to 0 and rounding makes it negative; NaN would come out of the root.
  test("centered stays a number under a constant gradient, in float32 too", () => {
    const path = follow(
      (w) => new RMSprop([w], { alpha: 0.5, centered: true, eps: 1 }),
      Array(200).fill(0.1),
    );
    expect(path.every(Number.isFinite)).toBe(true);
    const w = tensor([0, 1], { requiresGrad: true });
    const optimizer = new RMSprop([w], { alpha: 0.5, centered: true, eps: 1 });
    for (let step = 0; step < 200; step++) {
      w.grad = tensor([0.1, 0.7]);
      optimizer.step();
    }
    expect([...w.data].every(Number.isFinite)).toBe(true);
  });

  // s = 0.25·4 = 1: √(1 + 3) = 2 inside, √1 + 3 = 4 outside
  test("epsMode", () => {
    const options = { learningRate: 1, alpha: 0.75, eps: 3 };
    expect(rmsprop(0, 2, {}, { ...options, epsMode: "inside" }).parameter).toBeCloseTo(-1, 12);
    expect(rmsprop(0, 2, {}, options).parameter).toBeCloseTo(-0.5, 12);
  });

  test.each([
    [{ learningRate: 0 }, "RangeError: RMSprop: learningRate must be a finite number greater than 0, got 0"],
    [
      { learningRate: Number.NaN },
      "RangeError: RMSprop: learningRate must be a finite number greater than 0, got NaN",
    ],
    [{ weightDecay: -1 }, "RangeError: RMSprop: weightDecay must be a finite number at least 0, got -1"],
    [{ alpha: 1 }, "RangeError: RMSprop: alpha must be a finite number at least 0 and less than 1, got 1"],
    [{ momentum: -1 }, "RangeError: RMSprop: momentum must be a finite number at least 0, got -1"],
    [{ centered: 1 }, "TypeError: RMSprop: centered must be true or false, got 1"],
    [{ lr: 1 }, 'TypeError: RMSprop: unknown option "lr"\n  help: did you mean "learningRate"?'],
  ])("refuses %j", (options, message) => {
    expect(errorOf(() => new RMSprop([leaf([1])], options as never))).toBe(message);
  });
});
