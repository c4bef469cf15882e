import { expect, test } from "vitest";
import { nn, tensor, zeros } from "../../../src/index.js";
import { createRandom } from "../../../src/random.js";
import { gaussianNoise, WeightNoise } from "../../../src/regularization/noise.js";

test("noise has the mean and standard deviation asked for", () => {
  const noisy = gaussianNoise(zeros([100, 100]), { std: 0.5, random: createRandom(1) });
  expect(Math.abs(noisy.mean().item())).toBeLessThan(0.02); // 0.5/100 = 0.005: four of them
  expect(noisy.std().item()).toBeCloseTo(0.5, 1);
});

test("the gradient is that of the noisy model, the weights come back exactly", () => {
  const layer = new nn.Linear(1, 1, { bias: false, random: createRandom(1) });
  const clean = layer.weight.item();
  const noise = new WeightNoise(layer, { std: 1, random: createRandom(2) });
  const noisy = noise.during(() => {
    layer
      .forward(tensor([[1]]))
      .square()
      .sum()
      .backward();
    return layer.weight.item();
  });
  expect(noisy).not.toBe(clean);
  expect(layer.weight.grad!.item()).toBeCloseTo(2 * noisy, 5);
  expect(layer.weight.item()).toBe(clean);
});

test("weights come back when the function throws", () => {
  const layer = new nn.Linear(2, 2, { random: createRandom(1) });
  const before = layer.weight.toArray();
  const noise = new WeightNoise(layer, { random: createRandom(2) });
  expect(() =>
    noise.during(() => {
      throw new Error("stop");
    }),
  ).toThrow("stop");
  expect(layer.weight.toArray()).toEqual(before);
});

test("bad input is refused", () => {
  const layer = new nn.Linear(1, 1, { random: createRandom(1) });
  expect(() => gaussianNoise(zeros([1]), { std: -1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: gaussianNoise: std must be a finite number at least 0, got -1]`,
  );
  expect(() => new WeightNoise({ parameters: () => [] })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: WeightNoise: model must have parameters, got {parameters}]`,
  );
  const noise = new WeightNoise(layer, { random: createRandom(1) });
  noise.perturb();
  expect(() => noise.perturb()).toThrowErrorMatchingInlineSnapshot(`
    [Error: WeightNoise.perturb: the weights are perturbed already
      help: call restore() first]
  `);
});
