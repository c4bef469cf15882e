/** Copies of a tensor: same numbers, new memory or another number type. The gradient flows back through both. */
import { type Dtype, engine, newSpan, numbers } from "../engine/engine.js";
import { checkChoice } from "../errors.js";
import { accumulate, newGradient } from "./accumulate.js";
import { defineOperation, record } from "./record.js";
import type { Tensor } from "./tensor.js";

const cloneOperation = defineOperation<null>("clone", ([x], dy) => accumulate(x as Tensor, dy, false), false);

/**
 * A copy with memory of its own, through which the gradient flows. Without gradient: `x.detach().clone()`.
 *
 * @example
 * clone(tensor([1, 2])).toArray() // [1, 2]
 */
export function clone(x: Tensor): Tensor {
  const y = newSpan(x.dtype, x.size);
  engine.unary("affine", y, x.span, 1, 0);
  return record(cloneOperation, y, x.shape, [x], null);
}

const toOperation = defineOperation<null>(
  "to",
  ([x], dy) => {
    const input = x as Tensor;
    const dx = newGradient(input);
    numbers(dx).set(numbers(dy));
    accumulate(input, dx);
  },
  false,
);

/**
 * The same numbers as "float32" or "float64"; x itself when it has that dtype already.
 *
 * @example
 * to(tensor([1.5]), "float64").dtype // "float64"
 */
export function to(x: Tensor, dtype: Dtype): Tensor {
  checkChoice("to", "dtype", dtype, ["float32", "float64"]);
  if (dtype === x.dtype) return x;
  const y = newSpan(dtype, x.size);
  numbers(y).set(numbers(x.span));
  return record(toOperation, y, x.shape, [x], null);
}
