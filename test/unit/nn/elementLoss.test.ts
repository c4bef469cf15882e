import { expect, test } from "vitest";
import { checkPair, checkReduction, defineElementLoss, elementLoss } from "../../../src/nn/elementLoss.js";
import { tensor } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";

// term c·p·t: slope by p is c·t, by t is c·p
const product = defineElementLoss(
  "product",
  (p, t, c) => c * p * t,
  (_, t, c) => c * t,
  (p, _, c) => c * p,
);

test("a loss made of terms: value and both gradients under each reduction", () => {
  const make = () =>
    [tensor([2, 3], { requiresGrad: true }), tensor([5, 7], { requiresGrad: true })] as const;
  const [p, t] = make();
  const mean = elementLoss(product, p, t, "mean", 10);
  mean.backward();
  expect(mean.item()).toBe((100 + 210) / 2);
  expect(p.grad!.toArray()).toEqual([25, 35]);
  expect(t.grad!.toArray()).toEqual([10, 15]);

  const [q, u] = make();
  const each = elementLoss(product, q, u, "none", 10);
  each.backward(tensor([1, 100]));
  expect(each.toArray()).toEqual([100, 210]);
  expect(q.grad!.toArray()).toEqual([50, 7000]);
});

test("checks", () => {
  expect(() => checkReduction("f", "avg")).toThrow(
    'f: reduction must be "mean" or "sum" or "none", got "avg"',
  );
  expect(() =>
    checkPair("f", tensor([1]), tensor([1], { dtype: "float64" })),
  ).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: f: prediction and target must have one dtype, got float32 and float64
      help: use target.to("float32")]
  `);
});
