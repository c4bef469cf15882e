/**
 * Class Tensor: numbers with a shape, and the place of a tensor in the recorded graph. The operations are in the files
 * beside this one and become methods in methods.ts; record.ts says how one is written.
 */
import { runBackward } from "../autograd/backward.js";
import type { Differentiable, Node } from "../autograd/node.js";
import {
  arraySpan,
  type Dtype,
  endOfStep,
  exposedNumbers,
  firstNumber,
  holdNursery,
  type Numbers,
  numbers,
  type Span,
} from "../engine/engine.js";
import { errorText, ShapeError, showShape, showValue } from "../errors.js";
import { accumulate, GradientSlot } from "./accumulate.js";
import { tensorHtml, tensorText } from "./print.js";
import { type Shape, sameShape } from "./shape.js";

/** Numbers in nested arrays, as many levels as the tensor has dimensions; a number for a scalar. */
export type NestedNumbers = number | NestedNumbers[];

/**
 * An n-dimensional array of numbers, row-major, that remembers how it was computed when a gradient is wanted.
 *
 * Make one with `tensor`, `zeros`, `randn` and the others; every operation is a method and a function of the same name.
 *
 * @example
 * const x = tensor([[1, 2], [3, 4]], { requiresGrad: true });
 * x.square().sum().backward();
 * x.grad.toArray() // [[2, 4], [6, 8]]
 */
export class Tensor implements Differentiable<Tensor, Span> {
  /** Sizes of the dimensions; [] for a scalar. */
  readonly shape: readonly number[];
  /** @internal Where the numbers are; the optimizer moves parameters into its arena. */
  span: Span;
  /** @internal The record that made this tensor; null for leaves and where nothing was recorded. */
  node: Node<Tensor, Span> | null = null;
  /** @internal */
  gradientSlot: GradientSlot | null = null;
  private needsGrad: boolean;

  /** @internal Use `tensor(values, {shape})`. */
  constructor(span: Span, shape: Shape, requiresGrad = false) {
    this.span = span;
    this.shape = shape;
    this.needsGrad = requiresGrad;
  }

  /** "float32" or "float64". */
  get dtype(): Dtype {
    return this.span.dtype;
  }

  /** Number of elements. */
  get size(): number {
    return this.span.length;
  }

  /** Number of dimensions. */
  get ndim(): number {
    return this.shape.length;
  }

  /**
   * The numbers, row-major. The array stays valid for as long as you keep it. Writing to it changes the tensor; do so
   * before the tensor is used in a computation whose gradient you want.
   */
  get data(): Numbers {
    return exposedNumbers(this.span);
  }

  /** Whether backward() computes a gradient for this tensor: set it on leaves, results inherit it. */
  get requiresGrad(): boolean {
    return this.needsGrad || this.node !== null;
  }

  set requiresGrad(value: boolean) {
    if (typeof value !== "boolean") {
      throw new TypeError(errorText("requiresGrad", `must be true or false, got ${showValue(value)}`));
    }
    if (!value && this.node !== null) {
      const text = `cannot be set to false on the result of ${this.node.operation.name}`;
      throw new Error(errorText("requiresGrad", text, "", "use detach() for a tensor without history"));
    }
    this.needsGrad = value;
  }

  /**
   * The sum of the gradients of all backward() calls since the last zeroGrad(), for leaves with requiresGrad; null before
   * the first and after zeroGrad().
   */
  get grad(): Tensor | null {
    const slot = this.gradientSlot;
    if (slot === null || !slot.isSet) return null;
    if (slot.holder === null) slot.holder = new Tensor(slot.span, this.shape);
    return slot.holder as Tensor;
  }

  set grad(value: Tensor | null) {
    if (value === null) {
      this.zeroGrad();
      return;
    }
    if (!(value instanceof Tensor)) {
      throw new TypeError(errorText("grad", `must be a tensor or null, got ${showValue(value)}`));
    }
    checkLike("grad", this, value);
    this.gradientSlot ??= new GradientSlot(value.span);
    this.gradientSlot.store(value.span);
    this.gradientSlot.holder ??= value;
  }

  /** @internal */
  get changedAt(): number {
    return this.span.changedAt;
  }

