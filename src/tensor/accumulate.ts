/**
 * Where gradients are summed. The gradient of an intermediate result waits in its record until the pass reaches it; the
 * gradient of a leaf stays in a slot until zeroGrad(). The first gradient that arrives is stored, the others are added.
 *
 * The functions speak of "x", an input of an operation that is being differentiated; Tensor is one.
 */
import type { Node } from "../autograd/node.js";
import { type Dtype, engine, newSpan, numbers, type Span } from "../engine/engine.js";

/** What this file needs to know of a tensor. */
export interface Receiver {
  readonly requiresGrad: boolean;
  readonly size: number;
  readonly dtype: Dtype;
  readonly node: Node<unknown, Span> | null;
  gradientSlot: GradientSlot | null;
}

/** The gradient of a leaf. */
export class GradientSlot {
  span: Span;
  /** False after zeroGrad(): the next gradient is stored, not added. */
  isSet = false;
  /** The tensor through which the user has seen the gradient. */
  holder: { span: Span } | null = null;

  constructor(span: Span) {
    this.span = span;
  }

  /** Replaces the gradient by the numbers of `gradient`, adopting its memory where the slot's own is not kept. */
  store(gradient: Span): void {
    const target = this.target();
    if (target.owner === null) {
      this.span = gradient;
      gradient.held = true;
    } else if (target !== gradient) engine.unary("affine", target, gradient, 1, 0);
    this.isSet = true;
  }

  /** The memory to write to. When it is about to be reused, a tensor the user holds keeps the old numbers. */
  target(): Span {
    if (!this.isSet && this.holder !== null) {
      if (this.span.owner !== null) this.holder.span = copyOf(this.span);
      this.holder = null;
    }
    return this.span;
  }
}

function copyOf(span: Span): Span {
  const copy = newSpan(span.dtype, span.length);
  engine.unary("affine", copy, span, 1, 0);
  return copy;
}

/** Memory for the gradient of x, to be filled and given to `accumulate`. */
export function newGradient(x: Receiver): Span {
  const span = newSpan(x.dtype, x.size);
  span.internal = true;
  return span;
}

/**
 * Adds `gradient` to the gradient of x.
 *
 * @param isFresh whether the span was made by `newGradient` for this x and nobody else refers to it; false when it is passed
 *   on, like the gradient of a sum to both of its terms
 */
export function accumulate(x: Receiver, gradient: Span, isFresh = true): void {
  const node = x.node;
  if (node === null) {
    if (x.requiresGrad) accumulateLeaf(x, gradient, isFresh);
    return;
  }
  if (node.gradient === null) {
    node.gradient = gradient;
    node.ownsGradient = isFresh;
  } else {
    makeOwned(node);
    engine.addScaled(node.gradient, gradient, 1);
  }
}

function accumulateLeaf(x: Receiver, gradient: Span, isFresh: boolean): void {
  const slot = x.gradientSlot;
  if (slot?.isSet) {
    engine.addScaled(slot.span, gradient, 1);
    return;
  }
  const isKept = slot !== null && slot.span.owner !== null;
  const own = isFresh || isKept ? gradient : copyOf(gradient);
  if (isFresh && !isKept) gradient.internal = false;
  if (slot === null) {
    x.gradientSlot = new GradientSlot(own);
    x.gradientSlot.isSet = true;
    own.held = true;
  } else slot.store(own);
}

function makeOwned(node: Node<unknown, Span>): void {
  if (node.ownsGradient || node.gradient === null) return;
  node.gradient = copyOf(node.gradient);
  node.gradient.internal = true;
  node.ownsGradient = true;
}

/** Whether `gradientTarget(x)` holds a sum already, so that an operation must add to it. Ask before `gradientTarget`. */
export function hasGradient(x: Receiver): boolean {
  return x.node !== null ? x.node.gradient !== null : (x.gradientSlot?.isSet ?? false);
}

/**
 * The memory where the gradient of x is summed, for operations that can add to it themselves: it spares one pass over
 * the numbers. The operation must then write it, storing or adding as `hasGradient` said before.
 */
export function gradientTarget(x: Receiver): Span {
  const node = x.node;
  if (node !== null) {
    if (node.gradient === null) {
      node.gradient = newGradient(x);
      node.ownsGradient = true;
    }
    makeOwned(node);
    return node.gradient;
  }
  let slot = x.gradientSlot;
  if (slot === null) {
    slot = new GradientSlot(newSpan(x.dtype, 0));
    x.gradientSlot = slot;
  }
  if (!slot.isSet) {
    const span = slot.target();
    if (span.owner === null) {
      slot.span = newSpan(x.dtype, x.size);
      slot.span.held = true;
    }
    slot.isSet = true;
  }
  return slot.span;
}

/** Moves a leaf's gradient to `span`, which stays in place: the optimizer's arena. */
export function moveGradient(x: Receiver, span: Span): void {
  const old = x.gradientSlot;
  const slot = new GradientSlot(span);
  if (old?.isSet) {
    numbers(span).set(numbers(old.span));
    slot.isSet = true;
    if (old.holder !== null) old.holder.span = span;
    slot.holder = old.holder;
  }
  x.gradientSlot = slot;
}
