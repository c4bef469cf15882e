// What a split gains. Both criteria scan the samples of a node in ascending order of one feature and return the best
// place to cut; the constant parts of the impurity decrease are left out, as they do not change which cut is best.
import type { Presorted } from "./presort.js";

/** A cut of a node: samples at `start … position − 1` of the feature's order go left. */
export interface Cut {
  feature: number;
  position: number;
  threshold: number;
  /** Larger is better; −∞ when the node cannot be divided. */
  gain: number;
}

/** What a tree minimizes: variance for regression, Gini impurity for classification. */
export interface Criterion {
  /** Reads the node's samples; true when they are pure, so that no split is worth looking for. */
  enter(samples: Int32Array, start: number, end: number): boolean;
  /** Improves `best` by the best cut of one feature. */
  scan(data: Presorted, order: Int32Array, feature: number, start: number, end: number, best: Cut): void;
  /** The prediction of the entered node as a leaf: one mean, or one share for each class. */
  leaf(): number[];
}

/** Values nearer than this count as equal: no cut between them (scikit-learn's FEATURE_THRESHOLD). */
const SAME = 1e-7;
const PURE = 2 ** -52;

/** The midpoint of two neighbours, or the lower one when the midpoint is not below the upper. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle === high || !Number.isFinite(middle) ? low : middle;
}

/**
 * Squared error: cut where `S_l² / W_l + S_r² / W_r` is largest, with S the weighted sum of targets and W the weight of
 * a side. This orders cuts as the decrease of variance does, and as Friedman's improvement does.
 */
export class SquaredError implements Criterion {
  private readonly target: Float64Array;
  private readonly weight: Float64Array;
  private readonly minSamplesLeaf: number;
  private sum = 0;
  private total = 0;

  constructor(target: Float64Array, weight: Float64Array, minSamplesLeaf: number) {
    this.target = target;
    this.weight = weight;
    this.minSamplesLeaf = minSamplesLeaf;
  }

  enter(samples: Int32Array, start: number, end: number): boolean {
    let sum = 0;
    let squares = 0;
    let total = 0;
    for (let i = start; i < end; i++) {
      const sample = samples[i]!;
      const w = this.weight[sample]!;
      const wy = w * this.target[sample]!;
      total += w;
      sum += wy;
      squares += wy * this.target[sample]!;
    }
    this.sum = sum;
    this.total = total;
    return squares / total - (sum / total) ** 2 <= PURE;
  }

  scan(data: Presorted, order: Int32Array, feature: number, start: number, end: number, best: Cut): void {
    const { target, weight, sum, total } = this;
    const column = data.columns[feature]!;
    const lastCut = end - this.minSamplesLeaf;
    const firstCut = start + this.minSamplesLeaf;
    let leftSum = 0;
    let leftTotal = 0;
    let value = column[order[start]!]!;
    for (let i = start; i < lastCut; i++) {
      const sample = order[i]!;
      const w = weight[sample]!;
      leftSum += w * target[sample]!;
      leftTotal += w;
      const next = column[order[i + 1]!]!;
      if (next > value + SAME && i + 1 >= firstCut) {
        const rightSum = sum - leftSum;
        const gain = (leftSum * leftSum) / leftTotal + (rightSum * rightSum) / (total - leftTotal);
        if (gain > best.gain) {
          best.gain = gain;
          best.feature = feature;
          best.position = i + 1;
          best.threshold = between(value, next);
        }
      }
      value = next;
    }
  }

  leaf(): number[] {
    return [this.sum / this.total];
  }
}

/** Gini impurity: cut where `Σ_k l_k² / W_l + Σ_k r_k² / W_r` is largest, with l_k, r_k the class weights of the sides. */
export class Gini implements Criterion {
  private readonly classOf: Int32Array;
  private readonly weight: Float64Array;
  private readonly minSamplesLeaf: number;
  private readonly counts: Float64Array;
  private readonly left: Float64Array;
  private total = 0;

  constructor(classOf: Int32Array, numClasses: number, weight: Float64Array, minSamplesLeaf: number) {
    this.classOf = classOf;
    this.weight = weight;
    this.minSamplesLeaf = minSamplesLeaf;
    this.counts = new Float64Array(numClasses);
    this.left = new Float64Array(numClasses);
  }

  enter(samples: Int32Array, start: number, end: number): boolean {
    this.counts.fill(0);
    for (let i = start; i < end; i++) this.counts[this.classOf[samples[i]!]!]! += this.weight[samples[i]!]!;
    this.total = this.counts.reduce((sum, count) => sum + count, 0);
    let purity = 0;
    for (const count of this.counts) purity += (count / this.total) ** 2;
    return 1 - purity <= PURE;
  }

  scan(data: Presorted, order: Int32Array, feature: number, start: number, end: number, best: Cut): void {
    const { classOf, weight, counts, left, total } = this;
    const column = data.columns[feature]!;
    const lastCut = end - this.minSamplesLeaf;
    const firstCut = start + this.minSamplesLeaf;
    left.fill(0);
    let leftTotal = 0;
    let value = column[order[start]!]!;
    for (let i = start; i < lastCut; i++) {
      const sample = order[i]!;
      left[classOf[sample]!]! += weight[sample]!;
      leftTotal += weight[sample]!;
      const next = column[order[i + 1]!]!;
      if (next > value + SAME && i + 1 >= firstCut) {
        let leftSquares = 0;
        let rightSquares = 0;
        for (let k = 0; k < left.length; k++) {
          leftSquares += left[k]! * left[k]!;
          rightSquares += (counts[k]! - left[k]!) ** 2;
        }
        const gain = leftSquares / leftTotal + rightSquares / (total - leftTotal);
        if (gain > best.gain) {
          best.gain = gain;
          best.feature = feature;
          best.position = i + 1;
          best.threshold = between(value, next);
        }
      }
      value = next;
    }
  }

  leaf(): number[] {
    return Array.from(this.counts, (count) => count / this.total);
  }
}
