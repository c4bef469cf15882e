/**
 * The chain rule over a recorded graph. Records are collected without recursion, so depth is no limit, and run in the
 * reverse of the order in which they were made: an operation is made after its inputs, hence that is a topological order.
 */
import { errorText } from "../errors.js";
import type { Differentiable, Node } from "./node.js";

let passes = 0;

/**
 * Runs every record `root` depends on; `root.gradient` is set by the caller. Afterwards the records are consumed.
 *
 * @throws {Error} when part of the graph was consumed by an earlier pass, or an input changed in place since
 */
export function runBackward<T extends Differentiable<T, G>, G>(root: Node<T, G>): void {
  const order = collect(root);
  try {
    for (const node of order) {
      // A record may be reachable and get no gradient: an operation that passes none to that input.
      if (node.gradient !== null) node.operation.backward(node);
    }
  } finally {
    for (const node of order) node.consume();
  }
}

/** The records `root` depends on, latest first, checked before anything is changed. */
function collect<T extends Differentiable<T, G>, G>(root: Node<T, G>): Node<T, G>[] {
  const pass = ++passes;
  const found: Node<T, G>[] = [];
  const pending: Node<T, G>[] = [root];
  let sorted = true;
  root.visit = pass;
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.consumed) throw new Error(consumedText(node));
    const last = found.length === 0 ? undefined : found[found.length - 1];
    if (last !== undefined && last.sequence < node.sequence) sorted = false;
    found.push(node);
    for (const input of node.inputs) {
      const source = input.node;
      if (source !== null) {
        if (source.visit !== pass) {
          source.visit = pass;
          pending.push(source);
        }
      } else if (input.changedAt > node.sequence && node.operation.readsInputs) {
        throw new Error(changedText(node));
      }
    }
  }
  return sorted ? found : found.sort((a, b) => b.sequence - a.sequence);
}

function consumedText<T, G>(node: Node<T, G>): string {
  return errorText(
    "backward",
    `this graph was already used by an earlier backward() (reached ${node.operation.name})`,
    "",
    "compute the loss again, or add the losses and call backward() once",
  );
}

function changedText<T, G>(node: Node<T, G>): string {
  return errorText(
    "backward",
    `an input of ${node.operation.name} was changed in place after the loss was computed`,
    "",
    "call backward() before the optimizer's step(), then compute the loss again",
  );
}
