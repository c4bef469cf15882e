// Random inputs for property checks, and how a failing one is made small.
//
// Every draw is one whole number from a range, and a case is the list of these numbers. A smaller case is a list with
// smaller numbers, run again through the same generator; so it is a valid case whatever the generator demands (a kernel
// that must be shorter than the signal stays shorter). The idea is from MacIver and Donaldson 2020, "Test-case reduction
// via test-case generation: insights from the Hypothesis reducer", ECOOP 2020.
import { checkNumber, errorText } from "../errors.js";
import type { Random } from "../random.js";

/** Numbers are drawn as multiples of 1/64: exact in float32 and float64, and short to read. */
const UNIT = 64;

const orders = new Map<string, readonly number[]>();

/** The units from `first` to `last`: whole numbers before halves, quarters and so on, small ones before large ones. */
function simplestFirst(first: number, last: number): readonly number[] {
  const key = `${first} ${last}`;
  let order = orders.get(key);
  if (order === undefined) {
    const denominator = (unit: number): number => {
      let step = UNIT;
      while (unit % step !== 0) step /= 2;
      return UNIT / step;
    };
    order = Array.from({ length: last - first + 1 }, (_, i) => first + i).sort(
      (a, b) => denominator(a) - denominator(b) || Math.abs(a) - Math.abs(b) || b - a,
    );
    orders.set(key, order);
  }
  return order;
}

/** Draws the inputs of one case. */
export class Draw {
  /** The numbers that were drawn, each with the size of its range. */
  readonly choices: number[] = [];
  private readonly replay: readonly number[] | null;
  private readonly random: Random;

  constructor(random: Random, replay: readonly number[] | null = null) {
    this.random = random;
    this.replay = replay;
  }

  /** A whole number below `count`; 0 is the simplest. A replayed list that is too short goes on with 0. */
  private choose(count: number): number {
    const n = this.choices.length;
    const value =
      this.replay === null ? this.random.integer(count) : Math.min(this.replay[n] ?? 0, count - 1);
    this.choices.push(value);
    return value;
  }

  /** A whole number from `low` to `high`, both included; `low` is the simplest. */
  integer(low: number, high: number): number {
    checkNumber("draw.integer", "low", low, { integer: true });
    checkNumber("draw.integer", "high", high, { integer: true, min: low });
    return low + this.choose(high - low + 1);
  }

  /** A number from `low` to `high` (defaults −4 and 4), a multiple of 1/64; whole ones near 0 are the simplest. */
  number(low = -4, high = 4): number {
    const first = Math.ceil(low * UNIT);
    const last = Math.floor(high * UNIT);
    if (!(first <= last))
      throw new RangeError(errorText("draw.number", `low must be at most high, got ${low} and ${high}`));
    const order = simplestFirst(first, last);
    return order[this.choose(order.length)]! / UNIT;
  }

  /** `length` numbers as of {@link number}. */
  vector(length: number, low = -4, high = 4): number[] {
    return Array.from({ length }, () => this.number(low, high));
  }

  /** `rows` vectors of `columns` numbers. */
  matrix(rows: number, columns: number, low = -4, high = 4): number[][] {
    return Array.from({ length: rows }, () => this.vector(columns, low, high));
  }

  /** One of the values; the first is the simplest. */
  choice<T>(values: readonly T[]): T {
    if (values.length === 0)
      throw new RangeError(errorText("draw.choice", "needs at least one value, got []"));
    return values[this.choose(values.length)] as T;
  }

  /** False is the simplest. */
  boolean(): boolean {
    return this.choose(2) === 1;
  }
}

/** How many smaller cases are tried before the search ends. */
const BUDGET = 500;

/**
 * The smallest list of choices found that still fails: each choice is set to 0, 1 and 2, then halved, then lowered by one,
 * again and again until nothing gets smaller.
 */
export function shrink(choices: readonly number[], fails: (choices: readonly number[]) => boolean): number[] {
  let best = [...choices];
  let tries = 0;
  const attempt = (candidate: readonly number[]): boolean => {
    if (tries >= BUDGET) return false;
    tries++;
    if (!fails(candidate)) return false;
    best = [...candidate];
    return true;
  };
  for (let smaller = true; smaller && tries < BUDGET; ) {
    smaller = false;
    for (let i = 0; i < best.length; i++) {
      const value = best[i]!;
      const steps = [0, 1, 2, Math.floor(value / 2), value - 1];
      for (const step of steps) {
        if (step < 0 || step >= best[i]!) continue;
        if (attempt(best.map((choice, j) => (j === i ? step : choice)))) smaller = true;
      }
    }
  }
  return best;
}
