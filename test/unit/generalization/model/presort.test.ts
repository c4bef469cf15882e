import { expect, test } from "vitest";
import { presort } from "../../../../src/generalization/model/presort.js";

test("every column has the order that sorts it; equal values keep data order", () => {
  const { n, columns, orders } = presort([
    [3, 1],
    [1, 1],
    [2, 0],
  ]);
  expect(n).toBe(3);
  expect(columns.map((column) => [...column])).toEqual([
    [3, 1, 2],
    [1, 1, 0],
  ]);
  expect(orders.map((order) => [...order])).toEqual([
    [1, 2, 0],
    [2, 0, 1],
  ]);
});

test("columns are in single precision", () => {
  expect(presort([[0.1]]).columns[0]![0]).toBe(Math.fround(0.1));
});
