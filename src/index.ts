/** The public names of gradbook, in the order in which data flows. */

export { noGrad } from "./autograd/gradMode.js";
export type { Dtype } from "./engine/engine.js";
export { ShapeError } from "./errors.js";
export { createRandom, type Random, setSeed } from "./random.js";
export { scope } from "./tensor/scope.js";
export { type NestedNumbers, Tensor } from "./tensor/tensor.js";

import "./tensor/methods.js";

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
export { logSoftmax, logSumExp, type SoftmaxOptions, softmax } from "./tensor/softmax.js";
