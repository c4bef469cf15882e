import { checkNumber, checkOptions, rejectUnknownOptions } from "../../errors.js";
import { leastSquares } from "./leastSquares.js";
import { checkQuery, checkSamples, type Model } from "./samples.js";

export interface PolynomialRegressionOptions {
  /** Highest total degree; 0 fits the mean. Default 1. */
  readonly degree?: number;
  /** Penalty λ on the squared coefficients, the intercept excepted; default 0. */
  readonly ridge?: number;
}

/** The exponents of all monomials of d variables with total degree 1 … degree, lower degrees first. */
export function monomials(d: number, degree: number): number[][] {
  const found: number[][] = [];
  const extend = (exponents: number[], first: number, left: number): void => {
    if (left === 0) {
      found.push(exponents);
      return;
    }
    for (let variable = first; variable < d; variable++)
      extend(
        exponents.map((e, j) => (j === variable ? e + 1 : e)),
        variable,
        left - 1,
      );
  };
  for (let total = 1; total <= degree; total++) extend(new Array(d).fill(0), 0, total);
  return found;
}

/**
 * Least-squares fit of a polynomial, optionally with a ridge penalty: minimizes Σ (y − f(x))² + λ·Σ c², where c are the
 * coefficients of the monomials without the intercept.
 *
 * Solved by Householder QR of centred columns, so no normal equations. Without a penalty one variable is fitted in the
 * Chebyshev basis on the range of the data, which gives the same function and stays accurate at high degree; with a
 * penalty the basis matters, and it is the monomials of x itself as in scikit-learn's `PolynomialFeatures` and `Ridge`.
 *
 * @param options.degree default 1
 * @param options.ridge λ ≥ 0; default 0
 * @throws {RangeError} for a negative degree or penalty, ragged rows, NaN, or y of another length
 * @example
 * const model = new generalization.PolynomialRegression({ degree: 2 }).fit([[0], [1], [2], [3]], [1, 2, 5, 10]);
 * model.predict([[4]]).map((value) => value.toFixed(6)) // ["17.000000"]: y = 1 + x²
 */
export class PolynomialRegression implements Model {
  readonly options: Required<PolynomialRegressionOptions>;
  private features = 0;
  private intercept = 0;
  private coefficients: Float64Array = new Float64Array(0);
  private terms: ((row: ArrayLike<number>) => number)[] = [];

  constructor(options: PolynomialRegressionOptions = {}) {
    checkOptions("PolynomialRegression", options);
    const { degree = 1, ridge = 0, ...rest } = options;
    rejectUnknownOptions("PolynomialRegression", rest, ["degree", "ridge"]);
    checkNumber("PolynomialRegression", "degree", degree, { integer: true, min: 0 });
    checkNumber("PolynomialRegression", "ridge", ridge, { min: 0 });
    this.options = { degree, ridge };
  }

  fit(x: number[][], y: number[]): this {
    this.features = checkSamples("PolynomialRegression.fit", x, y);
    const { degree, ridge } = this.options;
    this.terms =
      this.features === 1 && ridge === 0 ? chebyshevTerms(x, degree) : monomialTerms(this.features, degree);
    const n = y.length;
    const extra = ridge > 0 ? this.terms.length : 0; // rows √λ·I under the matrix add λ·Σ c² to the squared error
    const meanY = y.reduce((sum, value) => sum + value, 0) / n;
    const means: number[] = [];
    const columns = this.terms.map((term, j) => {
      const column = new Float64Array(n + extra);
      let mean = 0;
      for (let i = 0; i < n; i++) mean += column[i] = term(x[i]!);
      mean /= n;
      for (let i = 0; i < n; i++) column[i]! -= mean;
      if (extra > 0) column[n + j] = Math.sqrt(ridge);
      means.push(mean);
      return column;
    });
    const target = new Float64Array(n + extra);
    for (let i = 0; i < n; i++) target[i] = y[i]! - meanY;
    this.coefficients = leastSquares(columns, target);
    this.intercept = meanY - means.reduce((sum, mean, j) => sum + mean * this.coefficients[j]!, 0);
    return this;
  }

  predict(x: number[][]): number[] {
    checkQuery("PolynomialRegression.predict", x, this.features);
    return x.map((row) => {
      let sum = this.intercept;
      for (let j = 0; j < this.terms.length; j++) sum += this.coefficients[j]! * this.terms[j]!(row);
      return sum;
    });
  }
}

/** T₁ … T_degree of the variable scaled to [−1, 1] on the data. */
function chebyshevTerms(x: readonly number[][], degree: number): ((row: ArrayLike<number>) => number)[] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const row of x) {
    low = Math.min(low, row[0]!);
    high = Math.max(high, row[0]!);
  }
  const center = (low + high) / 2;
  const half = (high - low) / 2 || 1;
  return Array.from({ length: degree }, (_, k) => (row: ArrayLike<number>) => {
    const t = (row[0]! - center) / half;
    let before = 1;
    let value = t;
    for (let j = 1; j <= k; j++) [before, value] = [value, 2 * t * value - before];
    return value;
  });
}

function monomialTerms(features: number, degree: number): ((row: ArrayLike<number>) => number)[] {
  return monomials(features, degree).map((exponents) => (row: ArrayLike<number>) => {
    let product = 1;
    for (let j = 0; j < features; j++) for (let e = 0; e < exponents[j]!; e++) product *= row[j]!;
    return product;
  });
}
