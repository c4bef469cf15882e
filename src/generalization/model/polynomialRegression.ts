import { checkNumber, checkOptions, rejectUnknownOptions } from "../../errors.js";
import { leastSquares } from "./leastSquares.js";
import { checkQuery, checkSamples, type DescribedModel, type ModelDescription } from "./samples.js";

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
export class PolynomialRegression implements DescribedModel {
  readonly options: Required<PolynomialRegressionOptions>;
  private features = 0;
  private intercept = 0;
  private coefficients: Float64Array = new Float64Array(0);
  private basis: Basis | null = null;

  constructor(options: PolynomialRegressionOptions = {}) {
    checkOptions("PolynomialRegression", options);
    const { degree = 1, ridge = 0, ...rest } = options;
    rejectUnknownOptions("PolynomialRegression", rest, ["degree", "ridge"]);
    checkNumber("PolynomialRegression", "degree", degree, { integer: true, min: 0 });
    checkNumber("PolynomialRegression", "ridge", ridge, { min: 0 });
    this.options = { degree, ridge };
  }

  describe(): ModelDescription {
    return { name: "PolynomialRegression", options: this.options };
  }

  fit(x: number[][], y: number[]): this {
    this.features = checkSamples("PolynomialRegression.fit", x, y);
    const { degree, ridge } = this.options;
    const basis = this.features === 1 && ridge === 0 ? chebyshev(x, degree) : powers(this.features, degree);
    this.basis = basis;
    const n = y.length;
    const extra = ridge > 0 ? basis.size : 0; // rows √λ·I under the matrix add λ·Σ c² to the squared error
    const columns = Array.from({ length: basis.size }, () => new Float64Array(n + extra));
    const values = new Float64Array(basis.size);
    for (let i = 0; i < n; i++) {
      basis.evaluate(x[i]!, values);
      for (let j = 0; j < basis.size; j++) columns[j]![i] = values[j]!;
    }
    const means = columns.map((column) => center(column, n));
    if (extra > 0) for (let j = 0; j < basis.size; j++) columns[j]![n + j] = Math.sqrt(ridge);
    const target = new Float64Array(n + extra);
    target.set(y);
    const meanY = center(target, n);
    this.coefficients = leastSquares(columns, target);
    this.intercept = meanY - means.reduce((sum, mean, j) => sum + mean * this.coefficients[j]!, 0);
    return this;
  }

  predict(x: number[][]): number[] {
    checkQuery("PolynomialRegression.predict", x, this.features);
    const basis = this.basis!;
    const values = new Float64Array(basis.size);
    return x.map((row) => {
      basis.evaluate(row, values);
      let sum = this.intercept;
      for (let j = 0; j < values.length; j++) sum += this.coefficients[j]! * values[j]!;
      return sum;
    });
  }
}

/** Functions whose weighted sum is the fit. */
interface Basis {
  readonly size: number;
  evaluate(row: ArrayLike<number>, values: Float64Array): void;
}

/** Subtracts the mean of the first n values from them and returns it. */
function center(values: Float64Array, n: number): number {
  let mean = 0;
  for (let i = 0; i < n; i++) mean += values[i]!;
  mean /= n;
  for (let i = 0; i < n; i++) values[i]! -= mean;
  return mean;
}

/** T₁ … T_degree of the variable scaled to [−1, 1] on the data, by T_{k+1} = 2t·T_k − T_{k−1}. */
function chebyshev(x: readonly number[][], degree: number): Basis {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const row of x) {
    low = Math.min(low, row[0]!);
    high = Math.max(high, row[0]!);
  }
  const middle = (low + high) / 2;
  const half = (high - low) / 2 || 1;
  return {
    size: degree,
    evaluate(row, values) {
      const t = (row[0]! - middle) / half;
      let before = 1;
      let value = t;
      for (let k = 0; k < degree; k++) {
        values[k] = value;
        [before, value] = [value, 2 * t * value - before];
      }
    },
  };
}

function powers(features: number, degree: number): Basis {
  const exponents = monomials(features, degree);
  return {
    size: exponents.length,
    evaluate(row, values) {
      for (let k = 0; k < exponents.length; k++) {
        let product = 1;
        for (let j = 0; j < features; j++) for (let e = 0; e < exponents[k]![j]!; e++) product *= row[j]!;
        values[k] = product;
      }
    },
  };
}
