/** Arithmetic and functions of each element. Two tensors are combined with broadcasting: see `broadcastShapes`. */
import {
  type BinaryOperation,
  engine,
  newSpan,
  type PairLayout,
  type Span,
  type UnaryOperation,
} from "../engine/engine.js";
import {
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  showShape,
  showValue,
} from "../errors.js";
import { accumulate, newGradient } from "./accumulate.js";
import { makePairLayout } from "./layout.js";
import { defineOperation, record, type TensorOperation } from "./record.js";
import { broadcastShapes, type Shape, sameShape } from "./shape.js";
import { sumToShape } from "./sumToShape.js";
import { Tensor } from "./tensor.js";

interface SavedUnary {
  readonly operation: UnaryOperation;
  readonly x: Span;
  readonly y: Span;
  readonly p: number;
  readonly q: number;
}

const unaryOperations = new Map<string, TensorOperation>();

/** The operation object of a function of one variable; `name` is what messages call it. */
function unaryOperation(name: string): TensorOperation {
  let operation = unaryOperations.get(name);
  if (operation === undefined) {
    operation = defineOperation<SavedUnary>(name, ([x], dy, saved) => {
      const input = x as Tensor;
      const dx = newGradient(input);
      engine.unaryGrad(saved.operation, dx, dy, saved.x, saved.y, saved.p, saved.q);
      accumulate(input, dx);
    });
    unaryOperations.set(name, operation);
  }
  return operation;
}

/** @internal `y = f(x)` for every element, recorded under `name`. */
export function applyUnary(name: string, operation: UnaryOperation, x: Tensor, p = 0, q = 0): Tensor {
  const y = newSpan(x.dtype, x.size);
  engine.unary(operation, y, x.span, p, q);
  return record(unaryOperation(name), y, x.shape, [x], { operation, x: x.span, y, p, q });
}

interface SavedBinary {
  readonly operation: BinaryOperation;
  readonly a: Span;
  readonly b: Span;
  readonly y: Span;
  readonly layout: PairLayout;
  readonly shape: Shape;
}

/** The gradient of one operand: dy · ∂y/∂side at the size of the result, summed over what was repeated. */
function binaryBackward(inputs: readonly Tensor[], dy: Span, saved: SavedBinary): void {
  for (let i = 0; i < 2; i++) {
    const input = inputs[i] as Tensor;
    if (!input.requiresGrad) continue;
    const isSame = sameShape(input.shape, saved.shape);
    if (isSame && (saved.operation === "add" || (saved.operation === "sub" && i === 0))) {
      accumulate(input, dy, false);
      continue;
    }
    const d = newSpan(input.dtype, dy.length);
    d.internal = true;
    const side = i === 0 ? "a" : "b";
    engine.binaryGrad(saved.operation, side, d, dy, saved.a, saved.b, saved.y, saved.layout);
    accumulate(input, isSame ? d : sumToShape(d, saved.shape, input.shape));
  }
}

const binaryOperations: Readonly<Record<BinaryOperation, TensorOperation>> = {
  add: defineOperation("add", binaryBackward, false),
  sub: defineOperation("sub", binaryBackward, false),
  mul: defineOperation("mul", binaryBackward),
  div: defineOperation("div", binaryBackward),
  pow: defineOperation("pow", binaryBackward),
  maximum: defineOperation("maximum", binaryBackward),
  minimum: defineOperation("minimum", binaryBackward),
};

function applyBinary(operation: BinaryOperation, a: Tensor, b: Tensor): Tensor {
  if (a.dtype !== b.dtype) {
    const text = `both tensors must have the same dtype, got ${a.dtype} and ${b.dtype}`;
    throw new TypeError(errorText(operation, text, "", `use .to("${a.dtype}") on the second`));
  }
  const shape = sameShape(a.shape, b.shape) ? a.shape : broadcastShapes(operation, a.shape, b.shape);
  const layout = makePairLayout(shape, a.shape, b.shape);
  const y = newSpan(a.dtype, layout.size);
  engine.binary(operation, y, a.span, b.span, layout);
  const saved: SavedBinary = { operation, a: a.span, b: b.span, y, layout, shape };
  return record(binaryOperations[operation], y, shape, [a, b], saved);
}

