import { checkOptions, errorText, rejectUnknownOptions, showValue } from "../../errors.js";
import { checkSamples } from "../model/samples.js";
import type { Split } from "../split/split.js";
import { checkSplits } from "./checkSplits.js";
import { meanAndStd, type Samples } from "./crossValidate.js";
import { resolveScore, type ScoreOption } from "./score.js";
import { gridSearch, type MakeModel, type ParameterGrid } from "./search.js";

export interface NestedOptions {
  readonly score?: ScoreOption;
  readonly workers?: number;
}

/** Scores of a whole search procedure. */
export interface NestedCrossValidation<P> {
  readonly score: string;
  /** One score for each outer split, of the model the inner search chose there. */
  readonly scores: number[];
  readonly mean: number;
  readonly std: number;
  /** What the inner search chose in each outer split; disagreement shows an unstable choice. */
  readonly chosen: P[];
  /** The winner's own (optimistic) score in each outer split. */
  readonly innerScores: number[];
}

/**
 * Nested cross-validation: an honest score of "search, then fit". The search runs inside each outer training part and
 * never sees the outer test part.
 *
 * @param makeModel from hyperparameters to a model
 * @param grid lists of values by name
 * @param samples `{x, y}`
 * @param outer splits to report on
 * @param inner makes the splits of the inner search for a number of samples, for example `(n) => kFold(n)`
 * @param options.score default by the model
 * @returns outer scores, and beside them the inner winners' scores to see how optimistic they were
 * @throws {TypeError} when `inner` is not a function
 * @see Varma and Simon 2006, "Bias in error estimation when using cross-validation for model selection", BMC Bioinformatics 7
 * @example
 * const x = Array.from({ length: 12 }, (_, i) => [i]), y = x.map(([v]) => v * v);
 * const make = ({ degree }) => new generalization.PolynomialRegression({ degree });
 * const inner = (n) => generalization.kFold(n, { nSplits: 2 });
 * generalization.nestedCrossValidate(make, { degree: [1, 2] }, { x, y }, generalization.kFold(12, { nSplits: 3 }), inner).chosen // [{ degree: 2 }, { degree: 2 }, { degree: 2 }]
 */
export function nestedCrossValidate<P extends object>(
  makeModel: MakeModel<P>,
  grid: ParameterGrid<P>,
  samples: Samples,
  outer: readonly Split[],
  inner: (n: number, indices: readonly number[]) => readonly Split[],
  options: NestedOptions = {},
): NestedCrossValidation<P> {
  checkOptions("nestedCrossValidate", options);
  const { score, workers, ...rest } = options;
  rejectUnknownOptions("nestedCrossValidate", rest, ["score", "workers"]);
  if (typeof inner !== "function") {
    const help = "pass (n) => kFold(n, {nSplits: 5})";
    const text = `inner must be a function that makes splits, got ${showValue(inner)}`;
    throw new TypeError(errorText("nestedCrossValidate", text, "", help));
  }
  const { x, y } = samples;
  checkSamples("nestedCrossValidate", x, y);
  const parts = checkSplits("nestedCrossValidate", outer, y.length).map(({ train, test }) => {
    const pick = (indices: readonly number[]): Samples => ({
      x: indices.map((index) => x[index]!),
      y: indices.map((index) => y[index]!),
    });
    const trained = pick(train);
    const tested = pick(test);
    const common = {
      ...(score === undefined ? {} : { score }),
      ...(workers === undefined ? {} : { workers }),
    };
    const found = gridSearch(makeModel, grid, trained, inner(train.length, train), common);
    const measure = resolveScore("nestedCrossValidate", score, found.model!);
    return {
      score: measure.measure(tested.y, found.model!.predict(tested.x)),
      name: measure.name,
      chosen: found.best.parameters,
      innerScore: found.best.mean,
    };
  });
  const scores = parts.map((part) => part.score);
  return {
    score: parts[0]!.name,
    scores,
    ...meanAndStd(scores),
    chosen: parts.map((part) => part.chosen),
    innerScores: parts.map((part) => part.innerScore),
  };
}
