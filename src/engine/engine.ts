/**
 * The way from tensors, convolution and optimizers to fast arithmetic: `engine.unary(...)` and so on. Which
 * implementation answers is decided at the first use; what it does not cover, the plain loops do. A reader who wants to
 * understand the library may take every call for the loop of the same name in plain/.
 *
 * `engine.conv`, `convInputGrad`, `convWeightGrad`, `pool`, `poolGrad` and `update` can still return false: their plain
 * form is where it is taught (src/conv, src/optim), and the caller runs it.
 */
import type { Engine } from "./interface.js";
import { keptSpan as allocateKept } from "./memory.js";
import { plainEngine } from "./plain.js";
import type { Dtype, Span } from "./span.js";

export type {
  Activation,
  BinaryOperation,
  ConvGeometry,
  CopyLayout,
  Engine,
  EnginePath,
  PairLayout,
  PoolGeometry,
  UnaryOperation,
  UpdateRule,
} from "./interface.js";
export {
  arraySpan,
  endOfStep,
  exposedNumbers,
  firstNumber,
  holdNursery,
  newArray,
  newSpan,
  numbers,
  safePoint,
  scopeEnd,
  scopeStart,
  subSpan,
} from "./memory.js";
export { placeLoop } from "./plain/binary.js";
export { type Dtype, type Numbers, Span } from "./span.js";

let active: Engine | null = null;
let choose: () => Engine = () => plainEngine;

/**
 * Sets what is asked for an implementation at the first use of the engine. Choosing late keeps importing cheap and lets a
 * process set flags first.
 */
export function chooseEngineWith(chooser: () => Engine): void {
  choose = chooser;
  active = null;
}

/** Uses this implementation from now on. */
export function useEngine(implementation: Engine): void {
  active = implementation;
}

/** The implementation in use; makes the choice when there was none yet. */
export function activeEngine(): Engine {
  active ??= choose();
  return active;
}

/** `keptSpan` of memory.ts, after the choice of an implementation: only then it is known whether there is a heap. */
export function keptSpan(dtype: Dtype, length: number): Span {
  activeEngine();
  return allocateKept(dtype, length);
}