  /**
   * Computes the gradient of this tensor with respect to every leaf it depends on and adds it to the leaf's `grad`. The
   * recorded graph is used up: a second call needs a new forward pass.
   *
   * @param gradient ∂L/∂this, same shape; may be left out for a single number, where it is 1
   * @throws {Error} when nothing was recorded, or the graph was already used
   * @throws {ShapeError} when the shapes differ, or `gradient` is missing and this is not one number
   * @example
   * const w = tensor([3], { requiresGrad: true });
   * w.square().sum().backward();
   * w.grad.item() // 6
   */
  backward(gradient?: Tensor): void {
    if (!this.requiresGrad) {
      const help =
        "create the parameters with {requiresGrad: true}, and do not compute the loss inside noGrad or from item() or data";
      throw new Error(errorText("backward", "nothing was recorded for this tensor", "", help));
    }
    if (gradient === undefined && this.size !== 1) {
      const text = `without a gradient the tensor must have one value, got shape ${showShape(this.shape)}`;
      const help = "reduce it to a loss with sum() or mean(), or pass the gradient";
      throw new ShapeError(errorText("backward", text, "", help));
    }
    if (gradient !== undefined) checkLike("backward", this, gradient);
    const seed = gradient?.span ?? arraySpan(this.dtype === "float32" ? ONE_FLOAT32 : ONE_FLOAT64);
    const node = this.node;
    if (node === null) {
      accumulate(this, seed, false);
      return;
    }
    node.gradient = node.consumed ? null : seed;
    holdNursery(1);
    try {
      runBackward(node);
    } finally {
      holdNursery(-1);
    }
    endOfStep();
  }

  /** A tensor with the same numbers (shared, not copied) and no history. */
  detach(): Tensor {
    return new Tensor(this.span, this.shape);
  }

  /** The only number of a tensor with one element. @throws {ShapeError} when it has more or none */
  item(): number {
    if (this.size !== 1) {
      const text = `the tensor must have one element, got ${this.size}`;
      const help = "use toArray() or data for all of them";
      throw new ShapeError(errorText("item", text, `shape ${showShape(this.shape)}`, help));
    }
    return firstNumber(this.span);
  }

  /** The numbers as nested arrays; a number for a scalar. A copy. */
  toArray(): NestedNumbers {
    const values = numbers(this.span);
    const build = (dim: number, start: number, size: number): NestedNumbers => {
      if (dim === this.shape.length) return values[start] as number;
      const count = this.shape[dim] as number;
      const step = count === 0 ? 0 : size / count;
      return Array.from({ length: count }, (_, i) => build(dim + 1, start + i * step, step));
    };
    return build(0, 0, this.size);
  }

  /** Forgets the gradient: `grad` is null until the next backward(). */
  zeroGrad(): void {
    if (this.gradientSlot !== null) this.gradientSlot.isSet = false;
  }

  /** The text form: kind, shape, number type and the numbers in rows and columns, long ones cut in the middle. */
  toString(): string {
    return tensorText(this.shape, this.dtype, numbers(this.span), this.requiresGrad);
  }

  /** A tensor as a table in a notebook, with its text form for other front ends. */
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return {
      "text/plain": this.toString(),
      "text/html": tensorHtml(this.shape, this.dtype, numbers(this.span), this.requiresGrad),
    };
  }

  /** The text form in console.log. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

const ONE_FLOAT32 = Float32Array.of(1);
const ONE_FLOAT64 = Float64Array.of(1);

/** @throws {ShapeError} or {TypeError} unless `value` has the shape and number type of `tensor` */
function checkLike(where: string, tensor: Tensor, value: Tensor): void {
  if (!sameShape(tensor.shape, value.shape)) {
    const shapes = `tensor ${showShape(tensor.shape)}, gradient ${showShape(value.shape)}`;
    throw new ShapeError(errorText(where, "the gradient must have the tensor's shape", shapes));
  }
  if (tensor.dtype !== value.dtype) {
    const text = `the gradient must have the tensor's dtype ${tensor.dtype}, got ${value.dtype}`;
    throw new TypeError(errorText(where, text, "", `use gradient.to("${tensor.dtype}")`));
  }
}
