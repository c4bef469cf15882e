import { expect, test } from "vitest";
import { Linear } from "../../../src/nn/linear.js";
import { mseLoss } from "../../../src/nn/regressionLoss.js";
import { createRandom } from "../../../src/random.js";
import { tensor } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";
import { gradientNoise } from "../../../src/train/gradientNoise.js";
import { errorOf } from "../../support/errorOf.js";

/** wx with w = 1, x = 1 and targets 0, −1, −2, −3: single gradients 2(1 − y) = 2, 4, 6, 8, mean 5, variance 5. */
function setting() {
  const model = new Linear(1, 1, { bias: false, dtype: "float64" });
  model.loadStateDict({ weight: tensor([[1]], { dtype: "float64" }) });
  const x = tensor([[1], [1], [1], [1]], { dtype: "float64" });
  const y = tensor([[0], [-1], [-2], [-3]], { dtype: "float64" });
  return { model, data: { x, y }, loss: mseLoss };
}

test("single samples, a whole epoch of them: exact", () => {
  const { model, ...objective } = setting();
  const noise = gradientNoise(model, { ...objective, batchSize: 1, rounds: 4 });
  expect(noise.gradientNorm).toBeCloseTo(5, 10);
  expect(noise.variance).toBeCloseTo(5, 10);
  expect(noise.noiseScale).toBeCloseTo(5 / 25, 10);
  expect(noise.cosine).toBeCloseTo(1, 10);
  expect(noise.bias).toBeCloseTo(0, 10);
});

// 5/2·(4 − 2)/(4 − 1) = 5/3: the mean over the three ways to make two pairs
test("pairs: tr Σ / B · (n − B)/(n − 1)", () => {
  const { model, ...objective } = setting();
  const random = createRandom(5);
  const noise = gradientNoise(model, { ...objective, batchSize: 2, rounds: 3000, random });
  expect(noise.variance).toBeGreaterThan((5 / 3) * 0.93);
  expect(noise.variance).toBeLessThan((5 / 3) * 1.07);
  expect(noise.noiseScale / 0.2).toBeGreaterThan(0.93);
  expect(noise.noiseScale / 0.2).toBeLessThan(1.07);
});

test("the full batch has no noise", () => {
  const { model, ...objective } = setting();
  const noise = gradientNoise(model, { ...objective, batchSize: 4, rounds: 2 });
  expect(noise.variance).toBeLessThan(1e-20);
  expect(noise.noiseScale).toBeNaN();
});

test.each([
  [{ batchSize: 5 }, "RangeError: gradientNoise: batchSize must be a whole number from 1 to 4, got 5"],
  [{ batchSize: 1, rounds: 0 }, "RangeError: gradientNoise: rounds must be a whole number at least 1, got 0"],
  [
    { batchSize: 1, samples: 3 },
    'TypeError: gradientNoise: unknown option "samples"\n  help: the options are data, loss, batchSize, rounds, random',
  ],
])("refuses %j", (options, message) => {
  const { model, ...objective } = setting();
  expect(errorOf(() => gradientNoise(model, { ...objective, ...options }))).toBe(message);
});
