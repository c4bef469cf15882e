import { describe, expect, test } from "vitest";
import { createRandom, type Random, randomOption, setSeed } from "../../src/random.js";
import { errorOf } from "../support/errorOf.js";

const take = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const varianceOf = (values: readonly number[]): number => {
  const mean = meanOf(values);
  return meanOf(values.map((value) => (value - mean) ** 2));
};

describe("createRandom", () => {
  test("the same seed gives the same numbers, another seed other numbers", () => {
    const draw = (seed: number): number[] => {
      const random = createRandom(seed);
      return take(50, () => random.uniform());
    };
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
    expect(draw(2 ** 40)).not.toEqual(draw(0));
  });

  // From an implementation of Philox4x32-10 in Python: key = first two words of philox(counter [1, 0, 0, 2^32 − 1], key 0).
  test("the first bits for seed 1", () => {
    const random = createRandom(1);
    expect(take(5, () => random.bits())).toEqual([
      2701079187, 2395856198, 3688721097, 2829426986, 1128051357,
    ]);
  });

  test.each([
    [-1, RangeError],
    [1.5, RangeError],
    [2 ** 53, RangeError],
    ["1", TypeError],
  ])("rejects the seed %o", (seed, kind) => {
    expect(() => createRandom(seed as number)).toThrow(kind);
  });

  test("the error says what a seed is", () => {
    expect(() => createRandom(-1)).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: createRandom: seed must be a whole number from 0 to 9007199254740991, got -1
        help: the same seed gives the same numbers; use for example createRandom(1)]
    `);
  });
});

describe("distributions", () => {
  const n = 40_000;

  test("uniform: within the limits, mean and variance of (low, high)", () => {
    const random = createRandom(1);
    const values = take(n, () => random.uniform(-1, 3));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...values)).toBeLessThan(3);
    expect(meanOf(values)).toBeCloseTo(1, 1);
    expect(varianceOf(values)).toBeCloseTo(16 / 12, 1);
  });

  test("normal: mean, standard deviation and the share beyond two of them", () => {
    const random = createRandom(2);
    const values = take(n, () => random.normal(10, 2));
    expect(meanOf(values)).toBeCloseTo(10, 1);
    expect(Math.sqrt(varianceOf(values))).toBeCloseTo(2, 1);
    // P(|Z| > 2) = 0.0455; four standard errors of the share are 0.004
    const share = values.filter((value) => Math.abs(value - 10) > 4).length / n;
    expect(Math.abs(share - 0.0455)).toBeLessThan(0.0042);
  });

  test("integer: every value equally often (chi-square with 9 degrees of freedom below 33.7, p = 1e-4)", () => {
    const random = createRandom(3);
    const counts = new Array<number>(10).fill(0);
    for (const value of take(n, () => random.integer(5, 15)))
      counts[value - 5] = (counts[value - 5] ?? 0) + 1;
    const expected = n / 10;
    expect(counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(33.7);
  });

  test("integer over the whole range of 32 bits", () => {
    const random = createRandom(4);
    const values = take(1000, () => random.integer(2 ** 32));
    expect(Math.max(...values)).toBeGreaterThan(2 ** 31);
    expect(values.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
  });

  test("integer: a range that does not divide 2^32 is not biased to its small numbers", () => {
    const random = createRandom(4);
    const third = 2 ** 30;
    // The remainder of 32 bits alone would give 1/2; four standard errors of a third are 0.0094.
    const share = meanOf(take(n, () => (random.integer(3 * third) < third ? 1 : 0)));
    expect(Math.abs(share - 1 / 3)).toBeLessThan(0.0094);
  });

  test("bernoulli: true with probability p, always and never at the ends", () => {
    const random = createRandom(5);
    expect(meanOf(take(n, () => (random.bernoulli(0.3) ? 1 : 0)))).toBeCloseTo(0.3, 1);
    expect(take(100, () => random.bernoulli(1)).every(Boolean)).toBe(true);
    expect(take(100, () => random.bernoulli(0)).some(Boolean)).toBe(false);
  });

  test.each([
    [0.3, 2],
    [1, 1],
    [5, 0.5],
  ])("gamma(%d, %d): mean αθ, variance αθ²", (shape, scale) => {
    const random = createRandom(6);
    const values = take(n, () => random.gamma(shape, scale));
    expect(Math.abs(meanOf(values) - shape * scale)).toBeLessThan(0.03 * Math.max(1, shape * scale));
    expect(Math.abs(varianceOf(values) / (shape * scale ** 2) - 1)).toBeLessThan(0.1);
  });

  test.each([
    [0.2, 0.2],
    [2, 5],
    [1e-8, 1e-8],
  ])("beta(%d, %d): between 0 and 1, mean α/(α + β), variance αβ/((α + β)²(α + β + 1))", (a, b) => {
    const random = createRandom(7);
    const values = take(n, () => random.beta(a, b));
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(Math.abs(meanOf(values) - a / (a + b))).toBeLessThan(0.01);
    expect(Math.abs(varianceOf(values) - (a * b) / ((a + b) ** 2 * (a + b + 1)))).toBeLessThan(0.005);
  });
});

describe("order", () => {
  test("permutation holds each number once, in another order each time", () => {
    const random = createRandom(8);
    const [first, second] = [random.permutation(50), random.permutation(50)];
    expect([...first].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(first).not.toEqual(second);
    expect(random.permutation(0)).toEqual([]);
  });

  test("all orders of three are equally likely (chi-square with 5 degrees of freedom below 25.7, p = 1e-4)", () => {
    const random = createRandom(9);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = random.permutation(3).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    expect([...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(
      25.7,
    );
  });

  test("shuffle leaves its argument alone", () => {
    const values = ["a", "b", "c", "d", "e"];
    const shuffled = createRandom(10).shuffle(values);
    expect(values).toEqual(["a", "b", "c", "d", "e"]);
    expect([...shuffled].sort()).toEqual(values);
  });

  test("choice takes every value, and refuses none", () => {
    const random = createRandom(11);
    expect(new Set(take(100, () => random.choice([1, 2, 3])))).toEqual(new Set([1, 2, 3]));
    expect(() => random.choice([])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: random.choice: needs at least one value, got []]`,
    );
  });
});

