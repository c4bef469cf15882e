/**
 * The two losses that end most networks, each as one recorded operation, stable in float32. nn.mseLoss and
 * nn.crossEntropy check options and call these.
 */
import { engine, firstNumber, newSpan, type Span } from "../engine/engine.js";
import { errorText, ShapeError, showShape } from "../errors.js";
import { accumulate, newGradient } from "./accumulate.js";
import { defineOperation, record } from "./record.js";
import { sameShape } from "./shape.js";
import type { Tensor } from "./tensor.js";

interface SavedSquares {
  readonly prediction: Span;
  readonly target: Span;
  readonly factor: number;
}

/** L = c·Σ (p − t)²: dp = 2c·(p − t)·dL, dt = −dp. */
const squaredErrorOperation = defineOperation<SavedSquares>("mse", ([p, t], dy, saved) => {
  const factor = 2 * saved.factor * firstNumber(dy);
  const prediction = p as Tensor;
  const target = t as Tensor;
  if (prediction.requiresGrad) {
    const d = newGradient(prediction);
    engine.squaredErrorGrad(d, saved.prediction, saved.target, factor);
    accumulate(prediction, d);
  }
  if (target.requiresGrad) {
    const d = newGradient(target);
    engine.squaredErrorGrad(d, saved.prediction, saved.target, -factor);
    accumulate(target, d);
  }
});

/**
 * `factor · Σ (prediction − target)²`, a scalar; the mean squared error with the default factor 1/size.
 *
 * @param prediction, target tensors of the same shape: nothing is broadcast, because a target of shape [N] against a
 *   prediction [N, 1] would silently compare all pairs
 * @throws {ShapeError} when the shapes differ
 * @example
 * squaredError(tensor([1, 2]), tensor([0, 4])).item() // 2.5
 */
export function squaredError(
  prediction: Tensor,
  target: Tensor,
  factor: number = 1 / prediction.size,
): Tensor {
  if (!sameShape(prediction.shape, target.shape)) {
    const shapes = `prediction ${showShape(prediction.shape)}, target ${showShape(target.shape)}`;
    const help = prediction.size === target.size ? `target.reshape(${prediction.shape.join(", ")})` : "";
    throw new ShapeError(
      errorText("mseLoss", "prediction and target must have the same shape", shapes, help),
    );
  }
  if (prediction.dtype !== target.dtype) {
    const text = `prediction and target must have the same dtype, got ${prediction.dtype} and ${target.dtype}`;
    throw new TypeError(errorText("mseLoss", text, "", `use target.to("${prediction.dtype}")`));
  }
  const y = newSpan(prediction.dtype, 1);
  engine.squaredError(y, prediction.span, target.span, factor);
  const saved: SavedSquares = { prediction: prediction.span, target: target.span, factor };
  return record(squaredErrorOperation, y, [], [prediction, target], saved);
}

interface SavedClasses {
  readonly probabilities: Span;
  readonly classes: Int32Array;
  readonly rows: number;
  readonly columns: number;
}

/** L_i = −log softmax(logits_i)[class_i]: d logits = (softmax − oneHot)·dL_i. The mean takes 1/rows into the same pass. */
const meanClassLossOperation = defineOperation<SavedClasses>("crossEntropy", ([x], dy, saved) => {
  const logits = x as Tensor;
  const { probabilities, classes, rows, columns } = saved;
  const d = newGradient(logits);
  engine.crossEntropyGrad(d, probabilities, classes, rows, columns, firstNumber(dy) / rows);
  accumulate(logits, d);
});

/**
 * The mean over rows of `−log softmax(logits)[class]`, a scalar.
 *
 * @param logits shape `[rows, columns]`
 * @param classes one class index per row, already checked to be from 0 to columns − 1
 * @example
 * meanClassLoss(tensor([[0, 0]], { dtype: "float64" }), Int32Array.of(1)).item() // 0.6931471805599453
 */
export function meanClassLoss(logits: Tensor, classes: Int32Array): Tensor {
  const [rows, columns] = logits.shape as [number, number];
  const losses = newSpan(logits.dtype, rows);
  losses.internal = true;
  const probabilities = newSpan(logits.dtype, rows * columns);
  engine.crossEntropy(losses, probabilities, logits.span, classes, rows, columns);
  const y = newSpan(logits.dtype, 1);
  engine.reduce("mean", y, losses, 1, rows, 1);
  const loss = record(meanClassLossOperation, y, [], [logits], { probabilities, classes, rows, columns });
  if (loss.node !== null) probabilities.neededBy = [loss.node];
  probabilities.internal = true;
  return loss;
}