/** Both operands as tensors: a number takes the dtype of the other. @throws {TypeError} when neither is a tensor */
function operands(name: string, a: Tensor | number, b: Tensor | number): [Tensor, Tensor] {
  if (a instanceof Tensor) return [a, b instanceof Tensor ? b : constant(name, b, a)];
  if (b instanceof Tensor) return [constant(name, a, b), b];
  throw new TypeError(
    errorText(
      name,
      `one operand must be a tensor, got ${showValue(a)} and ${showValue(b)}`,
      "",
      "use tensor(values)",
    ),
  );
}

function constant(name: string, value: unknown, like: Tensor): Tensor {
  if (typeof value !== "number") {
    const text = `operands must be tensors or numbers, got ${showValue(value)}`;
    throw new TypeError(errorText(name, text, `tensor ${showShape(like.shape)}`, "use tensor(values)"));
  }
  const span = newSpan(like.dtype, 1);
  engine.fill(span, value);
  return new Tensor(span, []);
}

/**
 * `a + b`, element by element, with broadcasting.
 *
 * @param a, b tensors of broadcastable shapes and one dtype; one may be a number
 * @throws {ShapeError} when two sizes differ and neither is 1
 * @example
 * add(tensor([1, 2]), tensor([[10], [20]])).toArray() // [[11, 12], [21, 22]]
 */
export function add(a: Tensor | number, b: Tensor | number): Tensor {
  if (typeof b === "number" && a instanceof Tensor) return applyUnary("add", "affine", a, 1, b);
  if (typeof a === "number" && b instanceof Tensor) return applyUnary("add", "affine", b, 1, a);
  return applyBinary("add", ...operands("add", a, b));
}

/**
 * `a − b`, element by element, with broadcasting.
 *
 * @param a, b tensors of broadcastable shapes and one dtype; one may be a number
 * @throws {ShapeError} when two sizes differ and neither is 1
 * @example
 * sub(5, tensor([1, 2])).toArray() // [4, 3]
 */
export function sub(a: Tensor | number, b: Tensor | number): Tensor {
  if (typeof b === "number" && a instanceof Tensor) return applyUnary("sub", "affine", a, 1, -b);
  if (typeof a === "number" && b instanceof Tensor) return applyUnary("sub", "affine", b, -1, a);
  return applyBinary("sub", ...operands("sub", a, b));
}

/**
 * `a · b`, element by element, with broadcasting. For matrices see `matmul`.
 *
 * @param a, b tensors of broadcastable shapes and one dtype; one may be a number
 * @throws {ShapeError} when two sizes differ and neither is 1
 * @example
 * mul(tensor([1, 2]), 3).toArray() // [3, 6]
 */
export function mul(a: Tensor | number, b: Tensor | number): Tensor {
  if (typeof b === "number" && a instanceof Tensor) return applyUnary("mul", "affine", a, b, 0);
  if (typeof a === "number" && b instanceof Tensor) return applyUnary("mul", "affine", b, a, 0);
  return applyBinary("mul", ...operands("mul", a, b));
}

/**
 * `a / b`, element by element, with broadcasting.
 *
 * @param a, b tensors of broadcastable shapes and one dtype; one may be a number
 * @throws {ShapeError} when two sizes differ and neither is 1
 * @example
 * div(tensor([1, 2]), 4).toArray() // [0.25, 0.5]
 */
export function div(a: Tensor | number, b: Tensor | number): Tensor {
  if (typeof a === "number" && b instanceof Tensor) return applyUnary("div", "inverse", b, a, 0);
  return applyBinary("div", ...operands("div", a, b));
}

/**
 * `a` to the power `b`, element by element, with broadcasting.
 *
 * The gradient with respect to b is `y·log(a)`: NaN for negative a, 0 for a = 0 and b >= 0, as in PyTorch.
 *
 * @param a, b tensors of broadcastable shapes and one dtype; one may be a number
 * @example
 * pow(tensor([1, 2, 3]), 2).toArray() // [1, 4, 9]
 */
