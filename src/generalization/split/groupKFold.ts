import { checkOptions, rejectUnknownOptions } from "../../errors.js";
import { displayed } from "../displayed.js";
import { introsortOrder } from "./introsortOrder.js";
import {
  checkLabels,
  checkSplitCount,
  type Label,
  type Split,
  sortedUnique,
  splitsFromFolds,
} from "./split.js";

export interface GroupKFoldOptions {
  /** Number of folds; default 5. */
  readonly nSplits?: number;
}

/**
 * k-fold cross-validation in which a group is never divided: all pictures of one patient, all frames of one video are
 * either trained on or tested. Without this, the model is tested on what it has as good as seen.
 *
 * Groups are dealt by size, the largest first, each to the fold that is lightest so far (the first of equals), as in
 * scikit-learn; deterministic.
 *
 * @param groups one group name for each sample: numbers, strings or booleans
 * @param options.nSplits folds, at most the number of groups; default 5
 * @returns `nSplits` splits; no group is in both parts of a split
 * @throws {RangeError} when there are fewer groups than folds
 * @example
 * generalization.groupKFold([0, 0, 0, 1, 1, 2, 2, 2, 2, 3], { nSplits: 2 })[1].test // [0, 1, 2, 3, 4]
 */
export function groupKFold(groups: ArrayLike<Label>, options: GroupKFoldOptions = {}): Split[] {
  checkOptions("groupKFold", options);
  const { nSplits = 5, ...rest } = options;
  rejectUnknownOptions("groupKFold", rest, ["nSplits"]);
  const list = checkLabels("groupKFold", "groups", groups);
  const names = sortedUnique(list);
  checkSplitCount("groupKFold", nSplits, names.length, "groups");

  const numberOf = new Map(names.map((name, number) => [name, number]));
  const groupOf = list.map((name) => numberOf.get(name)!);
  const size = new Array<number>(names.length).fill(0);
  for (const group of groupOf) size[group]!++;
  const weight = new Array<number>(nSplits).fill(0);
  const foldOfGroup = new Int32Array(names.length);
  for (const group of introsortOrder(size).reverse()) {
    const lightest = weight.indexOf(Math.min(...weight));
    weight[lightest]! += size[group]!;
    foldOfGroup[group] = lightest;
  }
  const folds = groupOf.map((group) => foldOfGroup[group]!);
  return displayed(splitsFromFolds(folds, nSplits), "splits");
}
