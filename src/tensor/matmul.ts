/** The matrix product, and the linear layer as one operation: product, bias and activation with one record. */
import { type Activation, engine, newSpan, type Span } from "../engine/engine.js";
import { errorText, ShapeError, showShape, showValue } from "../errors.js";
import { accumulate, gradientTarget, hasGradient } from "./accumulate.js";
import { defineOperation, record } from "./record.js";
import { broadcastShapes, broadcastStrides, type Shape, sizeOf } from "./shape.js";
import { sumToShape } from "./sumToShape.js";
import { Tensor } from "./tensor.js";

/** One product for every index of the leading dimensions: matrices m×k and k×n. */
interface Product {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  /** Leading dimensions of both operands and of the result. */
  readonly aLead: Shape;
  readonly bLead: Shape;
  readonly lead: Shape;
  readonly shape: Shape;
}

/** Shapes of `a @ b` as numpy: 1-d operands get a dimension of 1 that the result loses again. */
function productOf(a: Shape, b: Shape): Product {
  const shapes = `a ${showShape(a)}, b ${showShape(b)}`;
  if (a.length === 0 || b.length === 0) {
    const text = "both tensors must have at least 1 dimension";
    throw new ShapeError(errorText("matmul", text, shapes, "use mul for a scalar"));
  }
  const m = a.length === 1 ? 1 : (a[a.length - 2] as number);
  const k = a[a.length - 1] as number;
  const bRows = b.length === 1 ? (b[0] as number) : (b[b.length - 2] as number);
  const n = b.length === 1 ? 1 : (b[b.length - 1] as number);
  if (k !== bRows) {
    const text = `the columns of a must equal the rows of b, got ${k} and ${bRows}`;
    const help = b.length > 1 && k === n ? "transpose b: a.matmul(b.transpose(-2, -1))" : "";
    throw new ShapeError(errorText("matmul", text, shapes, help));
  }
  const aLead = a.slice(0, -2);
  const bLead = b.slice(0, -2);
  const lead = broadcastShapes("matmul", aLead, bLead);
  const shape = [...lead, ...(a.length === 1 ? [] : [m]), ...(b.length === 1 ? [] : [n])];
  return { m, k, n, aLead, bLead, lead, shape };
}

interface SavedProduct {
  readonly a: Span;
  readonly b: Span;
  readonly product: Product;
}

/** With C = A·B: dA = dC·Bᵀ and dB = Aᵀ·dC, summed over leading dimensions in which an operand was repeated. */
const matmulOperation = defineOperation<SavedProduct>("matmul", ([x, y], dc, { a, b, product }) => {
  const left = x as Tensor;
  const right = y as Tensor;
  const { m, k, n, lead, aLead, bLead } = product;
  if (left.requiresGrad) {
    const isRepeated = sizeOf(aLead) !== sizeOf(lead);
    const add = !isRepeated && hasGradient(left);
    const da = isRepeated ? scratchOf(dc, sizeOf(lead) * m * k) : gradientTarget(left);
    batched(da, dc, b, m, k, n, false, true, lead, lead, bLead, add); // [m, n] · [n, k] -> [m, k]
    if (isRepeated) accumulate(left, sumToShape(da, [...lead, m, k], [...aLead, m, k]));
  }
  if (right.requiresGrad) {
    const isRepeated = sizeOf(bLead) !== sizeOf(lead);
    const add = !isRepeated && hasGradient(right);
    const db = isRepeated ? scratchOf(dc, sizeOf(lead) * k * n) : gradientTarget(right);
    batched(db, a, dc, k, n, m, true, false, lead, aLead, lead, add); // [k, m] · [m, n] -> [k, n]
    if (isRepeated) accumulate(right, sumToShape(db, [...lead, k, n], [...bLead, k, n]));
  }
});

function scratchOf(like: Span, length: number): Span {
  const span = newSpan(like.dtype, length);
  span.internal = true;
  return span;
}

/** Batches that one step per operand describes go to the engine in one call, others are expanded first. */
function batched(
  c: Span,
  a: Span,
  b: Span,
  m: number,
  n: number,
  k: number,
  transposeA: boolean,
  transposeB: boolean,
  lead: Shape,
  aLead: Shape,
  bLead: Shape,
  accumulateInto: boolean,
): void {
  const batch = sizeOf(lead);
  const [aOne, bOne] = [m * k, k * n];
  const as = aligned(a, aLead, lead, aOne);
  const bs = aligned(b, bLead, lead, bOne);
  const aStep = as.length === aOne ? 0 : aOne;
  const bStep = bs.length === bOne ? 0 : bOne;
  engine.matmul(c, as, bs, m, n, k, transposeA, transposeB, batch, aStep, bStep, accumulateInto);
}

/** One matrix, one per index of `lead`, or a copy that repeats what broadcasting repeats. */
function aligned(span: Span, own: Shape, lead: Shape, one: number): Span {
  const count = sizeOf(own);
  if (count === sizeOf(lead) || count === 1) return span;
  const copy = scratchOf(span, sizeOf(lead) * one);
  const strides = broadcastStrides(own, lead).map((stride) => stride * one);
  engine.copy(copy, span, { sizes: [...lead, one], strides: [...strides, 1], offset: 0 });
  return copy;
}