describe("split", () => {
  const head = (random: Random): number[] => take(4, () => random.bits());

  test("depends on seed and purpose, not on how much was drawn", () => {
    const [fresh, used] = [createRandom(1), createRandom(1)];
    used.normal();
    expect(head(used.split("dropout"))).toEqual(head(fresh.split("dropout")));
    expect(head(createRandom(1).split("dropout"))).not.toEqual(head(createRandom(1).split("batches")));
    expect(head(createRandom(1).split("dropout"))).not.toEqual(head(createRandom(2).split("dropout")));
    expect(head(createRandom(1).split(0))).not.toEqual(head(createRandom(1)));
  });

  test("leaves the parent's numbers as they were", () => {
    const [one, two] = [createRandom(3), createRandom(3)];
    one.split("a");
    expect(head(one)).toEqual(head(two));
  });
});

describe("errors", () => {
  const random = createRandom(1);
  test.each([
    [
      "integer",
      () => random.integer(5, 5),
      "RangeError: random.integer: high - low must be from 1 to 2^32, got low 5, high 5",
    ],
    [
      "integer kind",
      () => random.integer(1.5),
      "RangeError: random.integer: high must be a whole number, got 1.5",
    ],
    [
      "bernoulli",
      () => random.bernoulli(2),
      "RangeError: random.bernoulli: p must be a finite number from 0 to 1, got 2",
    ],
    [
      "gamma",
      () => random.gamma(0),
      "RangeError: random.gamma: shape must be a finite number greater than 0, got 0",
    ],
    [
      "beta",
      () => random.beta(1, -1),
      "RangeError: random.beta: beta must be a finite number greater than 0, got -1",
    ],
    [
      "permutation",
      () => random.permutation(-1),
      "RangeError: random.permutation: n must be a whole number at least 0, got -1",
    ],
  ])("%s", (_name, call, text) => {
    expect(errorOf(call)).toBe(text);
  });
});

test("setSeed starts the shared generator again", () => {
  setSeed(12);
  const first = randomOption("f", undefined).bits();
  setSeed(12);
  expect(randomOption("f", undefined).bits()).toBe(first);
});

test("randomOption wants a generator", () => {
  const random = createRandom(1);
  expect(randomOption("f", random)).toBe(random);
  expect(() => randomOption("dropout", 3 as unknown as Random)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: dropout: random must be a generator, got 3
      help: pass createRandom(seed)]
  `);
});
