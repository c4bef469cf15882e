/**
 * The engine as plain loops: every number type, every size. It is the fallback of the faster implementations and what they
 * are tested against. Convolution, pooling and optimizer updates have their plain form where they are taught (src/conv,
 * src/optim), so those methods return false here.
 */
import type { Engine } from "./interface.js";
import { newArray, numbers } from "./memory.js";
import { addScaledLoop, binaryGradLoop, binaryLoop, copyLoop } from "./plain/binary.js";
import { activationGradLoop, addBiasLoop, matmulLoop } from "./plain/matmul.js";
import {
  channelSumLoop,
  crossEntropyGradLoop,
  crossEntropyLoop,
  reduceLoop,
  softmaxGradLoop,
  softmaxLoop,
  squaredErrorGradLoop,
  squaredErrorLoop,
} from "./plain/reduce.js";
import { unaryGradLoop, unaryLoop } from "./plain/unary.js";

const notCovered = (): boolean => false;

export const plainEngine: Engine = {
  path: "plain",
  unary(operation, y, x, p, q) {
    unaryLoop(operation, numbers(y), numbers(x), p, q);
    return true;
  },
  unaryGrad(operation, dx, dy, x, y, p, q) {
    unaryGradLoop(operation, numbers(dx), numbers(dy), numbers(x), numbers(y), p, q);
    return true;
  },
  binary(operation, y, a, b, layout) {
    binaryLoop(operation, numbers(y), numbers(a), numbers(b), layout);
    return true;
  },
  binaryGrad(operation, side, d, dy, a, b, y, layout) {
    binaryGradLoop(operation, side, numbers(d), numbers(dy), numbers(a), numbers(b), numbers(y), layout);
    return true;
  },
  addScaled(y, x, factor) {
    addScaledLoop(numbers(y), numbers(x), factor);
    return true;
  },
  fill(y, value) {
    numbers(y).fill(value);
    return true;
  },
  copy(y, x, layout) {
    copyLoop(numbers(y), numbers(x), layout);
    return true;
  },
  reduce(operation, y, x, outer, axis, inner) {
    reduceLoop(operation, numbers(y), numbers(x), outer, axis, inner);
    return true;
  },
  channelSum(y, x, n, channels, inner, accumulate) {
    channelSumLoop(numbers(y), numbers(x), n, channels, inner, accumulate);
    return true;
  },
  softmax(logarithm, y, x, outer, axis, inner) {
    softmaxLoop(logarithm, numbers(y), numbers(x), outer, axis, inner);
    return true;
  },
  softmaxGrad(logarithm, dx, dy, y, outer, axis, inner) {
    softmaxGradLoop(logarithm, numbers(dx), numbers(dy), numbers(y), outer, axis, inner);
    return true;
  },
  crossEntropy(losses, probabilities, logits, classes, rows, columns) {
    crossEntropyLoop(numbers(losses), numbers(probabilities), numbers(logits), classes, rows, columns);
    return true;
  },
  crossEntropyGrad(d, probabilities, classes, rows, columns, factor) {
    crossEntropyGradLoop(numbers(d), numbers(probabilities), classes, rows, columns, factor);
    return true;
  },
  squaredError(loss, prediction, target, factor) {
    numbers(loss)[0] = squaredErrorLoop(numbers(prediction), numbers(target), factor);
    return true;
  },
  squaredErrorGrad(d, prediction, target, factor) {
    squaredErrorGradLoop(numbers(d), numbers(prediction), numbers(target), factor);
    return true;
  },
  matmul(c, a, b, m, n, k, transposeA, transposeB, batch, aStep, bStep, accumulate) {
    const [ai, aq] = transposeA ? [1, m] : [k, 1];
    const [bq, bj] = transposeB ? [1, k] : [n, 1];
    const [cs, as, bs] = [numbers(c), numbers(a), numbers(b)];
    for (let i = 0; i < batch; i++) {
      matmulLoop(cs, as, bs, m, n, k, i * m * n, i * aStep, ai, aq, i * bStep, bq, bj, accumulate);
    }
    return true;
  },
  linear(y, x, weight, bias, activation, rows, inFeatures, outFeatures) {
    const out = numbers(y);
    const [xs, ws] = [numbers(x), numbers(weight)];
    matmulLoop(out, xs, ws, rows, outFeatures, inFeatures, 0, 0, inFeatures, 1, 0, 1, inFeatures, false);
    if (bias !== null) addBiasLoop(out, numbers(bias), rows, outFeatures);
    if (activation !== "none") unaryLoop(activation, out, out, 0, 0);
    return true;
  },
  linearGrad(dx, dWeight, dBias, dy, x, weight, y, activation, rows, inFeatures, outFeatures, accumulate) {
    let dz = numbers(dy); // [rows, out]
    if (activation !== "none") {
      dz = newArray(dy.dtype, dy.length);
      activationGradLoop(activation, dz, numbers(dy), numbers(y));
    }
    const [n, k] = [outFeatures, inFeatures];
    // dx [rows, in] = dz · weight;  dWeight [out, in] = dzᵀ · x;  dBias [out] = Σ over rows of dz
    if (dx !== null) {
      matmulLoop(numbers(dx), dz, numbers(weight), rows, k, n, 0, 0, n, 1, 0, k, 1, (accumulate & 1) !== 0);
    }
    if (dWeight !== null) {
      const target = numbers(dWeight);
      matmulLoop(target, dz, numbers(x), n, k, rows, 0, 0, 1, n, 0, k, 1, (accumulate & 2) !== 0);
    }
    if (dBias !== null) channelSumLoop(numbers(dBias), dz, rows, n, 1, (accumulate & 4) !== 0);
    return true;
  },
  activationGrad(activation, dz, dy, y) {
    activationGradLoop(activation, numbers(dz), numbers(dy), numbers(y));
    return true;
  },
  conv: notCovered,
  convInputGrad: notCovered,
  convWeightGrad: notCovered,
  pool: notCovered,
  poolGrad: notCovered,
  update: notCovered,
};
