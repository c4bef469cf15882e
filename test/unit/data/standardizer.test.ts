import { expect, test } from "vitest";
import { Standardizer } from "../../../src/data/standardizer.js";
import { tensor } from "../../../src/tensor/create.js";

test("fit learns mean and biased standard deviation; transform and inverse apply them", () => {
  const scaler = new Standardizer().fit(
    tensor(
      [
        [1, 5],
        [3, 5],
        [5, 5],
      ],
      { dtype: "float64" },
    ),
  );
  // mean 3, √((4 + 0 + 4) / 3); the constant column is only centered
  expect(scaler.mean).toEqual([3, 5]);
  expect(scaler.std[0]).toBeCloseTo(Math.sqrt(8 / 3), 14);
  expect(scaler.std[1]).toBe(1);
  const z = scaler.transform(tensor([[3, 6]], { dtype: "float64" }));
  expect(z.toArray()).toEqual([[0, 1]]);
  expect(scaler.inverse(z).toArray()).toEqual([[3, 6]]);
});

test("a constant column of numbers that are not exact in binary is only centered", () => {
  const scaler = new Standardizer().fit(tensor([[0.1], [0.1], [0.1]], { dtype: "float64" }));
  expect(scaler.std).toEqual([1]);
});

test("[n] is one feature", () => {
  expect(
    new Standardizer()
      .fit(tensor([0, 2]))
      .transform(tensor([4]))
      .toArray(),
  ).toEqual([3]);
});

test("errors", () => {
  expect(() => new Standardizer().transform(tensor([1]))).toThrowErrorMatchingInlineSnapshot(`
    [Error: Standardizer.transform: fit must come first, got no mean and std
      help: call fit(xTrain) before]
  `);
  expect(() =>
    new Standardizer().fit(tensor([[1, 2]])).transform(tensor([[1]])),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: Standardizer.transform: x must have 2 features as in fit, got 1
      x [1, 1]]
  `);
  expect(() => new Standardizer().fit(tensor([[[1]]]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: Standardizer.fit: x must have shape [n, features] or [n], got [1, 1, 1]]`,
  );
  expect(() => new Standardizer().fit(tensor([]))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: Standardizer.fit: x must have at least one row, got none]`,
  );
});
