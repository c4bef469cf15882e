// The public names of this folder.
export {
  type BiasVariance,
  type BiasVarianceOptions,
  biasVariance,
  type FitFunction,
} from "./biasVariance.js";
export { type BiasVarianceSweep, biasVarianceSweep } from "./biasVarianceSweep.js";
export {
  type BootstrapIndices,
  type BootstrapOptions,
  type BootstrapResult,
  bootstrap,
  bootstrapIndices,
  point632,
} from "./bootstrap.js";
export type { Input, Sample } from "./design.js";
export { type GeneralizationGap, generalizationGap } from "./generalizationGap.js";
export * as landscape from "./landscape/index.js";
export { type LipschitzEstimate, type LipschitzOptions, lipschitzEstimate } from "./lipschitzEstimate.js";
export { AdaBoostClassifier, type AdaBoostOptions } from "./model/adaBoost.js";
export { BaggingClassifier, type BaggingOptions, BaggingRegressor } from "./model/bagging.js";
export {
  DecisionTreeClassifier,
  type DecisionTreeOptions,
  DecisionTreeRegressor,
} from "./model/decisionTree.js";
export { type GradientBoostingOptions, GradientBoostingRegressor } from "./model/gradientBoosting.js";
export { KNearestNeighbors, type KNearestNeighborsOptions } from "./model/kNearestNeighbors.js";
export { PolynomialRegression, type PolynomialRegressionOptions } from "./model/polynomialRegression.js";
export { type RandomFeaturesOptions, RandomFeaturesRegression } from "./model/randomFeatures.js";
export { RandomForestClassifier, RandomForestRegressor } from "./model/randomForest.js";
export type { Model } from "./model/samples.js";
export { type GroupKFoldOptions, groupKFold } from "./split/groupKFold.js";
export { groupTimeSeriesSplit } from "./split/groupTimeSeriesSplit.js";
export { type KFoldOptions, kFold } from "./split/kFold.js";
export { leaveOneOut } from "./split/leaveOneOut.js";
export { blockedKFold, type PurgedKFoldOptions, purgedKFold } from "./split/purgedKFold.js";
export { type RepeatedKFoldOptions, repeatedKFold } from "./split/repeatedKFold.js";
export { type ShuffleSplitOptions, shuffleSplit } from "./split/shuffleSplit.js";
export type { Label, Split } from "./split/split.js";
export { stratifiedKFold } from "./split/stratifiedKFold.js";
export { type TimeSeriesSplitOptions, timeSeriesSplit } from "./split/timeSeriesSplit.js";
export { type TrainTestSplitOptions, trainTestSplit } from "./split/trainTestSplit.js";
export { type CheckLeakageOptions, checkLeakage, type LeakageReport } from "./validate/checkLeakage.js";
export {
  type CrossValidateOptions,
  type CrossValidation,
  crossValidate,
  type Samples,
} from "./validate/crossValidate.js";
export {
  type LearningCurveOptions,
  learningCurve,
  type ScoreCurve,
  validationCurve,
} from "./validate/curves.js";
export {
  type NestedCrossValidation,
  type NestedOptions,
  nestedCrossValidate,
} from "./validate/nestedCrossValidate.js";
export { type NetworkModelOptions, networkModel } from "./validate/networkModel.js";
export { Pipeline, type RowTransform } from "./validate/pipeline.js";
export type { ScoreFunction, ScoreName, ScoreOption } from "./validate/score.js";
export {
  type Candidate,
  gridSearch,
  type MakeModel,
  type ParameterDistributions,
  type ParameterGrid,
  parameterGrid,
  type RandomSearchOptions,
  randomSearch,
  type SearchOptions,
  type SearchResult,
} from "./validate/search.js";
export { SelectBest } from "./validate/selectBest.js";
export { VotingEnsemble, type VotingEnsembleOptions } from "./validate/votingEnsemble.js";
