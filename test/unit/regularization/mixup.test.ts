import { describe, expect, test } from "vitest";
import { nn, tensor } from "../../../src/index.js";
import { createRandom } from "../../../src/random.js";
import { drawMixing, mixup } from "../../../src/regularization/mixup.js";

const x = tensor(
  [
    [0, 4],
    [8, 0],
    [4, 4],
  ],
  { dtype: "float64" },
);
const y = tensor(
  [
    [1, 0],
    [0, 1],
    [1, 0],
  ],
  { dtype: "float64" },
);

test("images and labels are blended by the same λ with the same partner", () => {
  const mixed = mixup(x, y, { lambda: 0.25, permutation: [1, 2, 0] });
  expect(mixed.x.toArray()).toEqual([
    [6, 1],
    [5, 3],
    [1, 4],
  ]);
  expect(mixed.y.toArray()).toEqual([
    [0.25, 0.75],
    [0.75, 0.25],
    [1, 0],
  ]);
  expect(mixed.lambda).toBe(0.25);
});

test("λ = 1 changes nothing; λ → 1 − λ with the inverse permutation gives the same pairs", () => {
  expect(mixup(x, y, { lambda: 1, permutation: [1, 2, 0] }).x.toArray()).toEqual(x.toArray());
  const there = mixup(x, y, { lambda: 0.25, permutation: [1, 2, 0] }).x.toArray() as number[][];
  const back = mixup(x, y, { lambda: 0.75, permutation: [2, 0, 1] }).x.toArray() as number[][];
  // row i of the second is the pair (i, π⁻¹(i)) = row π⁻¹(i) of the first
  expect([back[1], back[2], back[0]]).toEqual(there);
});

test("the cross-entropy of a mixed label is the mixture of cross-entropies", () => {
  const logits = tensor(
    [
      [2, -1],
      [0, 1],
      [3, 0],
    ],
    { dtype: "float64" },
  );
  const { y: mixed } = mixup(x, y, { lambda: 0.3, permutation: [1, 2, 0] });
  const partner = tensor(
    [
      [0, 1],
      [1, 0],
      [1, 0],
    ],
    { dtype: "float64" },
  );
  const separate = 0.3 * nn.crossEntropy(logits, y).item() + 0.7 * nn.crossEntropy(logits, partner).item();
  expect(nn.crossEntropy(logits, mixed).item()).toBeCloseTo(separate, 12);
});

describe("drawing", () => {
  test("λ ~ Beta(α, α): mean ½ and variance 1/(4(2α + 1))", () => {
    const random = createRandom(1);
    const drawn = Array.from({ length: 4000 }, () => drawMixing("f", 1, { alpha: 0.4, random }).lambda[0]!);
    const mean = drawn.reduce((sum, v) => sum + v, 0) / 4000;
    const variance = drawn.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 4000;
    expect(mean).toBeCloseTo(0.5, 1);
    expect(variance).toBeCloseTo(1 / (4 * 1.8), 1);
  });

  test("one λ a batch, or one a sample", () => {
    expect(typeof mixup(x, y, { random: createRandom(1) }).lambda).toBe("number");
    const each = mixup(x, y, { per: "sample", random: createRandom(1) }).lambda as number[];
    expect(new Set(each).size).toBe(3);
  });

  test("the same seed mixes the same way", () => {
    const run = (seed: number) => mixup(x, y, { random: createRandom(seed) }).x.toArray();
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });
});

test("bad input is refused", () => {
  expect(() => mixup(x, tensor([0, 1, 0]))).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: mixup: y must hold probabilities [N, K], got shape [3]
      help: convert class numbers with data.oneHot(labels, numClasses)]
  `);
  expect(() => mixup(x, y, { alpha: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: mixup: alpha must be a finite number greater than 0, got 0]`,
  );
  expect(() => mixup(x, y, { lambda: 2 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: mixup: lambda must be a finite number from 0 to 1, got 2]`,
  );
  expect(() => mixup(x, y, { alpha: 1, lambda: 0.5 })).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: mixup: alpha has no effect when lambda is given, got alpha 1 and lambda 0.5
      help: drop one of them]
  `);
});
