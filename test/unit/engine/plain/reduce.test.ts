import { describe, expect, test } from "vitest";
import type { Reduction } from "../../../../src/engine/interface.js";
import {
  channelSumLoop,
  crossEntropyGradLoop,
  crossEntropyLoop,
  reduceLoop,
  softmaxGradLoop,
  softmaxLoop,
  squaredErrorGradLoop,
  squaredErrorLoop,
} from "../../../../src/engine/plain/reduce.js";

const x = Float64Array.of(1, -2, 3, 4, -5, 6, 7, 8, -9, 10, 11, 12); // [2, 3, 2]

describe("reduceLoop over the middle of [2, 3, 2]", () => {
  test.each([
    ["sum", [-1, 8, 9, 30]],
    ["mean", [-1 / 3, 8 / 3, 3, 10]],
    ["max", [3, 6, 11, 12]],
    ["min", [-5, -2, -9, 8]],
    ["sumOfSquares", [35, 56, 251, 308]],
    ["sumOfAbs", [9, 12, 27, 30]],
  ] as [Reduction, number[]][])("%s", (operation, values) => {
    const y = new Float64Array(4);
    reduceLoop(operation, y, x, 2, 3, 2);
    y.forEach((value, i) => {
      expect(value).toBeCloseTo(values[i] as number, 14);
    });
  });

  test("over the last axis, and over nothing", () => {
    const y = new Float64Array(2);
    reduceLoop("sum", y, x, 2, 6, 1);
    expect(Array.from(y)).toEqual([7, 39]);
    reduceLoop("sum", y, new Float64Array(0), 1, 0, 2);
    expect(Array.from(y)).toEqual([0, 0]);
  });
});

test("channelSumLoop stores or adds", () => {
  const y = Float64Array.of(100, 100, 100);
  channelSumLoop(y, x, 2, 3, 2, true);
  expect(Array.from(y)).toEqual([114, 108, 124]); // 1 − 2 + 7 + 8, 3 + 4 − 9 + 10, −5 + 6 + 11 + 12
  channelSumLoop(y, x, 2, 3, 2, false);
  expect(Array.from(y)).toEqual([14, 8, 24]);
});

describe("softmaxLoop", () => {
  test("along an axis with others after it", () => {
    const y = new Float64Array(4);
    softmaxLoop(false, y, Float64Array.of(0, 1000, Math.log(3), 1000), 1, 2, 2);
    [0.25, 0.5, 0.75, 0.5].forEach((value, i) => {
      expect(y[i]).toBeCloseTo(value, 15);
    });
  });

  test.each([false, true])("its gradient agrees with differences, logarithm %s", (logarithm) => {
    const [values, dy, h] = [[0.3, -0.7, 1.1], Float64Array.of(1, 2, -3), 1e-6];
    const loss = (at: number[]): number => {
      const y = new Float64Array(3);
      softmaxLoop(logarithm, y, Float64Array.from(at), 1, 3, 1);
      return y.reduce((sum, value, i) => sum + value * (dy[i] as number), 0);
    };
    const [y, dx] = [new Float64Array(3), new Float64Array(3)];
    softmaxLoop(logarithm, y, Float64Array.from(values), 1, 3, 1);
    softmaxGradLoop(logarithm, dx, dy, y, 1, 3, 1);
    values.forEach((_, i) => {
      const moved = (by: number): number[] => values.map((value, k) => (k === i ? value + by : value));
      expect(dx[i]).toBeCloseTo((loss(moved(h)) - loss(moved(-h))) / (2 * h), 8);
    });
  });
});

test("crossEntropyLoop and its gradient", () => {
  const [losses, probabilities, d] = [new Float64Array(2), new Float64Array(4), new Float64Array(4)];
  const classes = Int32Array.of(0, 1);
  crossEntropyLoop(losses, probabilities, Float64Array.of(0, Math.log(3), 500, -500), classes, 2, 2);
  expect(losses[0]).toBeCloseTo(Math.log(4), 15); // −log 1/4
  expect(losses[1]).toBe(1000);
  crossEntropyGradLoop(d, probabilities, classes, 2, 2, 2);
  [-1.5, 1.5, 2, -2].forEach((value, i) => {
    expect(d[i]).toBeCloseTo(value, 14);
  });
});

test("squaredErrorLoop and its gradient", () => {
  const [p, t, d] = [Float64Array.of(1, 2), Float64Array.of(0, 4), new Float64Array(2)];
  expect(squaredErrorLoop(p, t, 0.5)).toBe(2.5);
  squaredErrorGradLoop(d, p, t, 3);
  expect(Array.from(d)).toEqual([3, -6]);
});
