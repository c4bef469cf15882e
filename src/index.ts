// biome-ignore-all assist/source/organizeImports: this file is the table of contents, in the order in which data flows
/** The public names of gradbook, in the order in which data flows. */

// errors and random numbers
export { ShapeError } from "./errors.js";
export { createRandom, type Random, setSeed } from "./random.js";

// tensors: the class, its operations attached, how they are made
export { type NestedNumbers, Tensor } from "./tensor/tensor.js";
import "./tensor/methods.js";
export type { Dtype } from "./engine/engine.js";
export {
  arange,
  eye,
  type FromValuesOptions,
  full,
  linspace,
  ones,
  type RandnOptions,
  randn,
  type TensorOptions,
  tensor,
  type UniformOptions,
  uniform,
  zeros,
} from "./tensor/create.js";

// operations, each also a method of Tensor
export {
  abs,
  add,
  type ClampOptions,
  clamp,
  cos,
  div,
  exp,
  log,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  sin,
  sqrt,
  square,
  sub,
} from "./tensor/elementwise.js";
export {
  gelu,
  type LeakyReluOptions,
  leakyRelu,
  relu,
  sigmoid,
  silu,
  softplus,
  tanh,
} from "./tensor/activation.js";
export {
  type ArgmaxOptions,
  argmax,
  max,
  mean,
  min,
  type NormOptions,
  norm,
  type ReduceOptions,
  std,
  sum,
  type VarianceOptions,
  variance,
} from "./tensor/reduce.js";
export { logSoftmax, logSumExp, type SoftmaxOptions, softmax } from "./tensor/softmax.js";
export { linear, matmul } from "./tensor/matmul.js";
export {
  expand,
  type FlattenOptions,
  flatten,
  flip,
  type PadOptions,
  pad,
  permute,
  reshape,
  type SliceRange,
  slice,
  squeeze,
  transpose,
  unsqueeze,
} from "./tensor/movement.js";
export {
  concat,
  gather,
  type Indices,
  indexSelect,
  type JoinOptions,
  stack,
  where,
} from "./tensor/gather.js";
export { type AllCloseOptions, allClose, equal, greater, less } from "./tensor/compare.js";
export { clone, to } from "./tensor/convert.js";

// gradients and memory
export { noGrad } from "./autograd/gradMode.js";
export {
  type GradcheckElement,
  type GradcheckOptions,
  type GradcheckReport,
  gradcheck,
} from "./check/gradcheck.js";
export { scope } from "./tensor/scope.js";

// which arithmetic runs: status and settings
export * as engine from "./engine/control.js";

// the rest of the library, one namespace per folder
export * as conv from "./conv/index.js";
export * as nn from "./nn/index.js";
export * as optim from "./optim/index.js";
export * as data from "./data/index.js";
export * as train from "./train/index.js";
export * as regularization from "./regularization/index.js";
export * as generalization from "./generalization/index.js";
export * as plot from "./plot/index.js";
import "./display.js";
export * as check from "./check/index.js";
export { Glossary, glossary } from "./glossary/glossary.js";
export type { Term } from "./glossary/term.js";