/**
 * The matrix product, as numpy's `@`: `c[i, j] = Σ_q a[i, q] · b[q, j]`.
 *
 * @param a shape `[..., m, k]`, or `[k]`, which counts as one row
 * @param b shape `[..., k, n]`, or `[k]`, which counts as one column
 * @returns shape `[..., m, n]`, leading dimensions broadcast; without m or n where an operand had one dimension
 * @throws {ShapeError} when the inner sizes differ
 * @example
 * matmul(tensor([[1, 2], [3, 4]]), tensor([1, 1])).toArray() // [3, 7]
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  if (!(a instanceof Tensor) || !(b instanceof Tensor)) {
    const text = `both operands must be tensors, got ${showValue(a)} and ${showValue(b)}`;
    throw new TypeError(errorText("matmul", text, "", "use tensor(values)"));
  }
  sameDtype("matmul", a, b);
  const product = productOf(a.shape, b.shape);
  const { m, n, k, lead, aLead, bLead, shape } = product;
  const c = newSpan(a.dtype, sizeOf(shape));
  batched(c, a.span, b.span, m, n, k, false, false, lead, aLead, bLead, false);
  return record(matmulOperation, c, shape, [a, b], { a: a.span, b: b.span, product });
}

function sameDtype(where: string, a: Tensor, b: Tensor): void {
  if (a.dtype === b.dtype) return;
  const text = `both tensors must have the same dtype, got ${a.dtype} and ${b.dtype}`;
  throw new TypeError(errorText(where, text, "", `use .to("${a.dtype}") on the second`));
}

interface SavedLinear {
  readonly x: Span;
  readonly weight: Span;
  readonly y: Span;
  readonly activation: Activation;
  readonly rows: number;
}

/** dz = dy · activation′; dx = dz · W, dW = dzᵀ · x, db = Σ over rows of dz. The weight's gradient is added in place. */
const linearOperation = defineOperation<SavedLinear>("linear", (inputs, dy, saved) => {
  const x = inputs[0] as Tensor;
  const weight = inputs[1] as Tensor;
  const bias = inputs[2];
  const [outFeatures, inFeatures] = weight.shape as [number, number];
  let add = 0;
  let dx: Span | null = null;
  if (x.requiresGrad) {
    if (hasGradient(x)) add |= 1;
    dx = gradientTarget(x);
  }
  let dWeight: Span | null = null;
  if (weight.requiresGrad) {
    if (hasGradient(weight)) add |= 2;
    dWeight = gradientTarget(weight);
  }
  let dBias: Span | null = null;
  if (bias?.requiresGrad) {
    if (hasGradient(bias)) add |= 4;
    dBias = gradientTarget(bias);
  }
  const { x: xs, weight: ws, y, activation, rows } = saved;
  engine.linearGrad(dx, dWeight, dBias, dy, xs, ws, y, activation, rows, inFeatures, outFeatures, add);
});

/**
 * `activation(x · weightᵀ + bias)`: a linear layer and the activation after it as one recorded operation.
 *
 * @param x shape `[..., inFeatures]`
 * @param weight shape `[outFeatures, inFeatures]`
 * @param bias shape `[outFeatures]`, or null
 * @param activation "none" (default), "relu", "tanh" or "sigmoid": those whose derivative follows from the result
 * @returns shape `[..., outFeatures]`
 * @throws {ShapeError} when the features do not fit
 * @example
 * linear(tensor([[1, 2]]), tensor([[3, 4], [5, 6]]), tensor([1, 1])).toArray() // [[12, 18]]
 */
export function linear(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  activation: Activation = "none",
): Tensor {
  const [outFeatures, inFeatures] = weight.shape as [number, number];
  const xShape = x.shape;
  if (weight.shape.length !== 2 || xShape.length === 0 || xShape[xShape.length - 1] !== inFeatures) {
    const last = xShape.length === 0 ? "a scalar" : xShape[xShape.length - 1];
    const text = `the last dimension of x must be inFeatures ${inFeatures}, got ${last}`;
    const shapes = `x ${showShape(xShape)}, weight ${showShape(weight.shape)} (outFeatures, inFeatures)`;
    const help = sizeOf(xShape) === inFeatures ? `x.reshape(-1, ${inFeatures})` : "";
    throw new ShapeError(errorText("linear", text, shapes, help));
  }
  if (bias !== null && (bias.shape.length !== 1 || bias.shape[0] !== outFeatures)) {
    const text = `bias must have shape [${outFeatures}] (outFeatures), got ${showShape(bias.shape)}`;
    throw new ShapeError(errorText("linear", text, `weight ${showShape(weight.shape)}`));
  }
  sameDtype("linear", x, weight);
  if (bias !== null) sameDtype("linear", x, bias);
  const rows = inFeatures === 0 ? sizeOf(xShape.slice(0, -1)) : x.size / inFeatures;
  const y = newSpan(x.dtype, rows * outFeatures);
  const biasSpan = bias === null ? null : bias.span;
  engine.linear(y, x.span, weight.span, biasSpan, activation, rows, inFeatures, outFeatures);
  const shape = xShape.length === 2 ? [rows, outFeatures] : [...xShape.slice(0, -1), outFeatures];
  const saved: SavedLinear = { x: x.span, weight: weight.span, y, activation, rows };
  return record(linearOperation, y, shape, bias === null ? [x, weight] : [x, weight, bias], saved);
}
