import { checkOptions, errorText, rejectUnknownOptions } from "../../errors.js";
import { randomOption } from "../../random.js";
import { displayed } from "../displayed.js";
import { checkShuffle, type KFoldOptions } from "./kFold.js";
import { checkLabels, checkSplitCount, type Label, range, type Split, splitsFromFolds } from "./split.js";

/** Class numbers in order of first appearance, and how many samples each class has. */
function encode(labels: readonly Label[]): { classOf: number[]; counts: number[]; names: Label[] } {
  const numberOf = new Map<Label, number>();
  const counts: number[] = [];
  const classOf = labels.map((label) => {
    let number = numberOf.get(label);
    if (number === undefined) {
      number = numberOf.size;
      numberOf.set(label, number);
      counts.push(0);
    }
    counts[number]!++;
    return number;
  });
  return { classOf, counts, names: [...numberOf.keys()] };
}

/**
 * k-fold cross-validation that keeps the class proportions in every fold.
 *
 * The allocation is scikit-learn's: classes are numbered by first appearance; fold f gets as many samples of a class as
 * stand at positions f, f + k, f + 2k, … of the sorted class numbers; inside a class samples keep their order and go to
 * the folds in blocks (or, with `shuffle`, at random).
 *
 * @param labels one class label for each sample: numbers, strings or booleans
 * @param options.nSplits folds; default 5
 * @param options.shuffle which samples of a class go to which fold is random; default false
 * @param options.random generator for `shuffle`; default the shared one
 * @returns `nSplits` splits, disjoint test sets that cover all samples
 * @throws {RangeError} when any class has fewer samples than nSplits (scikit-learn only warns while some class is
 *   large enough; a fold without a class has no meaning for the student's question, so we refuse), when nSplits exceeds n
 * @throws {TypeError} when `random` is given without `shuffle`
 * @see Kohavi 1995, "A study of cross-validation and bootstrap", IJCAI
 * @example
 * generalization.stratifiedKFold([0, 0, 0, 0, 0, 0, 1, 1, 1, 1], { nSplits: 3 })[0].test // [0, 1, 6, 7]
 */
export function stratifiedKFold(
  labels: ArrayLike<Label>,
  options: KFoldOptions & { readonly allowSmallClasses?: boolean } = {},
): Split[] {
  checkOptions("stratifiedKFold", options);
  const { nSplits = 5, shuffle = false, random, allowSmallClasses = false, ...rest } = options;
  rejectUnknownOptions("stratifiedKFold", rest, ["nSplits", "shuffle", "random", "allowSmallClasses"]);
  const list = checkLabels("stratifiedKFold", "labels", labels);
  checkSplitCount("stratifiedKFold", nSplits, list.length, "samples");
  const isShuffled = checkShuffle("stratifiedKFold", shuffle, random);
  const { classOf, counts, names } = encode(list);
  checkClassSizes(nSplits, counts, names, allowSmallClasses);

  const generator = isShuffled ? randomOption("stratifiedKFold", random) : undefined;
  const sorted = classOf.slice().sort((a, b) => a - b);
  const foldOf = new Int32Array(list.length);
  for (let number = 0; number < counts.length; number++) {
    const folds = range(0, nSplits).flatMap((fold) => {
      let share = 0;
      for (let i = fold; i < sorted.length; i += nSplits) if (sorted[i] === number) share++;
      return new Array<number>(share).fill(fold);
    });
    const dealt = generator ? generator.shuffle(folds) : folds;
    let next = 0;
    for (let i = 0; i < list.length; i++) if (classOf[i] === number) foldOf[i] = dealt[next++]!;
  }
  return displayed(splitsFromFolds(foldOf, nSplits), "splits");
}

function checkClassSizes(
  nSplits: number,
  counts: readonly number[],
  names: readonly Label[],
  allowSmall: boolean,
): void {
  const largest = Math.max(...counts);
  if (nSplits > largest) {
    const text = `nSplits must be at most the size of the largest class, got nSplits ${nSplits} for ${largest} samples`;
    throw new RangeError(errorText("stratifiedKFold", text, "", "use fewer folds, or kFold without classes"));
  }
  const small = counts.findIndex((count) => count < nSplits);
  if (small < 0 || allowSmall) return;
  const name = JSON.stringify(names[small]);
  const text = `every class needs at least nSplits samples, got nSplits ${nSplits} and ${counts[small]} of class ${name}`;
  const help = `use nSplits ${Math.max(2, Math.min(...counts))}, or {allowSmallClasses: true} for folds that lack the class`;
  throw new RangeError(errorText("stratifiedKFold", text, "", help));
}
