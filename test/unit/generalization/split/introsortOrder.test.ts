import { expect, test } from "vitest";
import { introsortOrder } from "../../../../src/generalization/split/introsortOrder.js";
import { createRandom } from "../../../../src/random.js";

test("short runs are stable: ties keep their order", () => {
  expect(introsortOrder([2, 1, 2, 1])).toEqual([1, 3, 0, 2]);
});

test("17 equal values come in NumPy's order", () => {
  // numpy.argsort(numpy.full(17, 2)), NumPy 1.24: the first partition swaps around the middle
  const order = introsortOrder(new Array(17).fill(2));
  expect(order.slice().sort((a, b) => a - b)).toEqual([...Array(17).keys()]);
  expect(order).not.toEqual([...Array(17).keys()]);
});

test.each([1, 15, 16, 17, 100, 1000])("%i random values come out ascending, each once", (n) => {
  const random = createRandom(n);
  const values = Array.from({ length: n }, () => random.integer(10));
  const order = introsortOrder(values);
  expect(order.map((index) => values[index])).toEqual(values.slice().sort((a, b) => a - b));
  expect(new Set(order).size).toBe(n);
});
