/**
 * Seeded random numbers. `createRandom(seed)` gives the same numbers on every platform and Node version: the bits come
 * from Philox4x32-10 (philox.ts), everything else uses exactly rounded arithmetic only (normalQuantile.ts).
 */
import { checkNumber, errorText, showValue } from "./errors.js";
import { normalQuantile, portableExp, portableLog } from "./normalQuantile.js";
import { philox } from "./philox.js";

/** Half the smallest difference of uniform numbers: added where a logarithm follows. */
const TINY = 2 ** -54;

/** A generator of random numbers. Every method advances it; `split` makes an independent one. */
export class Random {
  private readonly k0: number;
  private readonly k1: number;
  private readonly counter: Uint32Array = new Uint32Array(4);
  private readonly words: Uint32Array = new Uint32Array(4);
  private next = 4;

  /** Use `createRandom(seed)`. */
  constructor(k0: number, k1: number) {
    this.k0 = k0;
    this.k1 = k1;
  }

  /** 32 random bits as an integer from 0 to 2³² − 1. */
  bits(): number {
    if (this.next === 4) {
      philox(this.words, this.counter, this.k0, this.k1);
      this.next = 0;
      // The counter is used as one 96-bit number; the last word is reserved for split.
      const counter = this.counter;
      counter[0]!++;
      if (counter[0] === 0 && ++counter[1]! === 0) counter[2]!++;
    }
    return this.words[this.next++]!;
  }

  /**
   * A number with `low <= x < high`, uniformly distributed, from 53 random bits.
   *
   * @param low default 0, @param high default 1
   */
  uniform(low = 0, high = 1): number {
    const a = this.bits() >>> 5;
    const b = this.bits() >>> 6;
    return low + (high - low) * ((a * 67108864 + b) / 9007199254740992); // (a·2²⁶ + b) / 2⁵³
  }

  /**
   * A normally distributed number: the normal quantile of one uniform number, so each call uses the same number of bits.
   *
   * @param mean default 0, @param std standard deviation, default 1
   */
  normal(mean = 0, std = 1): number {
    const a = this.bits() >>> 5;
    const b = this.bits() >>> 6;
    return mean + std * normalQuantile((a * 67108864 + b + 0.5) / 9007199254740992); // never 0 or 1
  }

  /**
   * A whole number with `low <= n < high`, each equally likely: `integer(high)` or `integer(low, high)`.
   *
   * @throws {RangeError} when the range is empty or longer than 2³²
   */
  integer(low: number, high?: number): number {
    const start = high === undefined ? 0 : checkNumber("random.integer", "low", low, { integer: true });
    const end = checkNumber("random.integer", "high", high ?? low, { integer: true });
    const count = end - start;
    if (count < 1 || count > 4294967296) {
      const text = `high - low must be from 1 to 2^32, got low ${start}, high ${end}`;
      throw new RangeError(errorText("random.integer", text));
    }
    // The last, incomplete run of `count` values is drawn again: without that the small numbers were more likely.
    const limit = 4294967296 - (4294967296 % count);
    let x = this.bits();
    while (x >= limit) x = this.bits();
    return start + (x % count);
  }

  /** True with probability p. */
  bernoulli(p: number): boolean {
    checkNumber("random.bernoulli", "p", p, { min: 0, max: 1 });
    return this.uniform() < p;
  }

  /** The numbers 0 to n − 1 in random order (Fisher and Yates; Durstenfeld 1964). */
  permutation(n: number): number[] {
    checkNumber("random.permutation", "n", n, { integer: true, min: 0 });
    return this.shuffle(Array.from({ length: n }, (_, i) => i));
  }

  /** A new array with the same values in random order. */
  shuffle<T>(values: readonly T[]): T[] {
    const order = values.slice();
    for (let i = order.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [order[i], order[j]] = [order[j] as T, order[i] as T];
    }
    return order;
  }

  /** One of the values, each equally likely. @throws {RangeError} when there is none */
  choice<T>(values: readonly T[]): T {
    if (values.length === 0)
      throw new RangeError(errorText("random.choice", "needs at least one value, got []"));
    return values[this.integer(values.length)] as T;
  }

