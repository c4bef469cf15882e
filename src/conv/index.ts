// Convolution: the operation, its gradients, its other faces (matrix, columns, steps), pooling, and the arithmetic of sizes.
export { type AvgPoolOptions, avgPool1d, avgPool2d, avgPool3d, globalAvgPool } from "./avgPool.js";
export { type ConvOptions, conv1d, conv2d, conv3d } from "./conv.js";
export {
  type ConvInputGradOptions,
  conv1dInputGrad,
  conv2dInputGrad,
  conv3dInputGrad,
} from "./convInputGrad.js";
export { type ConvolveMode, type ConvolveOptions, convolve, crossCorrelate } from "./convolve.js";
export { type ConvolveContinuousOptions, convolveContinuous } from "./convolveContinuous.js";
export {
  type ConvTransposeOptions,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
} from "./convTranspose.js";
export {
  type ConvWeightGradOptions,
  conv1dWeightGrad,
  conv2dWeightGrad,
  conv3dWeightGrad,
} from "./convWeightGrad.js";
export { type Col2imOptions, col2im, type Im2colOptions, im2col } from "./im2col.js";
export { type KernelOptions, kernels } from "./kernels.js";
export { type MaxPoolOptions, maxPool1d, maxPool2d, maxPool3d } from "./maxPool.js";
export { type OutputSizeSettings, outputSize } from "./outputSize.js";
export type { PoolOptions } from "./pool.js";
export { type Field, type FieldLayer, type ReceptiveField, receptiveField } from "./receptiveField.js";
export type { Padding, PerAxis } from "./shape.js";
export { type ConvStep, type StepsOptions, steps } from "./steps.js";
export { type ToeplitzOptions, toeplitz } from "./toeplitz.js";
