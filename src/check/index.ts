// Is my answer right? Checks that a person can read in a notebook and a machine can grade.
export type { Tolerance, WorstElement } from "./compare.js";
export type { Draw } from "./draw.js";
export { type EquivarianceOptions, equivariance } from "./equivariance.js";
export { type GradientCase, type GradientOptions, gradient } from "./gradient.js";
export { type Hint, hint } from "./hint.js";
export { type Mutant, mutant } from "./mutant.js";
export { NotFilledIn } from "./notFilledIn.js";
export { observe } from "./observe.js";
export { type LawResult, type PropertyOptions, property } from "./property.js";
export { reference } from "./reference.js";
export { relativeError } from "./relativeError.js";
export type { CheckData, CheckKind, CheckReport } from "./report.js";
export { type ScoreItem, type ScoreOptions, score } from "./score.js";
export {
  CHECK_MIME,
  type MutantProof,
  type ScoreData,
  type ScoreReport,
  type ScoreStatus,
} from "./scoreReport.js";
export { type StatisticOptions, statistic } from "./statistic.js";
