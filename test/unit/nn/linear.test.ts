import { describe, expect, test } from "vitest";
import { Linear } from "../../../src/nn/linear.js";
import { createRandom } from "../../../src/random.js";
import { tensor, zeros } from "../../../src/tensor/create.js";

describe("Linear(inFeatures, outFeatures)", () => {
  test("has the expected defaults: a bias, both U(−1/√in, 1/√in)", () => {
    const layer = new Linear(4, 500, { random: createRandom(1) });
    expect(layer.weight.shape).toEqual([500, 4]);
    expect(layer.bias!.shape).toEqual([500]);
    expect(layer.weight.dtype).toBe("float32");
    for (const { data } of [layer.weight, layer.bias!]) {
      expect(Math.max(...data)).toBeLessThan(0.5);
      expect(Math.max(...data)).toBeGreaterThan(0.49);
      expect(Math.min(...data)).toBeLessThan(-0.49);
    }
    expect(layer.parameters()).toEqual([layer.weight, layer.bias]);
    expect(String(layer)).toBe("Linear(4, 500)");
  });

  test("computes x·Wᵀ + b", () => {
    const layer = new Linear(2, 2, { dtype: "float64" });
    layer.loadStateDict({
      weight: tensor([
        [1, 2],
        [3, 4],
      ]),
      bias: tensor([10, 20]),
    });
    // 1·1 + 2·2 + 10, 3·1 + 4·2 + 20
    expect(layer.forward(tensor([[1, 2]], { dtype: "float64" })).toArray()).toEqual([[15, 31]]);
  });

  test("{bias: false} and a named init, whose bias starts at 0", () => {
    expect(new Linear(2, 3, { bias: false }).bias).toBeNull();
    expect(String(new Linear(2, 3, { bias: false }))).toBe("Linear(2, 3, no bias)");
    expect(new Linear(2, 3, { init: "kaimingNormal" }).bias!.toArray()).toEqual([0, 0, 0]);
  });

  test("{init} may be a function", () => {
    const layer = new Linear(2, 1, { init: (weight) => weight.data.set([5, 6]) });
    expect(layer.weight.toArray()).toEqual([[5, 6]]);
  });

  test("errors", () => {
    expect(() => new Linear(0, 1)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: Linear: inFeatures must be a whole number at least 1, got 0]`,
    );
    expect(() => new Linear(1, 1, { activation: "relu" } as object)).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: Linear: unknown option "activation"
        help: the options are bias, init, random, dtype]
    `);
    expect(() => new Linear(1, 1, { init: "xavier" as "xavierNormal" })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: Linear: init must be "xavierUniform" or "xavierNormal" or "kaimingUniform" or "kaimingNormal" or "orthogonal", got "xavier"]`,
    );
    expect(() => new Linear(3, 1).forward(zeros([2, 4]))).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: linear: the last dimension of x must be inFeatures 3, got 4
        x [2, 4], weight [1, 3] (outFeatures, inFeatures)]
    `);
  });
});