export function pow(a: Tensor | number, b: Tensor | number): Tensor {
  if (typeof b === "number" && a instanceof Tensor) {
    return b === 2 ? applyUnary("pow", "square", a) : applyUnary("pow", "power", a, b, 0);
  }
  return applyBinary("pow", ...operands("pow", a, b));
}

/**
 * The larger of a and b, element by element; NaN when either is. Where they are equal each gets half the gradient, as in
 * PyTorch. For the largest element see `max`.
 *
 * @example
 * maximum(tensor([1, 5]), 3).toArray() // [3, 5]
 */
export function maximum(a: Tensor | number, b: Tensor | number): Tensor {
  return applyBinary("maximum", ...operands("maximum", a, b));
}

/**
 * The smaller of a and b, element by element; NaN when either is. Equal elements share the gradient, as in PyTorch.
 *
 * @example
 * minimum(tensor([1, 5]), 3).toArray() // [1, 3]
 */
export function minimum(a: Tensor | number, b: Tensor | number): Tensor {
  return applyBinary("minimum", ...operands("minimum", a, b));
}

/**
 * `−x`.
 *
 * @example
 * neg(tensor([1, -2])).toArray() // [-1, 2]
 */
export function neg(x: Tensor): Tensor {
  return applyUnary("neg", "affine", x, -1, 0);
}

/**
 * `|x|`; the gradient at 0 is 0.
 *
 * @example
 * abs(tensor([1, -2])).toArray() // [1, 2]
 */
export function abs(x: Tensor): Tensor {
  return applyUnary("abs", "abs", x);
}

/**
 * `eˣ`.
 *
 * @example
 * exp(tensor([0, 1], { dtype: "float64" })).toArray() // [1, 2.718281828459045]
 */
export function exp(x: Tensor): Tensor {
  return applyUnary("exp", "exp", x);
}

/**
 * The natural logarithm; -Infinity at 0, NaN below.
 *
 * @example
 * log(tensor([1, 0])).toArray() // [0, -Infinity]
 */
export function log(x: Tensor): Tensor {
  return applyUnary("log", "log", x);
}

/**
 * `√x`; NaN below 0. The gradient `1/(2√x)` is infinite at 0.
 *
 * @example
 * sqrt(tensor([4, 9])).toArray() // [2, 3]
 */
export function sqrt(x: Tensor): Tensor {
  return applyUnary("sqrt", "sqrt", x);
}

/**
 * `x²`.
 *
 * @example
 * square(tensor([3, -4])).toArray() // [9, 16]
 */
export function square(x: Tensor): Tensor {
  return applyUnary("square", "square", x);
}

/**
 * Sine; x in radians.
 *
 * @example
 * sin(tensor([0])).toArray() // [0]
 */
export function sin(x: Tensor): Tensor {
  return applyUnary("sin", "sin", x);
}

/**
 * Cosine; x in radians.
 *
 * @example
 * cos(tensor([0])).toArray() // [1]
 */
export function cos(x: Tensor): Tensor {
  return applyUnary("cos", "cos", x);
}

export interface ClampOptions {
  /** Smallest value; default none. */
  readonly min?: number;
  /** Largest value; default none. */
  readonly max?: number;
}

/**
 * Limits every element to `min <= y <= max`. The gradient passes where x is within the bounds, the bounds included.
 *
 * @throws {RangeError} when both bounds are missing, or min > max
 * @example
 * clamp(tensor([-2, 0.5, 2]), { min: -1, max: 1 }).toArray() // [-1, 0.5, 1]
 */
export function clamp(x: Tensor, options: ClampOptions): Tensor {
  checkOptions("clamp", options);
  const { min = -Infinity, max = Infinity, ...rest } = options;
  rejectUnknownOptions("clamp", rest, ["min", "max"]);
  if (min !== -Infinity) checkNumber("clamp", "min", min);
  if (max !== Infinity) checkNumber("clamp", "max", max);
  if (min === -Infinity && max === Infinity) {
    throw new RangeError(errorText("clamp", "min or max must be given, got neither"));
  }
  if (min > max)
    throw new RangeError(errorText("clamp", `min must be at most max, got min ${min}, max ${max}`));
  return applyUnary("clamp", "clamp", x, min, max);
}
