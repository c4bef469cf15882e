import { expect, test } from "vitest";
import type { Dtype } from "../../../src/engine/engine.js";
import { clone, to } from "../../../src/tensor/convert.js";
import { tensor } from "../../../src/tensor/create.js";
import { mul } from "../../../src/tensor/elementwise.js";
import { sum } from "../../../src/tensor/reduce.js";
import { errorOf } from "../../support/errorOf.js";

test("clone has memory of its own and passes the gradient", () => {
  const x = tensor([1, 2], { requiresGrad: true });
  const y = clone(x);
  y.data[0] = 9;
  expect(x.toArray()).toEqual([1, 2]);
  sum(mul(clone(x), 3)).backward();
  expect(x.grad?.toArray()).toEqual([3, 3]);
});

test("to rounds to float32, is x itself for the same dtype, and passes the gradient in x's dtype", () => {
  const x = tensor([0.1], { dtype: "float64", requiresGrad: true });
  expect(to(x, "float32").item()).toBe(Math.fround(0.1));
  expect(to(x, "float64")).toBe(x);
  sum(mul(to(x, "float32"), 3)).backward();
  expect([x.grad?.dtype, x.grad?.item()]).toEqual(["float64", 3]);
});

test("unknown dtype", () => {
  expect(errorOf(() => to(tensor([1]), "int32" as Dtype))).toBe(
    'RangeError: to: dtype must be "float32" or "float64", got "int32"',
  );
});
