import { expect, test } from "vitest";
import { makeWeights } from "../../../src/nn/layerOptions.js";
import { createRandom } from "../../../src/random.js";

const settings = { bias: true, init: undefined, random: createRandom(1), dtype: "float64" } as const;

test("without init the bound is 1/√fanIn, kernel included, unless another fan is given", () => {
  const { weight, bias } = makeWeights("Conv2d", [8, 4, 5, 5], 8, settings);
  expect(Math.max(...weight.data.map(Math.abs))).toBeLessThanOrEqual(0.1);
  expect(Math.max(...weight.data.map(Math.abs))).toBeGreaterThan(0.099);
  expect(Math.max(...bias!.data.map(Math.abs))).toBeLessThanOrEqual(0.1);
  const wide = makeWeights("Conv2d", [8, 4, 5, 5], 8, settings, 1).weight;
  expect(Math.max(...wide.data)).toBeGreaterThan(0.9);
});

test("weights require gradients, and there is no bias where none is wanted", () => {
  const { weight, bias } = makeWeights("Linear", [2, 2], 2, { ...settings, bias: false });
  expect(weight.requiresGrad).toBe(true);
  expect(bias).toBeNull();
});

test("init must be a name or a function", () => {
  expect(() =>
    makeWeights("Linear", [2, 2], 2, { ...settings, init: 3 as unknown as "orthogonal" }),
  ).toThrowErrorMatchingInlineSnapshot(`[TypeError: Linear: init must be a name or a function, got 3]`);
});
