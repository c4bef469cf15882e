import { expect, test } from "vitest";
import { sharpness } from "../../../../src/generalization/landscape/sharpness.js";
import { Linear } from "../../../../src/nn/linear.js";
import { mseLoss } from "../../../../src/nn/regressionLoss.js";
import { tensor } from "../../../../src/tensor/create.js";
import "../../../../src/tensor/methods.js";
import { errorOf } from "../../../support/errorOf.js";

const model = () => {
  const linear = new Linear(1, 1, { bias: false, dtype: "float64" });
  linear.loadStateDict({ weight: tensor([[3]], { dtype: "float64" }) });
  return linear;
};
const data = { x: tensor([[1]], { dtype: "float64" }), y: tensor([[1]], { dtype: "float64" }) };

// L = (w − 1)² = 4 at w = 3; the box is 0.1·(3 + 1) = 0.4, L(3.4) = 5.76: 100·1.76/5
test("by hand on a parabola", () => {
  const linear = model();
  expect(sharpness(linear, { data, loss: mseLoss, epsilon: 0.1 })).toBeCloseTo(35.2, 9);
  expect(linear.weight.item()).toBe(3);
});

test("refuses a box of no size", () => {
  expect(errorOf(() => sharpness(model(), { data, loss: mseLoss, epsilon: 0 }))).toBe(
    "RangeError: sharpness: epsilon must be a finite number greater than 0, got 0",
  );
});
