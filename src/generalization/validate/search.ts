import { checkNumber, checkOptions, errorText, rejectUnknownOptions, showValue } from "../../errors.js";
import { type Random, randomOption } from "../../random.js";
import type { Model } from "../model/samples.js";
import { fitProgress } from "../parallel/fitProgress.js";
import type { Split } from "../split/split.js";
import { type CrossValidation, crossValidateAs, type Samples } from "./crossValidate.js";
import { isBetter, resolveScore, type ScoreOption } from "./score.js";

/** Makes a model for one choice of hyperparameters. */
export type MakeModel<P> = (parameters: P) => Model;

export interface SearchOptions {
  readonly score?: ScoreOption;
  /** Also score on the training parts; default false. */
  readonly trainScores?: boolean;
  /** Fit the winner on all samples at the end; default true. */
  readonly refit?: boolean;
  readonly workers?: number;
}

export interface RandomSearchOptions extends SearchOptions {
  /** Number of random choices; default 10. */
  readonly rounds?: number;
  readonly random?: Random;
}

/** One tried choice. */
export interface Candidate<P> extends CrossValidation {
  readonly parameters: P;
}

/** The outcome of a search. */
export interface SearchResult<P> {
  readonly candidates: Candidate<P>[];
  readonly best: Candidate<P>;
  /** The winner, fitted on **all** samples given; absent with `refit: false`. */
  readonly model?: Model;
  /** What the winner's score is not: an estimate of its error on new data. */
  readonly caveat: string;
}

/** Lists of values for each hyperparameter. */
export type ParameterGrid<P> = { readonly [K in keyof P]: readonly P[K][] };

/** For each hyperparameter a list to choose from, or a function that draws a value. */
export type ParameterDistributions<P> = {
  readonly [K in keyof P]: readonly P[K][] | ((random: Random) => P[K]);
};

const caveat =
  "the best of several scores is optimistic: report the error on a test set never used before, or use nestedCrossValidate";
const searchNames = ["score", "trainScores", "refit", "workers"];

/**
 * Every combination of the listed values, the last name varying fastest.
 *
 * @example
 * generalization.parameterGrid({ degree: [1, 2], ridge: [0, 1] }).length // 4
 */
export function parameterGrid<P extends object>(grid: ParameterGrid<P>): P[] {
  checkOptions("parameterGrid", grid);
  let combinations: Partial<P>[] = [{}];
  for (const name of Object.keys(grid) as (keyof P)[]) {
    const values = grid[name] as readonly P[typeof name][];
    if (!Array.isArray(values) || values.length === 0) {
      const text = `${String(name)} must be a list of at least one value, got ${showValue(values)}`;
      throw new TypeError(errorText("parameterGrid", text));
    }
    combinations = combinations.flatMap((partial) => values.map((value) => ({ ...partial, [name]: value })));
  }
  return combinations as P[];
}

/**
 * Tries every combination of hyperparameters by cross-validation, then fits the best one on all samples.
 *
 * @param makeModel from hyperparameters to a model
 * @param grid lists of values by name
 * @param samples `{x, y}`
 * @param splits of any splitter
 * @param options.score default by the model
 * @param options.refit fit the winner on all samples; default true
 * @returns every candidate with its scores, the best (the first of equals), and the refitted model
 * @throws {TypeError} for an empty list
 * @see Cawley and Talbot 2010, "On over-fitting in model selection", JMLR 11: why the winner's score is optimistic
 * @example
 * const x = [[0], [1], [2], [3], [4], [5]], y = [0, 1, 4, 9, 16, 25];
 * const make = ({ degree }) => new generalization.PolynomialRegression({ degree });
 * generalization.gridSearch(make, { degree: [1, 2] }, { x, y }, generalization.kFold(6, { nSplits: 3 })).best.parameters // { degree: 2 }
 */
export function gridSearch<P extends object>(
  makeModel: MakeModel<P>,
  grid: ParameterGrid<P>,
  samples: Samples,
  splits: readonly Split[],
  options: SearchOptions = {},
): SearchResult<P> {
  checkOptions("gridSearch", options);
  const { score: _s, trainScores: _t, refit: _r, workers: _w, ...rest } = options;
  rejectUnknownOptions("gridSearch", rest, searchNames);
  return search("gridSearch", makeModel, parameterGrid(grid), samples, splits, options);
}

/**
 * Tries random choices of hyperparameters by cross-validation, then fits the best one on all samples. With the same number
 * of trials it covers each single hyperparameter better than a grid.
 *
 * @param distributions for each name a list to choose from or a function `(random) => value`
 * @param options.rounds default 10
 * @param options.random default the shared generator
 * @see Bergstra and Bengio 2012, "Random search for hyper-parameter optimization", JMLR 13
 * @example
 * const x = [[0], [1], [2], [3]], y = [1, 2, 3, 4];
 * const make = ({ ridge }) => new generalization.PolynomialRegression({ ridge });
 * const draw = { ridge: (random) => 10 ** random.uniform(-3, 1) };
 * generalization.randomSearch(make, draw, { x, y }, generalization.kFold(4, { nSplits: 2 }), { rounds: 3, random: createRandom(1) }).candidates.length // 3
 */
export function randomSearch<P extends object>(
  makeModel: MakeModel<P>,
  distributions: ParameterDistributions<P>,
  samples: Samples,
  splits: readonly Split[],
  options: RandomSearchOptions = {},
): SearchResult<P> {
  checkOptions("randomSearch", options);
  const { rounds = 10, random, ...common } = options;
  const { score: _s, trainScores: _t, refit: _r, workers: _w, ...rest } = common;
  rejectUnknownOptions("randomSearch", rest, [...searchNames, "rounds", "random"]);
  checkNumber("randomSearch", "rounds", rounds, { integer: true, min: 1 });
  checkOptions("randomSearch", distributions);
  const generator = randomOption("randomSearch", random);
  const tried = Array.from({ length: rounds }, () => draw(distributions, generator));
  return search("randomSearch", makeModel, tried, samples, splits, common);
}

function draw<P extends object>(distributions: ParameterDistributions<P>, random: Random): P {
  const chosen: Partial<P> = {};
  for (const name of Object.keys(distributions) as (keyof P)[]) {
    const from = distributions[name];
    if (typeof from === "function") chosen[name] = from(random);
    else if (Array.isArray(from) && from.length > 0) chosen[name] = random.choice(from);
    else {
      const text = `${String(name)} must be a list of values or a function (random) => value, got ${showValue(from)}`;
      throw new TypeError(errorText("randomSearch", text));
    }
  }
  return chosen as P;
}

function search<P extends object>(
  where: string,
  makeModel: MakeModel<P>,
  tried: readonly P[],
  samples: Samples,
  splits: readonly Split[],
  { refit = true, ...options }: SearchOptions,
): SearchResult<P> {
  if (typeof makeModel !== "function")
    throw new TypeError(
      errorText(where, `makeModel must be a function of the hyperparameters, got ${showValue(makeModel)}`),
    );
  const progress = fitProgress(where, tried.length);
  const candidates = tried.map((parameters) => ({
    parameters,
    ...crossValidateAs(where, makeModel(parameters), samples, splits, options, progress),
  }));
  progress.end();
  const score = resolveScore(where, options.score, makeModel(tried[0]!));
  let best = candidates[0]!;
  for (const candidate of candidates) if (isBetter(score, candidate.mean, best.mean)) best = candidate;
  const model = refit ? { model: makeModel(best.parameters).fit(samples.x, samples.y) } : {};
  return { candidates, best, ...model, caveat };
}
