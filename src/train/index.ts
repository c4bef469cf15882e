// The training loop, what it records, and how results are judged.
export { type BatchSizeRun, type BatchSizeSweepOptions, batchSizeSweep } from "./batchSizeSweep.js";
export { type Callback, every, type TrainingState } from "./callbacks.js";
export {
  type EvaluateOptions,
  type Evaluation,
  evaluate,
  type Loss,
  type Metric,
  predict,
} from "./evaluate.js";
export { fit } from "./fit.js";
export type { FitOptions, Schedule, Stopper } from "./fitOptions.js";
export { type GradientNoise, type GradientNoiseOptions, gradientNoise } from "./gradientNoise.js";
export { type ComparisonRow, type Ending, type EpochRecord, History, type StepRecord } from "./history.js";
export {
  type LearningRateRange,
  type LearningRateRangeTestOptions,
  learningRateRangeTest,
} from "./learningRateRangeTest.js";
export * as metrics from "./metrics.js";
