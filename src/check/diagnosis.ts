// Known wrong answers that show in the numbers alone. Each is a predicate on what came and what was expected, never
// the code of a wrong solution, so it can be shown to students.
import { compareValues } from "./compare.js";
import { type NumberBlock, numberBlock, numberText, shapeText } from "./values.js";

interface Pattern {
  /** The sentence when the pattern fits, else null. Both blocks hold at least two numbers. */
  readonly fits: (got: NumberBlock, expected: NumberBlock) => string | null;
}

const same = (got: ArrayLike<number>, expected: ArrayLike<number>, rtol = 1e-6): boolean =>
  compareValues(Array.from(got), Array.from(expected), { rtol, atol: 1e-9 }).equal;
const sameShape = (a: NumberBlock, b: NumberBlock): boolean => shapeText(a.shape) === shapeText(b.shape);

/** The same factor between all numbers, or null. */
function factorBetween(got: NumberBlock, expected: NumberBlock): number | null {
  let largest = 0;
  for (let i = 1; i < expected.numbers.length; i++)
    if (Math.abs(expected.numbers[i]!) > Math.abs(expected.numbers[largest]!)) largest = i;
  const factor = got.numbers[largest]! / expected.numbers[largest]!;
  if (!Number.isFinite(factor) || factor === 0 || Math.abs(factor - 1) < 1e-6) return null;
  return same(
    got.numbers,
    Array.from(expected.numbers, (value) => value * factor),
  )
    ? factor
    : null;
}

const reversed: Pattern = {
  fits: (got, expected) =>
    sameShape(got, expected) && same(got.numbers, Array.from(expected.numbers).reverse())
      ? "Your result equals the expected one flipped: convolution and correlation are exchanged somewhere."
      : null,
};

const transposed: Pattern = {
  fits(got, expected) {
    const [rows, columns] = expected.shape;
    if (expected.shape.length !== 2 || shapeText(got.shape) !== shapeText([columns!, rows!])) return null;
    const turned = Array.from(
      expected.numbers,
      (_, i) => expected.numbers[(i % rows!) * columns! + Math.floor(i / rows!)]!,
    );
    return same(got.numbers, turned)
      ? "Your result equals the expected one transposed: rows and columns are exchanged."
      : null;
  },
};

const scaled: Pattern = {
  fits(got, expected) {
    if (!sameShape(got, expected)) return null;
    const factor = factorBetween(got, expected);
    if (factor === null) return null;
    if (Math.abs(factor + 1) < 1e-6) return "Your result has the opposite sign everywhere.";
    const n = expected.numbers.length;
    if (Math.abs(factor * n - 1) < 1e-6)
      return `Your result is the expected one divided by ${n}: a mean where a sum belongs.`;
    if (Math.abs(factor - n) < 1e-6)
      return `Your result is ${n} times the expected one: a sum where a mean belongs.`;
    return `Your result is ${numberText(factor)} times the expected one, everywhere.`;
  },
};

const shifted: Pattern = {
  fits(got, expected) {
    if (!sameShape(got, expected) || expected.shape.length !== 1 || expected.numbers.length < 4) return null;
    const g = Array.from(got.numbers);
    const e = Array.from(expected.numbers);
    if (same(g.slice(1), e.slice(0, -1))) return "Your result is the expected one, one place too late.";
    if (same(g.slice(0, -1), e.slice(1))) return "Your result is the expected one, one place too early.";
    return null;
  },
};

const offset: Pattern = {
  fits(got, expected) {
    if (!sameShape(got, expected)) return null;
    const difference = got.numbers[0]! - expected.numbers[0]!;
    if (!Number.isFinite(difference) || Math.abs(difference) < 1e-9) return null;
    const moved = Array.from(expected.numbers, (value) => value + difference);
    return same(got.numbers, moved)
      ? `Your result is off by the same amount everywhere: ${numberText(difference)}.`
      : null;
  },
};

const notANumber: Pattern = {
  fits(got, expected) {
    if (!sameShape(got, expected)) return null;
    const missing = Array.from(got.numbers).filter(
      (value, i) => Number.isNaN(value) && !Number.isNaN(expected.numbers[i]!),
    );
    if (missing.length === 0) return null;
    return `${missing.length} of ${expected.numbers.length} numbers are NaN: an index beyond the end of an array gives undefined, and 0/0 gives NaN.`;
  },
};

const patterns: readonly Pattern[] = [notANumber, reversed, transposed, scaled, shifted, offset];

/**
 * The sentence of the first known mistake that turns `expected` into `got`, or "".
 * Fewer than two numbers, or constant ones, tell nothing: every pattern would fit.
 */
export function diagnose(got: unknown, expected: unknown): string {
  const mine = numberBlock(got);
  const right = numberBlock(expected);
  if (mine === null || right === null || right.numbers.length < 2) return "";
  if (Array.from(right.numbers).every((value) => value === right.numbers[0])) return "";
  for (const pattern of patterns) {
    const sentence = pattern.fits(mine, right);
    if (sentence !== null) return sentence;
  }
  return "";
}
