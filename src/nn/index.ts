// Layers, models and losses.
export { ActivationLayer, GELU, LeakyReLU, ReLU, Sigmoid, SiLU, Softplus, Tanh } from "./activationLayer.js";
export {
  BatchNorm1d,
  BatchNorm2d,
  BatchNorm3d,
  type BatchNormLayerOptions,
  type BatchNormOptions,
  batchNorm,
} from "./batchNorm.js";
export {
  Conv1d,
  Conv2d,
  Conv3d,
  type ConvLayerOptions,
  type ConvLayerSettings,
} from "./convLayer.js";
export {
  ConvTranspose1d,
  ConvTranspose2d,
  ConvTranspose3d,
  type ConvTransposeLayerOptions,
} from "./convTransposeLayer.js";
export {
  AlphaDropout,
  DropConnect,
  Dropout,
  Dropout1d,
  Dropout2d,
  Dropout3d,
  type DropoutLayerOptions,
  type DropoutOptions,
  dropConnect,
  dropout,
} from "./dropout.js";
export { foldBatchNorm } from "./foldBatchNorm.js";
export {
  GroupNorm,
  type GroupNormLayerOptions,
  type GroupNormOptions,
  groupNorm,
  InstanceNorm1d,
  InstanceNorm2d,
  InstanceNorm3d,
  type InstanceNormOptions,
  instanceNorm,
} from "./groupNorm.js";
export * as init from "./init.js";
export { LayerNorm, type LayerNormLayerOptions, type LayerNormOptions, layerNorm } from "./layerNorm.js";
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
export type { PaddingMode } from "./paddingMode.js";
export {
  AvgPool1d,
  AvgPool2d,
  AvgPool3d,
  Flatten,
  GlobalAvgPool,
  MaxPool1d,
  MaxPool2d,
  MaxPool3d,
} from "./poolLayer.js";
export { MLP, type MLPOptions, Sequential } from "./sequential.js";
export { ModuleSummary, type SummaryRow } from "./summary.js";
