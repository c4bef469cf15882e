/** Functions of two variables with repeated operands (broadcasting), their gradients, and strided copies, as loops. */
import type { BinaryOperation, CopyLayout, PairLayout } from "../interface.js";
import type { Numbers } from "../span.js";

/**
 * Element positions of both operands for each output element, row by row: `visit(out, a, b)` is called with the first
 * positions of each row of the last axis.
 */
function forEachRow(layout: PairLayout, visit: (out: number, a: number, b: number) => void): void {
  const { sizes, aStrides, bStrides } = layout;
  const last = sizes.length - 1;
  const width = sizes[last] as number;
  if (last <= 1) {
    const [aStep, bStep, count] = last === 0 ? [0, 0, 1] : [aStrides[0]!, bStrides[0]!, sizes[0]!];
    for (let row = 0; row < count; row++) visit(row * width, row * aStep, row * bStep);
    return;
  }
  const index = new Array<number>(last).fill(0);
  const rows = sizes.slice(0, last).reduce((product, size) => product * size, 1);
  let a = 0;
  let b = 0;
  for (let row = 0; row < rows; row++) {
    visit(row * width, a, b);
    for (let axis = last - 1; axis >= 0; axis--) {
      a += aStrides[axis] as number;
      b += bStrides[axis] as number;
      const next = (index[axis] as number) + 1;
      if (next < (sizes[axis] as number)) {
        index[axis] = next;
        break;
      }
      index[axis] = 0;
      a -= next * (aStrides[axis] as number);
      b -= next * (bStrides[axis] as number);
    }
  }
}

/** `y = a ∘ b`. */
export function binaryLoop(
  operation: BinaryOperation,
  y: Numbers,
  a: Numbers,
  b: Numbers,
  layout: PairLayout,
): void {
  const last = layout.sizes.length - 1;
  const width = layout.sizes[last] as number;
  const aStep = layout.aStrides[last] as number;
  const bStep = layout.bStrides[last] as number;
  if (last === 0) row(operation, y, a, b, 0, 0, 0, width, aStep, bStep);
  else forEachRow(layout, (o, i, j) => row(operation, y, a, b, o, i, j, width, aStep, bStep));
}

/** One row: y from position o, a from i in steps of s, b from j in steps of t. */
function row(
  operation: BinaryOperation,
  y: Numbers,
  a: Numbers,
  b: Numbers,
  o: number,
  i: number,
  j: number,
  width: number,
  s: number,
  t: number,
): void {
  const end = o + width;
  switch (operation) {
    case "add":
      for (; o < end; o++, i += s, j += t) y[o] = a[i]! + b[j]!;
      return;
    case "sub":
      for (; o < end; o++, i += s, j += t) y[o] = a[i]! - b[j]!;
      return;
    case "mul":
      for (; o < end; o++, i += s, j += t) y[o] = a[i]! * b[j]!;
      return;
    case "div":
      for (; o < end; o++, i += s, j += t) y[o] = a[i]! / b[j]!;
      return;
    case "pow":
      for (; o < end; o++, i += s, j += t) y[o] = a[i]! ** b[j]!;
      return;
    case "maximum": // NaN when either is NaN
      for (; o < end; o++, i += s, j += t) y[o] = Math.max(a[i]!, b[j]!);
      return;
    case "minimum":
      for (; o < end; o++, i += s, j += t) y[o] = Math.min(a[i]!, b[j]!);
      return;
  }
}

/** `d = dy · ∂(a ∘ b)/∂side` for every output element; the caller sums over repeats. */
export function binaryGradLoop(
  operation: BinaryOperation,
  side: "a" | "b",
  d: Numbers,
  dy: Numbers,
  a: Numbers,
  b: Numbers,
  y: Numbers,
  layout: PairLayout,
): void {
  const last = layout.sizes.length - 1;
  const width = layout.sizes[last] as number;
  const s = layout.aStrides[last] as number;
  const t = layout.bStrides[last] as number;
  const gradRow = side === "a" ? leftGradRow : rightGradRow;
  if (last === 0) gradRow(operation, d, dy, a, b, y, 0, 0, 0, width, s, t);
  else forEachRow(layout, (o, i, j) => gradRow(operation, d, dy, a, b, y, o, i, j, width, s, t));
}

