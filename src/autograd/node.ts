/**
 * The recorded graph. An operation on tensors that need a gradient leaves a node: which operation, which inputs, what its
 * gradient needs. Nodes are reachable from the result only, so a graph nobody will differentiate is simply garbage.
 * `T` is the tensor type, `G` the type of a gradient; this folder knows neither.
 */

/** What the graph needs to know of a tensor. */
export interface Differentiable<T, G> {
  readonly requiresGrad: boolean;
  /** The node that made this tensor, null for leaves. */
  readonly node: Node<T, G> | null;
  /** Clock value of the last change of its numbers in place. */
  readonly changedAt: number;
}

/** One differentiable operation: a shared constant, not a closure per call. */
export interface Operation<T, G> {
  readonly name: string;
  /** Adds the gradients of `node.inputs`, given `node.gradient`, the gradient of the result. */
  readonly backward: (node: Node<T, G>) => void;
  /** False when the gradient does not depend on the inputs' numbers, so that changing them in place is harmless. */
  readonly readsInputs: boolean;
}

let clock = 0;

/** The next value of the clock that orders records and changes in place. */
export function tick(): number {
  return ++clock;
}

export class Node<T, G> {
  readonly operation: Operation<T, G>;
  inputs: readonly T[];
  /** What the operation kept for its gradient. */
  saved: unknown;
  readonly sequence: number;
  /** Sum of the gradients that have reached the result in the running backward pass. */
  gradient: G | null = null;
  /** Whether `gradient` belongs to this node alone and may be added to in place. */
  ownsGradient = false;
  /** A backward pass has used this node; its inputs and saved values are gone. */
  consumed = false;
  /** Number of the last backward pass that visited the node. */
  visit = 0;

  constructor(operation: Operation<T, G>, inputs: readonly T[], saved: unknown) {
    this.operation = operation;
    this.inputs = inputs;
    this.saved = saved;
    this.sequence = tick();
  }

  /** Lets go of everything the gradient needed. */
  consume(): void {
    this.consumed = true;
    this.inputs = [];
    this.saved = null;
    this.gradient = null;
  }
}
