import { expect, test } from "vitest";
import {
  monomials,
  PolynomialRegression,
} from "../../../../src/generalization/model/polynomialRegression.js";

test("the monomials of two variables up to degree 2", () => {
  expect(monomials(2, 2)).toEqual([
    [1, 0],
    [0, 1],
    [2, 0],
    [1, 1],
    [0, 2],
  ]);
});

test("degree 0 predicts the mean", () => {
  expect(new PolynomialRegression({ degree: 0 }).fit([[1], [2]], [3, 5]).predict([[9]])).toEqual([4]);
});

test("a cubic is found exactly, also outside the data", () => {
  const x = [-2, -1, 0, 1, 2, 3].map((v) => [v]);
  const model = new PolynomialRegression({ degree: 3 }).fit(
    x,
    x.map(([v]) => v! ** 3 - 2 * v! + 1),
  );
  expect(model.predict([[5]])[0]).toBeCloseTo(116, 9);
});

test("ridge by hand: slope Σxy/(Σx² + λ) on centred data", () => {
  const model = new PolynomialRegression({ degree: 1, ridge: 2 }).fit([[-1], [0], [1]], [-2, 0, 2]);
  expect(model.predict([[1]])[0]).toBeCloseTo(4 / (2 + 2), 12);
});

test("a larger penalty gives a smaller slope and never moves the mean", () => {
  const slopes = [0, 1, 10, 100].map((ridge) => {
    const model = new PolynomialRegression({ ridge }).fit([[0], [1], [2]], [0, 2, 4]);
    expect(model.predict([[1]])[0]).toBeCloseTo(2, 12);
    return model.predict([[2]])[0]! - 2;
  });
  expect(slopes).toEqual([...slopes].sort((a, b) => b - a));
});

test("options are checked", () => {
  expect(() => new PolynomialRegression({ degree: -1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: PolynomialRegression: degree must be a whole number at least 0, got -1]`,
  );
  expect(() => new PolynomialRegression({ ridge: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: PolynomialRegression: ridge must be a finite number at least 0, got NaN]`,
  );
});
