import { checkNumber, checkOptions, rejectUnknownOptions } from "../../errors.js";
import { type Random, randomOption } from "../../random.js";
import { checkSamples, type Model } from "../model/samples.js";
import { fitProgress } from "../parallel/fitProgress.js";
import type { Split } from "../split/split.js";
import { crossValidateAs, meanAndStd, type Samples } from "./crossValidate.js";
import type { ScoreOption } from "./score.js";

export interface CheckLeakageOptions {
  readonly score?: ScoreOption;
  /** Permutations of the targets; default 20. */
  readonly rounds?: number;
  /** Default the shared generator. */
  readonly random?: Random;
}

/** What a leakage check found; readable as text. */
export interface LeakageReport {
  readonly leaks: boolean;
  /** Samples that stand in a training and a test part with the same rows: [train index, test index]. */
  readonly duplicates: [number, number][];
  /** Mean score with permuted targets: what this procedure reports on pure noise. */
  readonly noiseScore: number;
  /** Standard error of `noiseScore`. */
  readonly standardError: number;
  /** The score of a model that knows nothing: the most frequent class, or the mean. */
  readonly chance: number;
  readonly message: string;
}

/**
 * Does this validation procedure leak? Runs it on **permuted targets**, where nothing can be learned: an honest procedure
 * then scores at chance. Also finds identical rows on both sides of a split.
 *
 * The procedure is a function, so that everything that happens before the splits is inside it: pass
 * `({ x, y }) => crossValidate(model, { x: scaled(x), y }, splits).mean` to test scaling outside the fold.
 *
 * @param procedure from samples to a mean score, larger is better
 * @param samples the data
 * @param splits the splits the procedure uses, to look for duplicates
 * @param options.rounds permutations; default 20
 * @param options.score how chance is scored; default as `crossValidate` for a regression model
 * @param options.random default the shared generator
 * @returns whether the noise score is above chance by more than three standard errors, or rows are duplicated
 * @see Kaufman, Rosset, Perlich and Stitelman 2012, "Leakage in data mining", TKDD 6; Ojala and Garriga 2010, JMLR 11
 */
export function checkLeakage(
  procedure: (samples: Samples) => number,
  samples: Samples,
  splits: readonly Split[],
  options: CheckLeakageOptions = {},
): LeakageReport {
  checkOptions("checkLeakage", options);
  const { score, rounds = 20, random, ...rest } = options;
  rejectUnknownOptions("checkLeakage", rest, ["score", "rounds", "random"]);
  checkSamples("checkLeakage", samples.x, samples.y);
  checkNumber("checkLeakage", "rounds", rounds, { integer: true, min: 2 });
  const generator = randomOption("checkLeakage", random);
  const progress = fitProgress("checkLeakage", rounds);
  const noise = Array.from({ length: rounds }, () => {
    const y = generator.shuffle(samples.y);
    const chance = crossValidateAs(
      "checkLeakage",
      baseline(score),
      { x: samples.x, y },
      splits,
      score === undefined ? {} : { score },
      progress,
    );
    return { reported: procedure({ x: samples.x, y }), chance: chance.mean };
  });
  progress.end();
  const excess = meanAndStd(noise.map(({ reported, chance }) => reported - chance));
  const standardError = excess.std / Math.sqrt(rounds - 1);
  const chance = meanAndStd(noise.map((item) => item.chance)).mean;
  const noiseScore = meanAndStd(noise.map((item) => item.reported)).mean;
  const duplicates = findDuplicates(samples.x, splits);
  const aboveChance = excess.mean > 3 * standardError && excess.mean > 0;
  const parts = [
    aboveChance
      ? `on permuted targets the procedure reports ${noiseScore.toFixed(3)}, chance is ${chance.toFixed(3)}: something learned from the test part`
      : `on permuted targets the procedure reports ${noiseScore.toFixed(3)}, chance is ${chance.toFixed(3)}: no leak seen`,
    ...(duplicates.length > 0 ? [`${duplicates.length} test rows have an identical training row`] : []),
  ];
  return {
    leaks: aboveChance || duplicates.length > 0,
    duplicates,
    noiseScore,
    standardError,
    chance,
    message: parts.join("; "),
  };
}

/** Predicts the mean, or for accuracy the most frequent value. */
function baseline(score: ScoreOption | undefined): Model {
  let constant = 0;
  return {
    fit(_x: number[][], y: number[]) {
      const counts = new Map<number, number>();
      for (const value of y) counts.set(value, (counts.get(value) ?? 0) + 1);
      const most = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]![0];
      constant = score === "accuracy" ? most : y.reduce((sum, value) => sum + value, 0) / y.length;
      return this;
    },
    predict: (x: number[][]) => x.map(() => constant),
  };
}

function findDuplicates(x: readonly number[][], splits: readonly Split[]): [number, number][] {
  const found = new Map<number, number>();
  for (const { train, test } of splits) {
    const trained = new Map(train.map((index) => [x[index]!.join(), index]));
    for (const index of test) {
      const twin = trained.get(x[index]!.join());
      if (twin !== undefined) found.set(index, twin);
    }
  }
  return [...found].map(([test, train]) => [train, test]);
}
