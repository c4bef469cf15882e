import { describe, expect, test } from "vitest";
import { sampleOrder } from "../../../src/data/sampleOrder.js";
import { createRandom } from "../../../src/random.js";

const order = (n: number, options: Parameters<typeof sampleOrder>[2], seed = 1): number[] => [
  ...sampleOrder("f", n, options)(createRandom(seed)),
];
const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

describe("sampleOrder", () => {
  test("has the expected default: the order of the data", () => {
    expect(order(5, {})).toEqual([0, 1, 2, 3, 4]);
  });

  test("{shuffle: true} gives every sample once, in another order for another generator", () => {
    const first = order(50, { shuffle: true }, 1);
    expect(sorted(first)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(first).not.toEqual(sorted(first));
    expect(order(50, { shuffle: true }, 1)).toEqual(first);
    expect(order(50, { shuffle: true }, 2)).not.toEqual(first);
  });

  test("{indices} keeps to a subset, shuffled or not", () => {
    expect(order(10, { indices: [7, 2, 5] })).toEqual([7, 2, 5]);
    expect(sorted(order(10, { indices: [7, 2, 5], shuffle: true }))).toEqual([2, 5, 7]);
  });

  test("{replacement: true} leaves about 1/e of the samples out", () => {
    const drawn = order(2000, { shuffle: true, replacement: true });
    expect(drawn).toHaveLength(2000);
    // Distinct share 1 − 1/e = 0.632; its standard deviation for n = 2000 is about 0.007.
    expect(new Set(drawn).size / 2000).toBeGreaterThan(0.6);
    expect(new Set(drawn).size / 2000).toBeLessThan(0.665);
  });

  test("{weights} draws in proportion, and never what has weight 0", () => {
    const n = 4000;
    const weights = Array.from({ length: n }, (_, i) => (i < 1000 ? 3 : i < 2000 ? 1 : 0));
    const drawn = order(n, { shuffle: true, replacement: true, weights });
    expect(Math.max(...drawn)).toBeLessThan(2000);
    // 3/4 of 4000 draws from the first thousand, standard deviation √(4000·¾·¼) = 27.
    const heavy = drawn.filter((index) => index < 1000).length;
    expect(Math.abs(heavy - 3000)).toBeLessThan(140);
  });

  test.each([
    [
      { replacement: true },
      "f: replacement needs shuffle, got shuffle false\n  help: pass {shuffle: true} or drop replacement",
    ],
    [
      { shuffle: true, weights: [1, 2, 3] },
      "f: weights need replacement, got replacement false\n  help: pass {shuffle: true, replacement: true} or drop weights",
    ],
    [{ indices: [0, 3] }, "f: indices must be whole numbers from 0 to 2, got 3 at position 1"],
    [{ indices: [0.5] }, "f: indices must be whole numbers from 0 to 2, got 0.5 at position 0"],
    [{ indices: [] }, "f: there must be at least one sample, got none"],
    [
      { shuffle: true, replacement: true, weights: [1, 2] },
      "f: weights must have one number a sample (3), got 2",
    ],
    [
      { shuffle: true, replacement: true, weights: [1, 2, -1] },
      "f: weights[2] must be a finite number at least 0, got -1",
    ],
    [
      { shuffle: true, replacement: true, weights: [0, 0, 0] },
      "f: weights must not all be 0, got only zeros",
    ],
  ])("refuses %j", (options, message) => {
    expect(() => sampleOrder("f", 3, options)).toThrow(new RangeError(message));
  });
});