/** The implementation in use, with the plain loops behind it. */
export const engine: Engine = {
  get path() {
    return activeEngine().path;
  },
  unary: (operation, y, x, p, q) =>
    (active ?? activeEngine()).unary(operation, y, x, p, q) || plainEngine.unary(operation, y, x, p, q),
  unaryGrad: (operation, dx, dy, x, y, p, q) =>
    (active ?? activeEngine()).unaryGrad(operation, dx, dy, x, y, p, q) ||
    plainEngine.unaryGrad(operation, dx, dy, x, y, p, q),
  binary: (operation, y, a, b, layout) =>
    (active ?? activeEngine()).binary(operation, y, a, b, layout) ||
    plainEngine.binary(operation, y, a, b, layout),
  binaryGrad: (operation, side, d, dy, a, b, y, layout) =>
    (active ?? activeEngine()).binaryGrad(operation, side, d, dy, a, b, y, layout) ||
    plainEngine.binaryGrad(operation, side, d, dy, a, b, y, layout),
  addScaled: (y, x, factor) =>
    (active ?? activeEngine()).addScaled(y, x, factor) || plainEngine.addScaled(y, x, factor),
  fill: (y, value) => (active ?? activeEngine()).fill(y, value) || plainEngine.fill(y, value),
  copy: (y, x, layout) => (active ?? activeEngine()).copy(y, x, layout) || plainEngine.copy(y, x, layout),
  reduce: (operation, y, x, outer, axis, inner) =>
    (active ?? activeEngine()).reduce(operation, y, x, outer, axis, inner) ||
    plainEngine.reduce(operation, y, x, outer, axis, inner),
  channelSum: (y, x, n, channels, inner, accumulate) =>
    (active ?? activeEngine()).channelSum(y, x, n, channels, inner, accumulate) ||
    plainEngine.channelSum(y, x, n, channels, inner, accumulate),
  softmax: (logarithm, y, x, outer, axis, inner) =>
    (active ?? activeEngine()).softmax(logarithm, y, x, outer, axis, inner) ||
    plainEngine.softmax(logarithm, y, x, outer, axis, inner),
  softmaxGrad: (logarithm, dx, dy, y, outer, axis, inner) =>
    (active ?? activeEngine()).softmaxGrad(logarithm, dx, dy, y, outer, axis, inner) ||
    plainEngine.softmaxGrad(logarithm, dx, dy, y, outer, axis, inner),
  crossEntropy: (losses, probabilities, logits, classes, rows, columns) =>
    (active ?? activeEngine()).crossEntropy(losses, probabilities, logits, classes, rows, columns) ||
    plainEngine.crossEntropy(losses, probabilities, logits, classes, rows, columns),
  crossEntropyGrad: (d, probabilities, classes, rows, columns, factor) =>
    (active ?? activeEngine()).crossEntropyGrad(d, probabilities, classes, rows, columns, factor) ||
    plainEngine.crossEntropyGrad(d, probabilities, classes, rows, columns, factor),
  squaredError: (loss, prediction, target, factor) =>
    (active ?? activeEngine()).squaredError(loss, prediction, target, factor) ||
    plainEngine.squaredError(loss, prediction, target, factor),
  squaredErrorGrad: (d, prediction, target, factor) =>
    (active ?? activeEngine()).squaredErrorGrad(d, prediction, target, factor) ||
    plainEngine.squaredErrorGrad(d, prediction, target, factor),
  matmul: (c, a, b, m, n, k, transposeA, transposeB, batch, aStep, bStep, accumulate) =>
    (active ?? activeEngine()).matmul(
      c,
      a,
      b,
      m,
      n,
      k,
      transposeA,
      transposeB,
      batch,
      aStep,
      bStep,
      accumulate,
    ) || plainEngine.matmul(c, a, b, m, n, k, transposeA, transposeB, batch, aStep, bStep, accumulate),
  linear: (y, x, weight, bias, activation, rows, inFeatures, outFeatures) =>
    (active ?? activeEngine()).linear(y, x, weight, bias, activation, rows, inFeatures, outFeatures) ||
    plainEngine.linear(y, x, weight, bias, activation, rows, inFeatures, outFeatures),
  linearGrad: (dx, dWeight, dBias, dy, x, weight, y, activation, rows, inFeatures, outFeatures, accumulate) =>
    (active ?? activeEngine()).linearGrad(
      dx,
      dWeight,
      dBias,
      dy,
      x,
      weight,
      y,
      activation,
      rows,
      inFeatures,
      outFeatures,
      accumulate,
    ) ||
    plainEngine.linearGrad(
      dx,
      dWeight,
      dBias,
      dy,
      x,
      weight,
      y,
      activation,
      rows,
      inFeatures,
      outFeatures,
      accumulate,
    ),
  activationGrad: (activation, dz, dy, y) =>
    (active ?? activeEngine()).activationGrad(activation, dz, dy, y) ||
    plainEngine.activationGrad(activation, dz, dy, y),
  conv: (y, x, weight, bias, activation, geometry) =>
    (active ?? activeEngine()).conv(y, x, weight, bias, activation, geometry),
  convInputGrad: (dx, dy, weight, geometry) =>
    (active ?? activeEngine()).convInputGrad(dx, dy, weight, geometry),
  convWeightGrad: (dWeight, x, dy, geometry, accumulate) =>
    (active ?? activeEngine()).convWeightGrad(dWeight, x, dy, geometry, accumulate),
  pool: (kind, y, indices, x, geometry) => (active ?? activeEngine()).pool(kind, y, indices, x, geometry),
  poolGrad: (kind, dx, dy, indices, geometry) =>
    (active ?? activeEngine()).poolGrad(kind, dx, dy, indices, geometry),
  update: (rule, parameters, gradients, state, start, end, coefficients) =>
    (active ?? activeEngine()).update(rule, parameters, gradients, state, start, end, coefficients),
};
