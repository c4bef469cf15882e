import { describe, expect, test } from "vitest";
import { crossEntropy, nllLoss } from "../../../src/nn/crossEntropy.js";
import { tensor } from "../../../src/tensor/create.js";
import type { Tensor } from "../../../src/tensor/tensor.js";

const double = (values: number[][] | number[], requiresGrad = false): Tensor =>
  tensor(values, { dtype: "float64", requiresGrad });

describe("crossEntropy(logits, target)", () => {
  test("of equal logits is log K, whatever the target's form", () => {
    for (const target of [[2], Int32Array.of(2), tensor([2]), [[0.2, 0.3, 0.5]], double([[0, 1, 0]])])
      expect(crossEntropy(double([[7, 7, 7]]), target).item()).toBeCloseTo(Math.log(3), 14);
    expect(crossEntropy(double([7, 7, 7]), 1).item()).toBeCloseTo(Math.log(3), 14);
    expect(crossEntropy(double([7, 7, 7]), [0.5, 0.5, 0]).item()).toBeCloseTo(Math.log(3), 14);
  });

  test("does not overflow", () => {
    const x = double([[1000, 0]], true);
    const loss = crossEntropy(x, [1]);
    loss.backward();
    expect(loss.item()).toBe(1000);
    expect(x.grad!.toArray()).toEqual([[1, -1]]);
  });

  // PyTorch 1.13 in float64, logits (2, 1, 0), class 0: ε/K, not ε/(K − 1), which would be 0.5576
  test("{labelSmoothing: 0.1}", () => {
    expect(crossEntropy(double([[2, 1, 0]]), [0], { labelSmoothing: 0.1 }).item()).toBeCloseTo(
      0.5076059644443804,
      12,
    );
  });

  test("{weight}: the mean divides by the targets' weights for classes, by N for probabilities", () => {
    const logits = double([
      [2, 1, 0],
      [0, 1, 2],
    ]);
    const options = { weight: [1, 2, 3] };
    expect(crossEntropy(logits, [0, 2], options).item()).toBeCloseTo(0.4076059644, 9);
    expect(
      crossEntropy(
        logits,
        [
          [1, 0, 0],
          [0, 0, 1],
        ],
        options,
      ).item(),
    ).toBeCloseTo(0.8152119289, 9);
  });

  test("is linear in the target: λa + (1 − λ)b", () => {
    const logits = double([[0.3, -1, 2]]);
    const mixed = crossEntropy(logits, [[0.3, 0.7, 0]]).item();
    expect(mixed).toBeCloseTo(
      0.3 * crossEntropy(logits, [0]).item() + 0.7 * crossEntropy(logits, [1]).item(),
      12,
    );
  });

  test("an impossible class that is not asked for costs nothing", () => {
    const logits = double([[0, Number.NEGATIVE_INFINITY]]);
    expect(crossEntropy(logits, [[1, 0]]).item()).toBeCloseTo(0, 14);
    expect(crossEntropy(logits, [0]).item()).toBeCloseTo(0, 14);
  });

  test("errors", () => {
    const logits = double([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(() => crossEntropy(logits, [0, 3])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: crossEntropy: class numbers must be whole numbers from 0 to 2, got 3 at index 1]`,
    );
    expect(() => crossEntropy(logits, [0, 0.5])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: crossEntropy: class numbers must be whole numbers from 0 to 2, got 0.5 at index 1]`,
    );
    expect(() => crossEntropy(logits, double([[0], [1]]))).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: crossEntropy: target must be class numbers of shape [2] or probabilities of shape [2, 3], got [2, 1]
        logits [2, 3], target [2, 1]
        help: pass class numbers [N], or probabilities [N, 3]: data.oneHot(labels, 3) turns one into the other]
    `);
    expect(() => crossEntropy(logits, [0, 1], { labelSmoothing: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: crossEntropy: labelSmoothing must be a finite number from 0 to 1, got 2]`,
    );
    expect(() => crossEntropy(logits, [0, 1], { weight: [1, 2] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: crossEntropy: weight must have one number a class (3), got 2]`,
    );
    expect(() =>
      crossEntropy(logits, [0, 1], { smoothing: 0.1 } as object),
    ).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: crossEntropy: unknown option "smoothing"
        help: the options are labelSmoothing, weight, reduction]
    `);
    expect(() => crossEntropy(tensor([[[1]]]), [0])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: crossEntropy: logits must have shape [N, K] or [K] with at least one number, got [1, 1, 1]]`,
    );
    expect(() =>
      crossEntropy(
        logits,
        double(
          [
            [1, 0, 0],
            [0, 1, 0],
          ],
          true,
        ),
      ),
    ).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: crossEntropy: target must not require a gradient: it is not computed
        help: use target.detach()]
    `);
  });
});

test("nllLoss picks the negative number of the class", () => {
  const x = double(
    [
      [-1, -2],
      [-3, -4],
    ],
    true,
  );
  const loss = nllLoss(x, [1, 0]);
  loss.backward();
  expect(loss.item()).toBe(2.5);
  expect([...x.grad!.data].map((g) => g + 0)).toEqual([0, -0.5, -0.5, 0]);
  expect(nllLoss(x, [1, 0], { reduction: "none", weight: [1, 10] }).toArray()).toEqual([20, 3]);
  expect(() => nllLoss(x, [2, 0])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: nllLoss: class numbers must be whole numbers from 0 to 1, got 2 at index 0]`,
  );
});
