// Spans for the engine suites: on the heap, at odd addresses, with guard bands before and after. All tensors share one
// heap, so a store outside an output would corrupt a neighbour without any error: `check` finds it.
import { expect } from "vitest";
import { keptSpan, numbers, subSpan } from "../../src/engine/memory.js";
import { Span } from "../../src/engine/span.js";

const guard = 24;
const sentinel = 12345.5;

export class Arena {
  private readonly all: Float32Array;
  private readonly whole: Span;
  private readonly inputs: { span: Span; before: Float32Array }[] = [];
  private readonly bands: [number, number][] = [];
  private top = 0;

  constructor(length = 1 << 16) {
    this.whole = keptSpan("float32", length);
    this.all = numbers(this.whole) as Float32Array;
    this.all.fill(sentinel);
  }
  private take(length: number): Span {
    const start = this.top + guard + 1; // never aligned to 16 bytes
    this.bands.push([this.top, start]);
    this.top = start + length;
    this.bands.push([this.top, this.top + guard]);
    const span = subSpan(this.whole, start, length);
    if (this.top + guard > this.all.length) throw new Error("bug: the arena of the test is too small");
    return span;
  }
  /** An operand: `check` expects it unchanged. */
  input(values: ArrayLike<number>): Span {
    const span = this.take(values.length);
    numbers(span).set(values);
    this.inputs.push({ span, before: Float32Array.from(values) });
    return span;
  }
  /** A result, filled with numbers that must be overwritten, or with what is to be added to. */
  output(length: number, values?: ArrayLike<number>): Span {
    const span = this.take(length);
    if (values !== undefined) numbers(span).set(values);
    return span;
  }
  check(): void {
    for (const [from, to] of this.bands)
      expect(
        this.all.subarray(from, to).every((x) => x === sentinel),
        "a store outside its output",
      ).toBe(true);
    for (const { span, before } of this.inputs)
      expect(Array.from(numbers(span)), "an operand changed").toEqual(Array.from(before));
  }
}

/** A float64 span for the reference. */
export function reference(values: ArrayLike<number>): Span {
  return new Span("float64", values.length, -1, Float64Array.from(values));
}

/** Uniform numbers in [low, high), rounded to float32, from a small published generator (mulberry32). */
export class Numbers32 {
  private state: number;
  constructor(seed: number) {
    this.state = seed;
  }
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }
  array(length: number, low = -1, high = 1): Float32Array {
    return Float32Array.from({ length }, () => low + (high - low) * this.next());
  }
}

/**
 * Every number within its bound of the reference; NaN where the reference is NaN, the same infinity where it is infinite.
 *
 * @param bound largest error of element i
 */
export function expectWithin(
  actual: Span,
  expected: Span,
  bound: (i: number) => number,
  label: string,
): void {
  const [as, es] = [numbers(actual), numbers(expected)];
  for (let i = 0; i < es.length; i++) {
    const [a, e] = [as[i]!, es[i]!];
    if (Number.isNaN(e) ? Number.isNaN(a) : a === e || Math.abs(a - e) <= bound(i)) continue;
    expect.fail(`${label}: element ${i} is ${a}, expected ${e} within ${bound(i)}`);
  }
  expect(as.length).toBe(es.length);
}

/** Distance from one float32 to the next at `x`. */
export function ulp(x: number): number {
  const size = Math.max(Math.abs(x), 2 ** -126);
  return 2 ** (Math.floor(Math.log2(size)) - 23);
}
