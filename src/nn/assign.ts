import { tick } from "../autograd/node.js";
import { numbers } from "../engine/engine.js";
import type { Tensor } from "../tensor/tensor.js";

/**
 * Overwrites the numbers of a tensor in place; whoever holds it sees the new ones. Nothing is recorded, and a graph that
 * still needs the old numbers refuses its backward pass.
 */
export function assign(target: Tensor, values: ArrayLike<number>): void {
  numbers(target.span).set(values);
  target.span.changedAt = tick();
  // A copy on the heap that an operation remembered is out of date now.
  target.span.copyEpoch = -1;
}
