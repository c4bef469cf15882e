/** Comparisons: results without gradient. Tensors of different dtypes may be compared. */
import { newSpan, numbers } from "../engine/engine.js";
import {
  checkBoolean,
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  showValue,
} from "../errors.js";
import { broadcastShapes, broadcastStrides, type Shape, sameShape, sizeOf } from "./shape.js";
import { Tensor } from "./tensor.js";

/** 1 where the comparison holds, 0 elsewhere, with broadcasting. */
function compared(
  where: string,
  a: Tensor,
  b: Tensor | number,
  holds: (a: number, b: number) => boolean,
): Tensor {
  if (!(a instanceof Tensor) || !(b instanceof Tensor || typeof b === "number")) {
    const text = `compares a tensor with a tensor or a number, got ${showValue(a)} and ${showValue(b)}`;
    throw new TypeError(errorText(where, text));
  }
  const bShape = b instanceof Tensor ? b.shape : [];
  const shape = broadcastShapes(where, a.shape, bShape);
  const y = newSpan(a.dtype, sizeOf(shape));
  const [out, as] = [numbers(y), numbers(a.span)];
  const bs = b instanceof Tensor ? numbers(b.span) : [b];
  eachPair(shape, a.shape, bShape, (k, i, j) => {
    out[k] = holds(as[i] as number, bs[j] as number) ? 1 : 0;
  });
  return new Tensor(y, shape);
}

function eachPair(shape: Shape, a: Shape, b: Shape, visit: (k: number, i: number, j: number) => void): void {
  const size = sizeOf(shape);
  if (sameShape(a, b)) {
    for (let k = 0; k < size; k++) visit(k, k, k);
    return;
  }
  const [aStrides, bStrides] = [broadcastStrides(a, shape), broadcastStrides(b, shape)];
  const index = shape.map(() => 0);
  for (let k = 0; k < size; k++) {
    let [i, j] = [0, 0];
    for (let d = 0; d < shape.length; d++) {
      i += index[d]! * aStrides[d]!;
      j += index[d]! * bStrides[d]!;
    }
    visit(k, i, j);
    for (let d = shape.length - 1; d >= 0; d--) {
      index[d] = index[d]! + 1;
      if (index[d]! < shape[d]!) break;
      index[d] = 0;
    }
  }
}

/**
 * 1 where the elements are equal, 0 elsewhere, with broadcasting; NaN equals nothing. For "equal up to rounding" use
 * `allClose`.
 *
 * @example
 * equal(tensor([1, 2]), tensor([1, 3])).toArray() // [1, 0]
 */
export function equal(a: Tensor, b: Tensor | number): Tensor {
  return compared("equal", a, b, (x, y) => x === y);
}

/**
 * 1 where a > b, 0 elsewhere, with broadcasting.
 *
 * @example
 * greater(tensor([1, 5]), 2).toArray() // [0, 1]
 */
export function greater(a: Tensor, b: Tensor | number): Tensor {
  return compared("greater", a, b, (x, y) => x > y);
}

/**
 * 1 where a < b, 0 elsewhere, with broadcasting.
 *
 * @example
 * less(tensor([1, 5]), 2).toArray() // [1, 0]
 */
export function less(a: Tensor, b: Tensor | number): Tensor {
  return compared("less", a, b, (x, y) => x < y);
}

export interface AllCloseOptions {
  /** Allowed difference relative to the second tensor; default 1e-5. */
  readonly rtol?: number;
  /** Allowed absolute difference; default 1e-8. */
  readonly atol?: number;
  /** Whether NaN counts as equal to NaN; default false. */
  readonly equalNaN?: boolean;
}

/**
 * Whether all elements agree up to rounding: `|a − b| <= atol + rtol·|b|`, with broadcasting. Defaults as PyTorch and numpy.
 *
 * @param options.rtol default 1e-5, @param options.atol default 1e-8
 * @param options.equalNaN default false
 * @example
 * allClose(tensor([1]), tensor([1.000001])) // true
 */
export function allClose(a: Tensor, b: Tensor | number, options: AllCloseOptions = {}): boolean {
  checkOptions("allClose", options);
  const { rtol = 1e-5, atol = 1e-8, equalNaN = false, ...rest } = options;
  rejectUnknownOptions("allClose", rest, ["rtol", "atol", "equalNaN"]);
  checkNumber("allClose", "rtol", rtol, { min: 0 });
  checkNumber("allClose", "atol", atol, { min: 0 });
  checkBoolean("allClose", "equalNaN", equalNaN);
  const close = compared("allClose", a, b, (x, y) => {
    if (x === y) return true;
    if (Number.isNaN(x) && Number.isNaN(y)) return equalNaN;
    return Number.isFinite(x) && Number.isFinite(y) && Math.abs(x - y) <= atol + rtol * Math.abs(y);
  });
  return numbers(close.span).every((value) => value === 1);
}
