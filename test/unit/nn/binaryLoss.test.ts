import { expect, test } from "vitest";
import { binaryCrossEntropyWithLogits, hingeLoss } from "../../../src/nn/binaryLoss.js";
import { tensor } from "../../../src/tensor/create.js";

const options = { dtype: "float64", requiresGrad: true } as const;

test("binaryCrossEntropyWithLogits: log 2 at 0; no overflow at ±1000", () => {
  const x = tensor([0, 1000, -1000], options);
  const loss = binaryCrossEntropyWithLogits(x, tensor([1, 0, 0], { dtype: "float64" }), {
    reduction: "none",
  });
  expect(loss.data[0]).toBeCloseTo(Math.LN2, 14);
  expect(loss.data[1]).toBe(1000);
  expect(loss.data[2]).toBe(0);
  loss.backward(tensor([1, 1, 1], { dtype: "float64" }));
  expect(x.grad!.toArray()).toEqual([-0.5, 1, 0]);
});

test("{positiveWeight} multiplies the terms of target 1 only", () => {
  const x = tensor([0, 0], options);
  const loss = binaryCrossEntropyWithLogits(x, tensor([1, 0], { dtype: "float64" }), {
    positiveWeight: 3,
    reduction: "none",
  });
  expect(loss.data[0]).toBeCloseTo(3 * Math.LN2, 14);
  expect(loss.data[1]).toBeCloseTo(Math.LN2, 14);
});

test("hingeLoss: 0 beyond the margin, slope −t inside", () => {
  const x = tensor([2, 0.5, 0.5], options);
  const loss = hingeLoss(x, tensor([1, 1, -1], { dtype: "float64" }), { reduction: "sum" });
  loss.backward();
  expect(loss.item()).toBe(0 + 0.5 + 1.5);
  expect(x.grad!.toArray()).toEqual([0, -1, 1]);
});

test("errors", () => {
  expect(() => binaryCrossEntropyWithLogits(tensor([1]), tensor([2]))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: binaryCrossEntropyWithLogits: target must be from 0 to 1, got 2 at flat index 0]`,
  );
  expect(() =>
    binaryCrossEntropyWithLogits(tensor([1]), tensor([1]), { positiveWeight: 0 }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: binaryCrossEntropyWithLogits: positiveWeight must be a finite number greater than 0, got 0]`,
  );
  expect(() => hingeLoss(tensor([1]), tensor([0]))).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: hingeLoss: target must be -1 or 1, got 0 at flat index 0
      help: turn 0 and 1 into -1 and 1 with target.mul(2).sub(1)]
  `);
});
