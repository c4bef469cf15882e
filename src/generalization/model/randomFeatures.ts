import { checkNumber, checkOptions, rejectUnknownOptions } from "../../errors.js";
import { createRandom } from "../../random.js";
import { minimumNorm } from "./minimumNorm.js";
import { checkQuery, checkSamples, type DescribedModel, type ModelDescription } from "./samples.js";

export interface RandomFeaturesOptions {
  /** Number of random features p. */
  readonly features: number;
  /** Standard deviation of the random frequencies; larger: wigglier features. Default 4. */
  readonly scale?: number;
  /** Penalty λ on the squared coefficients; default 0: the minimum-norm solution. */
  readonly ridge?: number;
  /** Which features are drawn; default 0. */
  readonly seed?: number;
}

/**
 * Regression on random features: fixed random waves `cos(w·x + b)`, only their coefficients are learned. With fewer
 * features than samples least squares has one solution; with more it has many, and the one of smallest norm is taken.
 * Its test error falls, explodes where the number of features equals the number of samples, and falls again: *double descent*.
 *
 * @param options.features p
 * @param options.scale standard deviation of w; default 4
 * @param options.ridge λ; default 0. Any positive λ removes the peak
 * @param options.seed default 0
 * @see Rahimi and Recht 2007, "Random features for large-scale kernel machines"; Belkin, Hsu, Ma and Mandal 2019, PNAS 116
 * @example
 * const model = new generalization.RandomFeaturesRegression({ features: 50 }).fit([[0], [1], [2]], [1, 0, 1]);
 * model.predict([[0], [1], [2]]).map((value) => value.toFixed(6)) // ["1.000000", "0.000000", "1.000000"]
 */
export class RandomFeaturesRegression implements DescribedModel {
  readonly options: Required<RandomFeaturesOptions>;
  private dimensions = 0;
  private frequencies: Float64Array[] = [];
  private phases: number[] = [];
  private coefficients: Float64Array = new Float64Array(0);

  constructor(options: RandomFeaturesOptions) {
    checkOptions("RandomFeaturesRegression", options);
    const { features, scale = 4, ridge = 0, seed = 0, ...rest } = options;
    rejectUnknownOptions("RandomFeaturesRegression", rest, ["features", "scale", "ridge", "seed"]);
    checkNumber("RandomFeaturesRegression", "features", features, { integer: true, min: 1 });
    checkNumber("RandomFeaturesRegression", "scale", scale, { above: 0 });
    checkNumber("RandomFeaturesRegression", "ridge", ridge, { min: 0 });
    checkNumber("RandomFeaturesRegression", "seed", seed, { integer: true, min: 0 });
    this.options = { features, scale, ridge, seed };
  }

  describe(): ModelDescription {
    return { name: "RandomFeaturesRegression", options: this.options };
  }

  fit(x: number[][], y: number[]): this {
    this.dimensions = checkSamples("RandomFeaturesRegression.fit", x, y);
    const { features, scale, ridge, seed } = this.options;
    const random = createRandom(seed);
    this.frequencies = Array.from({ length: features }, () =>
      Float64Array.from({ length: this.dimensions }, () => random.normal(0, scale)),
    );
    this.phases = this.frequencies.map(() => random.uniform(0, 2 * Math.PI));
    this.coefficients = minimumNorm(
      x.map((row) => this.expand(row)),
      Float64Array.from(y),
      ridge,
    );
    return this;
  }

  predict(x: number[][]): number[] {
    checkQuery("RandomFeaturesRegression.predict", x, this.dimensions);
    return x.map((row) => {
      let sum = 0;
      const values = this.expand(row);
      for (let j = 0; j < values.length; j++) sum += values[j]! * this.coefficients[j]!;
      return sum;
    });
  }

  /** The norm of the learned coefficients: it peaks where the test error does. */
  get coefficientNorm(): number {
    return Math.hypot(...this.coefficients);
  }

  private expand(row: ArrayLike<number>): Float64Array {
    const scale = Math.sqrt(2 / this.frequencies.length);
    return Float64Array.from(this.frequencies, (frequency, j) => {
      let angle = this.phases[j]!;
      for (let d = 0; d < frequency.length; d++) angle += frequency[d]! * row[d]!;
      return scale * Math.cos(angle);
    });
  }
}
