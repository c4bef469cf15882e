import { errorText, ShapeError, showShape } from "../errors.js";
import { tensor } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";

/**
 * Brings every feature to mean 0 and standard deviation 1: `z = (x − mean) / std`, column by column.
 *
 * Mean and standard deviation are learned by `fit`, from the training data only; `transform` applies them to anything else.
 * Fitting on all data before splitting leaks the test set into training. The standard deviation is the biased one
 * (divided by n), as in scikit-learn's StandardScaler; a constant feature is only centered.
 *
 * @example
 * const scaler = new data.Standardizer().fit(tensor([[0, 10], [2, 10]]));
 * scaler.transform(tensor([[1, 10], [4, 12]])).toArray() // [[0, 0], [3, 2]]
 * scaler.inverse(tensor([[3, 2]])).toArray() // [[4, 12]]
 */
export class Standardizer {
  /** Mean of each feature; empty before `fit`. */
  mean: readonly number[] = [];
  /** Standard deviation of each feature, 1 for constant ones; empty before `fit`. */
  std: readonly number[] = [];

  /** Learns mean and standard deviation of each column. @param x shape `[n, features]` or `[n]` */
  fit(x: Tensor): this {
    const { rows, features } = this.#table("Standardizer.fit", x);
    if (rows === 0)
      throw new RangeError(errorText("Standardizer.fit", "x must have at least one row, got none"));
    const values = x.data;
    const mean = new Array<number>(features).fill(0);
    const squares = new Array<number>(features).fill(0);
    // Two passes: E[x²] − E[x]² loses all digits when the mean is large.
    for (let i = 0; i < values.length; i++) mean[i % features]! += values[i]! / rows;
    for (let i = 0; i < values.length; i++) squares[i % features]! += (values[i]! - mean[i % features]!) ** 2;
    this.mean = mean;
    this.std = squares.map((sum, feature) => {
      const std = Math.sqrt(sum / rows);
      // A constant column has only the rounding error of its mean left.
      return std <= 1e-13 * Math.abs(mean[feature]!) ? 1 : std;
    });
    return this;
  }

  /** `(x − mean) / std`. @param x as many features as in `fit` */
  transform(x: Tensor): Tensor {
    return this.#map("Standardizer.transform", x, (value, mean, std) => (value - mean) / std);
  }

  /** `z · std + mean`: back to the original units. */
  inverse(z: Tensor): Tensor {
    return this.#map("Standardizer.inverse", z, (value, mean, std) => value * std + mean);
  }

  #map(where: string, x: Tensor, f: (value: number, mean: number, std: number) => number): Tensor {
    if (this.mean.length === 0)
      throw new Error(
        errorText(where, "fit must come first, got no mean and std", "", "call fit(xTrain) before"),
      );
    const { features } = this.#table(where, x);
    if (features !== this.mean.length)
      throw new ShapeError(
        errorText(
          where,
          `x must have ${this.mean.length} features as in fit, got ${features}`,
          `x ${showShape(x.shape)}`,
        ),
      );
    const result = Float64Array.from(x.data, (value, i) =>
      f(value, this.mean[i % features]!, this.std[i % features]!),
    );
    return tensor(result, { shape: x.shape, dtype: x.dtype });
  }

  #table(where: string, x: Tensor): { rows: number; features: number } {
    if (x.ndim === 1) return { rows: x.size, features: 1 };
    if (x.ndim === 2) return { rows: x.shape[0]!, features: x.shape[1]! };
    throw new ShapeError(
      errorText(where, `x must have shape [n, features] or [n], got ${showShape(x.shape)}`),
    );
  }
}
