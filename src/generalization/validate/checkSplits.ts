import { errorText, showValue } from "../../errors.js";
import type { Split } from "../split/split.js";

/**
 * Splits somebody made: every index a sample, nothing trained and tested at once, no empty part.
 *
 * @param n number of samples
 * @throws {TypeError | RangeError} naming the first bad split
 */
export function checkSplits(where: string, splits: unknown, n: number): readonly Split[] {
  if (!Array.isArray(splits) || splits.length === 0) {
    const help = "make them with kFold(x.length, {nSplits: 5})";
    throw new TypeError(
      errorText(where, `splits must be a list of {train, test}, got ${showValue(splits)}`, "", help),
    );
  }
  splits.forEach((split: Split, number) => {
    const seen = new Uint8Array(n);
    for (const part of ["train", "test"] as const) {
      const indices = split?.[part];
      if (!Array.isArray(indices) || indices.length === 0) {
        const text = `split ${number} must have at least one ${part} index, got ${showValue(indices)}`;
        throw new RangeError(errorText(where, text));
      }
      for (const index of indices) {
        if (!Number.isInteger(index) || index < 0 || index >= n) {
          const text = `split ${number} must hold indices from 0 to ${n - 1}, got ${showValue(index)} in ${part}`;
          throw new RangeError(errorText(where, text, "", `make the splits for ${n} samples`));
        }
        if (part === "test" && seen[index] === 1) {
          const text = `split ${number} must not test what it trains on, got sample ${index} in both parts`;
          throw new RangeError(errorText(where, text));
        }
        if (part === "train") seen[index] = 1;
      }
    }
  });
  return splits;
}
