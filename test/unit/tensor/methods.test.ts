import { expect, test } from "vitest";
import * as library from "../../../src/index.js";
import { tensor } from "../../../src/tensor/create.js";
import { differentiable } from "../../../src/tensor/methods.js";
import { Tensor } from "../../../src/tensor/tensor.js";

const methods = [...differentiable, "argmax", "equal", "greater", "less", "allClose"].filter(
  (name) => !["concat", "stack", "where", "linear", "squaredError", "meanClassLoss"].includes(name),
);

test.each(methods)("%s is a method, and a function of the same name", (name) => {
  expect((Tensor.prototype as unknown as Record<string, { name: string }>)[name]?.name).toBe(name);
  expect(typeof (library as unknown as Record<string, unknown>)[name]).toBe("function");
});

test("a method passes the tensor first and the other arguments on", () => {
  expect(tensor([1, 2, 3, 4]).reshape(2, 2).sum({ dim: 0 }).toArray()).toEqual([4, 6]);
});

test("methods do not show when a tensor's properties are listed", () => {
  const keys: string[] = [];
  for (const key in tensor([1])) keys.push(key);
  expect(keys.filter((key) => methods.includes(key))).toEqual([]);
});
