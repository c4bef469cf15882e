// Layers, models and losses.
export { ActivationLayer, GELU, LeakyReLU, ReLU, Sigmoid, SiLU, Softplus, Tanh } from "./activationLayer.js";
export * as init from "./init.js";
export type { Init, WeightOptions } from "./layerOptions.js";
export { Linear, type LinearOptions } from "./linear.js";
export {
  type BinaryCrossEntropyOptions,
  binaryCrossEntropyWithLogits,
  type ClassTarget,
  type CrossEntropyOptions,
  crossEntropy,
  type HuberOptions,
  hingeLoss,
  huberLoss,
  type LossOptions,
  l1Loss,
  mseLoss,
  type NllOptions,
  nllLoss,
  type Reduction,
} from "./loss.js";
export { countParameters, Module, type StateDict } from "./module.js";
export { MLP, type MLPOptions, Sequential } from "./sequential.js";
export { ModuleSummary, type SummaryRow } from "./summary.js";