/** One row of the gradient of a: d, dy, y from position o, a from i in steps of s, b from j in steps of t. */
function leftGradRow(
  operation: BinaryOperation,
  d: Numbers,
  dy: Numbers,
  a: Numbers,
  b: Numbers,
  _y: Numbers,
  o: number,
  i: number,
  j: number,
  width: number,
  s: number,
  t: number,
): void {
  const end = o + width;
  switch (operation) {
    case "add":
    case "sub":
      for (; o < end; o++) d[o] = dy[o]!;
      return;
    case "mul":
      for (; o < end; o++, j += t) d[o] = dy[o]! * b[j]!;
      return;
    case "div":
      for (; o < end; o++, j += t) d[o] = dy[o]! / b[j]!;
      return;
    case "pow": // b = 0 gives 0, also at a = 0, where a^(−1) is infinite
      for (; o < end; o++, i += s, j += t) d[o] = b[j] === 0 ? 0 : dy[o]! * b[j]! * a[i]! ** (b[j]! - 1);
      return;
    case "maximum": // equal operands share the gradient, as in PyTorch
      for (; o < end; o++, i += s, j += t) d[o] = a[i]! > b[j]! ? dy[o]! : a[i]! < b[j]! ? 0 : dy[o]! / 2;
      return;
    case "minimum":
      for (; o < end; o++, i += s, j += t) d[o] = a[i]! < b[j]! ? dy[o]! : a[i]! > b[j]! ? 0 : dy[o]! / 2;
      return;
  }
}

/** The same for b. */
function rightGradRow(
  operation: BinaryOperation,
  d: Numbers,
  dy: Numbers,
  a: Numbers,
  b: Numbers,
  y: Numbers,
  o: number,
  i: number,
  j: number,
  width: number,
  s: number,
  t: number,
): void {
  const end = o + width;
  switch (operation) {
    case "add":
      for (; o < end; o++) d[o] = dy[o]!;
      return;
    case "sub":
      for (; o < end; o++) d[o] = -dy[o]!;
      return;
    case "mul":
      for (; o < end; o++, i += s) d[o] = dy[o]! * a[i]!;
      return;
    case "div": // −a/b² = −y/b
      for (; o < end; o++, j += t) d[o] = (-dy[o]! * y[o]!) / b[j]!;
      return;
    case "pow": // a = 0 with b >= 0 gives 0, not 0·log 0
      for (; o < end; o++, i += s, j += t) {
        d[o] = a[i] === 0 && b[j]! >= 0 ? 0 : dy[o]! * y[o]! * Math.log(a[i]!);
      }
      return;
    case "maximum":
      for (; o < end; o++, i += s, j += t) d[o] = b[j]! > a[i]! ? dy[o]! : b[j]! < a[i]! ? 0 : dy[o]! / 2;
      return;
    case "minimum":
      for (; o < end; o++, i += s, j += t) d[o] = b[j]! < a[i]! ? dy[o]! : b[j]! > a[i]! ? 0 : dy[o]! / 2;
      return;
  }
}

/** `y += factor · x`. */
export function addScaledLoop(y: Numbers, x: Numbers, factor: number): void {
  if (factor === 1) for (let i = 0; i < y.length; i++) y[i] = y[i]! + x[i]!;
  else for (let i = 0; i < y.length; i++) y[i] = y[i]! + factor * x[i]!;
}

/** y contiguous, x at `offset + Σ index·stride`. */
export function copyLoop(y: Numbers, x: Numbers, layout: CopyLayout): void {
  const { sizes, strides, offset } = layout;
  const last = sizes.length - 1;
  const width = sizes[last] as number;
  const step = strides[last] as number;
  const pair: PairLayout = { kind: "strided", sizes, aStrides: strides, bStrides: strides };
  forEachRow(pair, (o, start) => {
    let i = start + offset;
    for (const end = o + width; o < end; o++, i += step) y[o] = x[i]!;
  });
}

/** The adjoint of `copyLoop` where every place is met once: `x[offset + Σ index·stride] = y[…]`. */
export function placeLoop(x: Numbers, y: Numbers, layout: CopyLayout): void {
  const { sizes, strides, offset } = layout;
  const last = sizes.length - 1;
  const width = sizes[last] as number;
  const step = strides[last] as number;
  const pair: PairLayout = { kind: "strided", sizes, aStrides: strides, bStrides: strides };
  forEachRow(pair, (o, start) => {
    let i = start + offset;
    for (const end = o + width; o < end; o++, i += step) x[i] = y[o]!;
  });
}
