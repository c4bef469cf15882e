/**
 * How an operation is written. One file holds its formula, its shapes, its forward and its backward pass:
 *
 *     interface Saved { readonly x: Span; readonly y: Span }
 *
 *     const expOperation = defineOperation<Saved>("exp", ([x], dy, { y }) => {
 *       const dx = newGradient(x);                         // memory for ∂L/∂x
 *       engine.unaryGrad("exp", dx, dy, x.span, y, 0, 0);  // dx = dy · y
 *       accumulate(x, dx);
 *     });
 *
 *     export function exp(x: Tensor): Tensor {
 *       const y = newSpan(x.dtype, x.size);
 *       engine.unary("exp", y, x.span, 0, 0);
 *       return record(expOperation, y, x.shape, [x], { x: x.span, y });
 *     }
 *
 * - Check every argument before the first `newSpan`. Work on flat spans; the shape goes to `record`.
 * - `saved` is exactly what the gradient needs, as spans and integers. The operation object is one constant.
 * - Ask `x.requiresGrad` before computing a gradient nobody wants. `accumulate(x, dx)` gives the gradient away: do not use
 *   dx afterwards. `accumulate(x, dy, false)` passes the gradient of the result on as it is.
 * - Matrix products and convolutions add to the gradient themselves: `hasGradient(x)`, then `gradientTarget(x)`.
 * - The gradient arithmetic is not recorded: there are no second derivatives.
 * - Composed operations (`variance` from `mean` and `square`) need none of this.
 */
import { isRecording } from "../autograd/gradMode.js";
import { Node, type Operation } from "../autograd/node.js";
import { type Span, safePoint } from "../engine/engine.js";
import type { Shape } from "./shape.js";
import { Tensor } from "./tensor.js";

/** An operation on tensors: its name, for messages, and its gradient. */
export type TensorOperation = Operation<Tensor, Span>;

/**
 * Describes an operation once, at module level.
 *
 * @param backward receives the inputs, the gradient of the result and what the forward pass saved
 * @param readsInputs false when the gradient does not depend on the inputs' numbers (sums, copies)
 */
export function defineOperation<S>(
  name: string,
  backward: (inputs: readonly Tensor[], dy: Span, saved: S) => void,
  readsInputs = true,
): TensorOperation {
  return {
    name,
    readsInputs,
    backward: (node) => backward(node.inputs, node.gradient as Span, node.saved as S),
  };
}

/** The result of an operation as a tensor, recorded when an input needs a gradient. */
export function record(
  operation: TensorOperation,
  span: Span,
  shape: Shape,
  inputs: readonly Tensor[],
  saved: unknown,
): Tensor {
  const result = new Tensor(span, shape);
  if (isRecording()) {
    for (let i = 0; i < inputs.length; i++) {
      if ((inputs[i] as Tensor).requiresGrad) {
        result.node = new Node<Tensor, Span>(operation, inputs, saved);
        break;
      }
    }
  }
  safePoint();
  return result;
}

/**
 * Tells the memory that `between`, the result of a layer, is not visible outside a network: it was read by the layer that
 * made `next` and by nobody else. Its numbers are then dropped, not moved out, when the step ends.
 *
 * @param input what the network was given: a layer may return it unchanged, and it belongs to the user
 */
export function markInternal(between: Tensor, next: Tensor, input: Tensor): void {
  const span = between.span;
  if (span.pointer < 0 || span.owner !== null || span === input.span) return;
  if (between.node !== null) {
    span.neededBy ??= [];
    span.neededBy.push(between.node);
    if (next.node !== null) span.neededBy.push(next.node);
  }
  // A reshaping layer's result is the same memory under another shape: what follows decides about it.
  if (next.span !== span) span.internal = true;
}
