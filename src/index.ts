/** The public names of gradbook, in the order in which data flows. */

// Attaches the operations to Tensor.
import "./tensor/methods.js";

// gradients and memory
export { noGrad } from "./autograd/gradMode.js";
export {
  type GradcheckElement,
  type GradcheckOptions,
  type GradcheckReport,
  gradcheck,
} from "./check/gradcheck.js";
export * as data from "./data/index.js";
// tensors: the class, how they are made, how they print
export type { Dtype } from "./engine/engine.js";
// errors and random numbers
export { ShapeError } from "./errors.js";
// the rest of the library, one namespace per folder
export * as nn from "./nn/index.js";
export * as optim from "./optim/index.js";
export { createRandom, type Random, setSeed } from "./random.js";
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
export { type AllCloseOptions, allClose, equal, greater, less } from "./tensor/compare.js";
export { clone, to } from "./tensor/convert.js";
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
  concat,
  gather,
  type Indices,
  indexSelect,
  type JoinOptions,
  stack,
  where,
} from "./tensor/gather.js";
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
export { scope } from "./tensor/scope.js";
export { logSoftmax, logSumExp, type SoftmaxOptions, softmax } from "./tensor/softmax.js";
export { type NestedNumbers, Tensor } from "./tensor/tensor.js";
export * as train from "./train/index.js";
