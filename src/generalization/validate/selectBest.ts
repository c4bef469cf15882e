import { checkNumber, checkOptions, errorText, rejectUnknownOptions } from "../../errors.js";
import { checkSamples } from "../model/samples.js";

/** The absolute correlation of each feature with y; 0 for a constant feature. */
export function correlations(x: readonly number[][], y: readonly number[]): number[] {
  const n = y.length;
  const meanY = y.reduce((sum, value) => sum + value, 0) / n;
  const spreadY = y.reduce((sum, value) => sum + (value - meanY) ** 2, 0);
  return x[0]!.map((_, j) => {
    let meanX = 0;
    for (const row of x) meanX += row[j]! / n;
    let product = 0;
    let spreadX = 0;
    for (let i = 0; i < n; i++) {
      const deviation = x[i]![j]! - meanX;
      product += deviation * (y[i]! - meanY);
      spreadX += deviation * deviation;
    }
    const scale = Math.sqrt(spreadX * spreadY);
    return scale === 0 ? 0 : Math.abs(product) / scale;
  });
}

/**
 * Feature selection: keeps the k features that correlate most with the targets of the rows it is fitted to (the earlier
 * feature of equals). Done before splitting it leaks the test targets into training: put it into a `Pipeline`.
 *
 * @param options.k number of features to keep
 * @throws {RangeError} when k exceeds the number of features
 * @example
 * const best = new generalization.SelectBest({ k: 1 }).fit([[1, 0], [0, 1], [1, 2]], [0, 1, 2]);
 * best.transform([[7, 8]]) // [[8]]
 */
export class SelectBest {
  readonly k: number;
  /** Indices of the kept features, ascending; empty before `fit`. */
  selected: number[] = [];

  constructor(options: { readonly k: number }) {
    checkOptions("SelectBest", options);
    const { k, ...rest } = options;
    rejectUnknownOptions("SelectBest", rest, ["k"]);
    this.k = checkNumber("SelectBest", "k", k, { integer: true, min: 1 });
  }

  fit(x: number[][], y: number[]): this {
    const features = checkSamples("SelectBest.fit", x, y);
    if (this.k > features) {
      const text = `k must be at most the number of features, got k ${this.k} for ${features} features`;
      throw new RangeError(errorText("SelectBest.fit", text));
    }
    const strength = correlations(x, y);
    const order = strength.map((_, j) => j).sort((a, b) => strength[b]! - strength[a]! || a - b);
    this.selected = order.slice(0, this.k).sort((a, b) => a - b);
    return this;
  }

  transform(x: number[][]): number[][] {
    if (this.selected.length === 0)
      throw new Error("SelectBest.transform: fit must come first\n  help: call fit(x, y) before");
    return x.map((row) => this.selected.map((j) => row[j]!));
  }
}
