import { expect, test } from "vitest";
import { checkSamples, takeRows } from "../../../src/data/dataset.js";
import { tensor } from "../../../src/tensor/create.js";

test("checkSamples counts them", () => {
  expect(checkSamples("f", { x: tensor([[1], [2]]), y: tensor([1, 2]) })).toBe(2);
  expect(() =>
    checkSamples("f", { x: tensor([[1], [2]]), y: tensor([1]) }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: f: x and y must have the same number of samples, got 2 and 1
      x [2, 1], y [1]]
  `);
  expect(() => checkSamples("f", { x: tensor(1), y: tensor([1]) })).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: f: x and y must have a first axis that counts the samples, got a scalar
      x [], y [1]]
  `);
});

test("takeRows copies the rows named, in that order, also twice", () => {
  const x = tensor(
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    { dtype: "float64" },
  );
  const rows = takeRows(x, Int32Array.of(2, 0, 2));
  expect(rows.toArray()).toEqual([
    [5, 6],
    [1, 2],
    [5, 6],
  ]);
  expect(rows.dtype).toBe("float64");
  rows.data[0] = 9;
  expect(x.data[4]).toBe(5);
  expect(takeRows(tensor([7, 8]), Int32Array.of(1)).toArray()).toEqual([8]);
});
