import { errorText } from "../../errors.js";
import { displayed } from "../displayed.js";
import { checkLabels, type Label, range, type Split } from "./split.js";
import { forwardChaining, type TimeSeriesSplitOptions } from "./timeSeriesSplit.js";

/**
 * Forward chaining over groups: whole groups (videos, trading days, patients' visits) in order of first appearance;
 * train on earlier groups, test on the groups that follow.
 *
 * @param groups one group name for each sample, in time order; a group's samples must stand together
 * @param options as `timeSeriesSplit`, counted in groups instead of samples
 * @returns splits of sample indices; no group is in both parts
 * @throws {RangeError} as `timeSeriesSplit`, or when a group's samples do not stand together
 * @example
 * generalization.groupTimeSeriesSplit(["a", "a", "b", "c", "c"], { nSplits: 2 }).map(({ test }) => test) // [[2], [3, 4]]
 */
export function groupTimeSeriesSplit(
  groups: ArrayLike<Label>,
  options: TimeSeriesSplitOptions = {},
): Split[] {
  const list = checkLabels("groupTimeSeriesSplit", "groups", groups);
  const starts = range(0, list.length).filter((i) => i === 0 || list[i] !== list[i - 1]);
  const seen = new Map<Label, number>();
  for (const start of starts) {
    const earlier = seen.get(list[start]!);
    if (earlier !== undefined) {
      const text = `the samples of a group must stand together, got group ${JSON.stringify(list[start])} at ${earlier} and again at ${start}`;
      throw new RangeError(
        errorText("groupTimeSeriesSplit", text, "", "sort the samples by time and group first"),
      );
    }
    seen.set(list[start]!, start);
  }
  const samples = (numbers: readonly number[]): number[] =>
    numbers.flatMap((group) => range(starts[group]!, starts[group + 1] ?? list.length));
  const splits = forwardChaining("groupTimeSeriesSplit", "groups", starts.length, options);
  return displayed(
    splits.map(({ train, test }) => ({ train: samples(train), test: samples(test) })),
    "splits",
  );
}
