import { describe, expect, test } from "vitest";
import { type Cut, Gini, SquaredError } from "../../../../src/generalization/model/impurity.js";
import { presort } from "../../../../src/generalization/model/presort.js";

const none = (): Cut => ({ feature: -1, position: -1, threshold: 0, gain: Number.NEGATIVE_INFINITY });
const data = presort([[0], [1], [2], [3]]);
const order = data.orders[0]!;
const ones = new Float64Array(4).fill(1);

describe("squared error", () => {
  test("cuts where S_l²/W_l + S_r²/W_r is largest", () => {
    const criterion = new SquaredError(Float64Array.of(0, 0, 6, 8), ones, 1);
    expect(criterion.enter(order, 0, 4)).toBe(false);
    expect(criterion.leaf()).toEqual([3.5]);
    const best = none();
    criterion.scan(data, order, 0, 0, 4, best);
    // after 2 samples: 0²/2 + 14²/2 = 98; after 1: 14²/3 = 65.3; after 3: 6²/3 + 8²/1 = 76
    expect(best).toEqual({ feature: 0, position: 2, threshold: 1.5, gain: 98 });
  });

  test("equal targets are pure", () => {
    expect(new SquaredError(Float64Array.of(5, 5, 5, 5), ones, 1).enter(order, 0, 4)).toBe(true);
  });

  test("a side keeps at least minSamplesLeaf samples", () => {
    const best = none();
    const criterion = new SquaredError(Float64Array.of(9, 0, 0, 0), ones, 2);
    criterion.enter(order, 0, 4);
    criterion.scan(data, order, 0, 0, 4, best);
    expect(best.position).toBe(2);
  });
});

describe("Gini", () => {
  test("cuts where Σl²/W_l + Σr²/W_r is largest, with weights", () => {
    const criterion = new Gini(Int32Array.of(0, 1, 1, 0), 2, Float64Array.of(1, 1, 1, 3), 1);
    expect(criterion.enter(order, 0, 4)).toBe(false);
    expect(criterion.leaf()).toEqual([4 / 6, 2 / 6]);
    const best = none();
    criterion.scan(data, order, 0, 0, 4, best);
    // after 3: (1² + 2²)/3 + 3²/3 = 4.67; after 1: 1 + (3² + 2²)/5 = 3.6; after 2: (1 + 1)/2 + (1 + 9)/4 = 3.5
    expect([best.position, best.threshold]).toEqual([3, 2.5]);
    expect(best.gain).toBeCloseTo(14 / 3, 12);
  });

  test("one class is pure", () => {
    expect(new Gini(Int32Array.of(1, 1, 1, 1), 2, ones, 1).enter(order, 0, 4)).toBe(true);
  });
});

test("values within 1e-7 are equal: no cut between them", () => {
  const close = presort([[0], [5e-8]]);
  const best = none();
  const criterion = new SquaredError(Float64Array.of(0, 1), new Float64Array(2).fill(1), 1);
  criterion.enter(close.orders[0]!, 0, 2);
  criterion.scan(close, close.orders[0]!, 0, 0, 2, best);
  expect(best.feature).toBe(-1);
});
