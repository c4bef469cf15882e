// Optimizers. Each file holds one algorithm: its rule in the paper's letters, the pure function, the class.
export { Adam, type AdamOptions } from "./adam.js";
export { clipGradNorm, clipGradValue } from "./clip.js";
export { NaNGradientError } from "./nanGradientError.js";
export { Optimizer, type ParameterGroup } from "./optimizer.js";
export type { OptimizerState, ParameterState } from "./optimizerState.js";
export type { GroupOptions, ParametersOf } from "./parameterGroups.js";
export type { PureState, PureUpdate, Values } from "./pureRule.js";
export { SGD, type SGDOptions } from "./sgd.js";
export * as updates from "./updates.js";
