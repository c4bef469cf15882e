/**
 * The one place that attaches operations to Tensor. Tensor cannot import the operations, because they import Tensor; so the
 * cycle is broken here, in the open. `differentiable` lists every operation that has a gradient: the gradient-check table
 * has a row for each.
 */
import type { Dtype } from "../engine/engine.js";
import * as activation from "./activation.js";
import * as compare from "./compare.js";
import * as convert from "./convert.js";
import * as elementwise from "./elementwise.js";
import * as gather from "./gather.js";
import * as matmul from "./matmul.js";
import * as movement from "./movement.js";
import * as reduce from "./reduce.js";
import * as softmax from "./softmax.js";
import { Tensor } from "./tensor.js";

/** A tensor or a number that takes the tensor's dtype. */
type Operand = Tensor | number;

declare module "./tensor.js" {
  interface Tensor {
    /** See `add`. */
    add(other: Operand): Tensor;
    /** See `sub`. */
    sub(other: Operand): Tensor;
    /** Element by element; for matrices see `matmul`. */
    mul(other: Operand): Tensor;
    /** See `div`. */
    div(other: Operand): Tensor;
    /** See `pow`. */
    pow(exponent: Operand): Tensor;
    /** The larger of both, element by element. */
    maximum(other: Operand): Tensor;
    /** The smaller of both, element by element. */
    minimum(other: Operand): Tensor;
    neg(): Tensor;
    abs(): Tensor;
    exp(): Tensor;
    log(): Tensor;
    sqrt(): Tensor;
    square(): Tensor;
    sin(): Tensor;
    cos(): Tensor;
    clamp(options: elementwise.ClampOptions): Tensor;
    relu(): Tensor;
    leakyRelu(options?: activation.LeakyReluOptions): Tensor;
    sigmoid(): Tensor;
    tanh(): Tensor;
    softplus(): Tensor;
    gelu(): Tensor;
    silu(): Tensor;
    /** The matrix product, 1-d, 2-d or batched: see `matmul`. */
    matmul(other: Tensor): Tensor;
    sum(options?: reduce.ReduceOptions): Tensor;
    mean(options?: reduce.ReduceOptions): Tensor;
    variance(options?: reduce.VarianceOptions): Tensor;
    std(options?: reduce.VarianceOptions): Tensor;
    max(options?: reduce.ReduceOptions): Tensor;
    min(options?: reduce.ReduceOptions): Tensor;
    /** Index of the largest element; no gradient. */
    argmax(options?: reduce.ArgmaxOptions): Tensor;
    norm(options?: reduce.NormOptions): Tensor;
    logSumExp(options?: reduce.ReduceOptions): Tensor;
    softmax(options?: softmax.SoftmaxOptions): Tensor;
    logSoftmax(options?: softmax.SoftmaxOptions): Tensor;
    reshape(...sizes: readonly (number | readonly number[])[]): Tensor;
    flatten(options?: movement.FlattenOptions): Tensor;
    transpose(a?: number, b?: number): Tensor;
    permute(...dims: readonly (number | readonly number[])[]): Tensor;
    /** One range for each dimension: an index, `[start, stop, step]` or null. See `slice`. */
    slice(...ranges: readonly movement.SliceRange[]): Tensor;
    squeeze(dim?: number): Tensor;
    unsqueeze(dim: number): Tensor;
    expand(...sizes: readonly (number | readonly number[])[]): Tensor;
    pad(padding: number | readonly (readonly [number, number])[], options?: movement.PadOptions): Tensor;
    flip(dim: number | readonly number[]): Tensor;
    indexSelect(dim: number, indices: gather.Indices): Tensor;
    gather(dim: number, indices: Tensor): Tensor;
    /** A copy with memory of its own, through which the gradient flows. */
    clone(): Tensor;
    /** The same numbers as another dtype. */
    to(dtype: Dtype): Tensor;
    /** 1 where equal, 0 elsewhere; no gradient. */
    equal(other: Operand): Tensor;
    /** 1 where greater, 0 elsewhere; no gradient. */
    greater(other: Operand): Tensor;
    /** 1 where less, 0 elsewhere; no gradient. */
    less(other: Operand): Tensor;
    /** Whether all elements agree up to rounding. */
    allClose(other: Operand, options?: compare.AllCloseOptions): boolean;
  }
}

/** Operations with a gradient whose first argument is the tensor. */
const differentiableMethods = {
  add: elementwise.add,
  sub: elementwise.sub,
  mul: elementwise.mul,
  div: elementwise.div,
  pow: elementwise.pow,
  maximum: elementwise.maximum,
  minimum: elementwise.minimum,
  neg: elementwise.neg,
  abs: elementwise.abs,
  exp: elementwise.exp,
  log: elementwise.log,
  sqrt: elementwise.sqrt,
  square: elementwise.square,
  sin: elementwise.sin,
  cos: elementwise.cos,
  clamp: elementwise.clamp,
  relu: activation.relu,
  leakyRelu: activation.leakyRelu,
  sigmoid: activation.sigmoid,
  tanh: activation.tanh,
  softplus: activation.softplus,
  gelu: activation.gelu,
  silu: activation.silu,
  matmul: matmul.matmul,
  sum: reduce.sum,
  mean: reduce.mean,
  variance: reduce.variance,
  std: reduce.std,
  max: reduce.max,
  min: reduce.min,
  norm: reduce.norm,
  logSumExp: softmax.logSumExp,
  softmax: softmax.softmax,
  logSoftmax: softmax.logSoftmax,
  reshape: movement.reshape,
  flatten: movement.flatten,
  transpose: movement.transpose,
  permute: movement.permute,
  slice: movement.slice,
  squeeze: movement.squeeze,
  unsqueeze: movement.unsqueeze,
  expand: movement.expand,
  pad: movement.pad,
  flip: movement.flip,
  indexSelect: gather.indexSelect,
  gather: gather.gather,
  clone: convert.clone,
  to: convert.to,
};

/** Names of all operations with a gradient: the methods, and the functions that take several tensors. */
export const differentiable: readonly string[] = [
  ...Object.keys(differentiableMethods),
  "concat",
  "stack",
  "where",
  "linear",
  "squaredError",
  "meanClassLoss",
];

const otherMethods = {
  argmax: reduce.argmax,
  equal: compare.equal,
  greater: compare.greater,
  less: compare.less,
  allClose: compare.allClose,
};

/** A method that calls an operation with the tensor as first argument. */
function attach(name: string, operation: (x: Tensor, ...rest: never[]) => unknown): void {
  const value = function (this: Tensor, ...rest: never[]): unknown {
    return operation(this, ...rest);
  };
  Object.defineProperty(value, "name", { value: name });
  Object.defineProperty(Tensor.prototype, name, { value, writable: true, configurable: true });
}

for (const [name, operation] of Object.entries({ ...differentiableMethods, ...otherMethods })) {
  attach(name, operation as (x: Tensor, ...rest: never[]) => unknown);
}
