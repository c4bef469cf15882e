/** The adjoint of broadcasting: what was repeated is summed. */
import { engine, newSpan, type Span } from "../engine/engine.js";
import { isTrailing } from "./layout.js";
import { type Shape, sizeOf } from "./shape.js";

/**
 * Sums a gradient of shape `from` over the dimensions in which `to` was repeated. The result is fresh memory, or `span`
 * itself when nothing was repeated.
 */
export function sumToShape(span: Span, from: Shape, to: Shape): Span {
  const missing = from.length - to.length;
  const count = sizeOf(to);
  if (count === span.length) return span;
  if (count === 1) return reduced(span, 1, span.length, 1);
  if (isTrailing(to, from)) return reduced(span, 1, span.length / count, count);
  const wasRepeated = (i: number): boolean => i < missing || (to[i - missing] === 1 && from[i] !== 1);
  let sizes = from.slice();
  let result = span;
  // Neighbouring repeated dimensions are one reduction; from the last to the first, so that positions stay right.
  for (let end = sizes.length; end > 0; end--) {
    if (!wasRepeated(end - 1)) continue;
    let start = end - 1;
    while (start > 0 && wasRepeated(start - 1)) start--;
    const outer = sizeOf(sizes.slice(0, start));
    const inner = sizeOf(sizes.slice(end));
    result = reduced(result, outer, sizeOf(sizes.slice(start, end)), inner);
    sizes = [...sizes.slice(0, start), ...sizes.slice(start, end).fill(1), ...sizes.slice(end)];
    end = start + 1;
  }
  return result;
}

function reduced(x: Span, outer: number, axis: number, inner: number): Span {
  const sum = newSpan(x.dtype, outer * inner);
  sum.internal = true;
  engine.reduce("sum", sum, x, outer, axis, inner);
  return sum;
}
