// Which samples an epoch visits, in which order. Pure: indices in, indices out.
import { checkBoolean, checkNumber, errorText, showValue } from "../errors.js";
import type { Random } from "../random.js";

/** How an epoch chooses its samples. */
export interface SampleOrderOptions {
  /** A new random order each epoch; default false, the order of the data. */
  readonly shuffle?: boolean | undefined;
  /** Draw every sample anew, so that some come twice and others never; default false. Needs shuffle. */
  readonly replacement?: boolean | undefined;
  /** One weight a sample: how often it is drawn, relative to the others. Needs replacement. */
  readonly weights?: readonly number[] | undefined;
  /** Use only these samples, for example one side of a split; default all. */
  readonly indices?: readonly number[] | undefined;
}

/** Gives the indices of one epoch, from that epoch's own generator. */
export type SampleOrder = (random: Random) => Int32Array;

/**
 * Checks the options for `n` samples and returns the function that orders one epoch.
 *
 * @throws {RangeError} for an index outside 0 … n − 1, negative weights, and options without effect
 */
export function sampleOrder(where: string, n: number, options: SampleOrderOptions): SampleOrder {
  const { shuffle = false, replacement = false, weights, indices } = options;
  checkBoolean(where, "shuffle", shuffle);
  checkBoolean(where, "replacement", replacement);
  const refuse = (problem: string, help = ""): never => {
    throw new RangeError(errorText(where, problem, "", help));
  };
  if (replacement && !shuffle)
    refuse("replacement needs shuffle, got shuffle false", "pass {shuffle: true} or drop replacement");
  if (weights !== undefined && !replacement)
    refuse(
      "weights need replacement, got replacement false",
      "pass {shuffle: true, replacement: true} or drop weights",
    );
  const chosen = Int32Array.from(indices ?? { length: n }, (index, i) => {
    if (indices === undefined) return i;
    if (!Number.isInteger(index) || index < 0 || index >= n)
      refuse(`indices must be whole numbers from 0 to ${n - 1}, got ${showValue(index)} at position ${i}`);
    return index;
  });
  if (chosen.length === 0) refuse("there must be at least one sample, got none");
  if (!shuffle) return () => chosen.slice();
  if (!replacement) return (random) => Int32Array.from(random.permutation(chosen.length), (i) => chosen[i]!);
  if (weights === undefined) return (random) => chosen.map(() => chosen[random.integer(chosen.length)]!);
  return weightedOrder(where, chosen, weights);
}

function weightedOrder(where: string, chosen: Int32Array, weights: readonly number[]): SampleOrder {
  if (weights.length !== chosen.length)
    throw new RangeError(
      errorText(where, `weights must have one number a sample (${chosen.length}), got ${weights.length}`),
    );
  const cumulative = new Float64Array(chosen.length);
  let total = 0;
  for (let i = 0; i < chosen.length; i++) {
    total += checkNumber(where, `weights[${i}]`, weights[i], { min: 0 });
    cumulative[i] = total;
  }
  if (total === 0) throw new RangeError(errorText(where, "weights must not all be 0, got only zeros"));
  return (random) =>
    chosen.map(() => {
      const wanted = random.uniform(0, total);
      // Smallest i with cumulative[i] > wanted: samples of weight 0 are never drawn.
      let low = 0;
      let high = chosen.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (cumulative[middle]! > wanted) high = middle;
        else low = middle + 1;
      }
      return chosen[low]!;
    });
}
