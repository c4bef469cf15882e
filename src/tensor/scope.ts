/** Early release of intermediate results. Never required: memory is freed without it too. */
import { Span, scopeEnd, scopeStart } from "../engine/engine.js";
import { errorText, showValue } from "../errors.js";
import { Tensor } from "./tensor.js";

/** The tensors in a value that a function may return: itself, or in arrays and plain objects. */
function tensorsIn(value: unknown, found: Set<Tensor>, depth: number): void {
  if (value instanceof Tensor) found.add(value);
  else if (typeof value === "object" && value !== null && depth < 4) {
    for (const item of Object.values(value)) tensorsIn(item, found, depth + 1);
  }
}

/** The numbers of the tensors and of everything their gradients need. */
function spansOf(tensors: Iterable<Tensor>): Set<Span> {
  const spans = new Set<Span>();
  const nodes = new Set<NonNullable<Tensor["node"]>>();
  const visit = (one: Tensor): void => {
    spans.add(one.span);
    if (one.node !== null) nodes.add(one.node);
  };
  for (const one of tensors) visit(one);
  // A Set is walked in order of insertion, additions during the walk included.
  for (const node of nodes) {
    for (const input of node.inputs) visit(input);
    for (const saved of Object.values(node.saved ?? {})) if (saved instanceof Span) spans.add(saved);
  }
  return spans;
}

/**
 * Runs `fn` and drops every tensor created inside, except what it returns, without moving it out of the fast memory.
 * Saves copying in a long evaluation; never required. Gradients of parameters stay.
 *
 * The graph of a returned tensor is kept with it. Tensors that were kept in a variable outside but not returned lose their numbers: reading them is an error.
 *
 * @param fn must not be async; may return a tensor, or tensors in arrays and objects
 * @returns what `fn` returns
 * @throws {TypeError} when fn is not a function or returns a promise
 * @example
 * scope(() => tensor([1, 2]).mul(2).sum()).item() // 6
 */
export function scope<R>(fn: () => R): R {
  if (typeof fn !== "function") {
    throw new TypeError(
      errorText("scope", `takes a function, got ${showValue(fn)}`, "", "scope(() => { ... })"),
    );
  }
  const mark = scopeStart();
  const kept = new Set<Tensor>();
  try {
    const result = fn();
    if (typeof (result as { then?: unknown } | null | undefined)?.then === "function") {
      const help = "await first and put only the tensor arithmetic inside scope";
      throw new TypeError(errorText("scope", "the function must not be async", "", help));
    }
    tensorsIn(result, kept, 0);
    return result;
  } finally {
    scopeEnd(mark, spansOf(kept));
  }
}
