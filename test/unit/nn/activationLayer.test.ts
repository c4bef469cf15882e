import { expect, test } from "vitest";
import { GELU, LeakyReLU, ReLU, Sigmoid, SiLU, Softplus, Tanh } from "../../../src/nn/activationLayer.js";
import { tensor } from "../../../src/tensor/create.js";

// Values at −1 and 2: σ(2) = 0.8807970779778823, Φ(2) = 0.9772498680518208, Φ(−1) = 0.15865525393145707.
test.each([
  [new ReLU(), [0, 2]],
  [new Tanh(), [-0.7615941559557649, 0.9640275800758169]],
  [new Sigmoid(), [0.2689414213699951, 0.8807970779778823]],
  [new GELU(), [-0.15865525393145707, 1.9544997361036416]],
  [new SiLU(), [-0.2689414213699951, 1.7615941559557646]],
  [new Softplus(), [0.31326168751822286, 2.1269280110429727]],
  [new LeakyReLU(), [-0.01, 2]],
  [new LeakyReLU({ negativeSlope: 0.5 }), [-0.5, 2]],
] as const)("%s", (layer, wanted) => {
  const got = layer.forward(tensor([-1, 2], { dtype: "float64" }));
  for (const [i, value] of wanted.entries()) expect(got.data[i]).toBeCloseTo(value, 12);
  expect(layer.parameters()).toEqual([]);
});

test("LeakyReLU refuses what it does not know", () => {
  expect(() => new LeakyReLU({ slope: 1 } as object)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: LeakyReLU: unknown option "slope"
      help: the options are negativeSlope]
  `);
});