  /**
   * A gamma-distributed number with mean `shape · scale`.
   *
   * @param shape α > 0, @param scale θ > 0, default 1
   * @see Marsaglia and Tsang 2000, "A simple method for generating gamma variables", ACM TOMS 26
   */
  gamma(shape: number, scale = 1): number {
    checkNumber("random.gamma", "shape", shape, { above: 0 });
    checkNumber("random.gamma", "scale", scale, { above: 0 });
    // gamma(α) = gamma(α + 1) · U^(1/α) brings small shapes into the range of the method
    return shape < 1
      ? scale * portableExp(Math.max(this.logGamma(shape), -700))
      : scale * this.gammaAboveOne(shape);
  }

  /**
   * A beta-distributed number: `X / (X + Y)` with X, Y gamma-distributed with shapes `alpha` and `beta`.
   *
   * Tiny shapes are computed from logarithms, so that the result is never 0/0.
   */
  beta(alpha: number, beta: number): number {
    checkNumber("random.beta", "alpha", alpha, { above: 0 });
    checkNumber("random.beta", "beta", beta, { above: 0 });
    const difference = this.logGamma(beta) - this.logGamma(alpha); // log(Y / X)
    if (difference > 700) return 0;
    return 1 / (1 + portableExp(Math.max(difference, -700)));
  }

  private logGamma(shape: number): number {
    if (shape >= 1) return portableLog(this.gammaAboveOne(shape));
    const log = portableLog(this.gammaAboveOne(shape + 1));
    return log + portableLog(this.uniform() + TINY) / shape;
  }

  private gammaAboveOne(shape: number): number {
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const root = 1 + c * x;
      if (root <= 0) continue;
      const v = root * root * root;
      const u = this.uniform() + TINY;
      if (portableLog(u) < 0.5 * x * x + d - d * v + d * portableLog(v)) return d * v;
    }
  }

  /**
   * An independent generator for one purpose: `random.split("dropout")`. It depends on this generator's seed and the
   * purpose, not on how many numbers were drawn, so adding a use of randomness elsewhere changes nothing here.
   */
  split(purpose: string | number): Random {
    const text = String(purpose);
    const counter = Uint32Array.of(fnv1a(text, 0x811c9dc5), fnv1a(text, 0x01234567), text.length, 0xffffffff);
    const words = new Uint32Array(4);
    philox(words, counter, this.k0, this.k1);
    return new Random(words[0]!, words[1]!);
  }
}

/** The FNV-1a hash of a text's UTF-16 units, from a given start value. */
function fnv1a(text: string, start: number): number {
  let hash = start;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * A generator of random numbers, the same for the same seed everywhere.
 *
 * @param seed a whole number from 0 to 2⁵³ − 1
 * @throws {TypeError} when the seed is not a number, {RangeError} when it is out of range
 * @see Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", SC '11
 * @example
 * createRandom(7).integer(100) === createRandom(7).integer(100) // true
 */
export function createRandom(seed: number): Random {
  const help = "the same seed gives the same numbers; use for example createRandom(1)";
  checkNumber("createRandom", "seed", seed, { integer: true, min: 0, max: Number.MAX_SAFE_INTEGER, help });
  // The seed is the counter of one Philox block whose output is the key, so that the keys of 1 and 2 have nothing in common.
  const words = Uint32Array.of(seed >>> 0, Math.floor(seed / 4294967296), 0, 0xffffffff);
  philox(words, words, 0, 0);
  return new Random(words[0]!, words[1]!);
}

let shared: Random = createRandom(0);

/**
 * Starts the generator that is used where no `random` option is given. Its seed is 0 until this is called.
 *
 * @param seed a whole number from 0 to 2⁵³ − 1
 */
export function setSeed(seed: number): void {
  shared = createRandom(seed);
}

/** The generator given as an option, or the shared one. @throws {TypeError} when the option is something else */
export function randomOption(where: string, random: Random | undefined): Random {
  if (random === undefined) return shared;
  if (!(random instanceof Random)) {
    const help = "pass createRandom(seed)";
    const text = `random must be a generator, got ${showValue(random)}`;
    throw new TypeError(errorText(where, text, "", help));
  }
  return random;
}
