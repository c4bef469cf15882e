import { expect, test } from "vitest";
import {
  averageDivisors,
  averagePoolForward,
  averagePoolGradient,
  maxPoolForward,
  maxPoolGradient,
} from "../../../src/conv/poolNd.js";
import { slidingGeometry } from "../../../src/conv/shape.js";

const line = (input: number, kernel: number, stride: number, padding = 0, dilation = 1) => ({
  batch: 1,
  inChannels: 1,
  outChannels: 1,
  groups: 1,
  ...slidingGeometry("f", [input], [kernel], { stride, padding, dilation }),
});

test("maxPoolForward: padding is below every number, and winners are places in the whole array", () => {
  const geometry = { ...line(3, 2, 2, 1), batch: 2 };
  const y = new Float64Array(4);
  const winners = new Int32Array(4);
  maxPoolForward(y, winners, Float64Array.of(-5, -7, -6, -1, -2, Number.NEGATIVE_INFINITY), geometry);
  expect([...y]).toEqual([-5, -6, -1, -2]);
  expect([...winners]).toEqual([0, 2, 3, 4]);
});

test("maxPoolForward: a window of −∞ still has a winner inside the image", () => {
  const y = new Float64Array(1);
  const winners = new Int32Array(1);
  maxPoolForward(
    y,
    winners,
    Float64Array.of(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY),
    line(2, 2, 2),
  );
  expect([...winners]).toEqual([0]);
});

test("maxPoolGradient: overlapping windows add up at a common winner", () => {
  const geometry = line(4, 3, 1);
  const x = Float64Array.of(1, 9, 2, 3);
  const winners = new Int32Array(2);
  maxPoolForward(new Float64Array(2), winners, x, geometry);
  const dx = Float64Array.of(7, 7, 7, 7);
  maxPoolGradient(dx, Float64Array.of(1, 10), winners);
  expect([...dx]).toEqual([0, 11, 0, 0]);
});

test("averageDivisors: the whole window, or what lies inside", () => {
  expect([...averageDivisors(line(3, 3, 1, 1), true)]).toEqual([3, 3, 3]);
  expect([...averageDivisors(line(3, 3, 1, 1), false)]).toEqual([2, 3, 2]);
});

test("averagePoolForward and its gradient divide by the same numbers", () => {
  const geometry = line(3, 3, 1, 1);
  const divisors = averageDivisors(geometry, false);
  const y = new Float64Array(3);
  averagePoolForward(y, Float64Array.of(2, 4, 9), geometry, divisors);
  expect([...y]).toEqual([3, 5, 6.5]);
  const dx = new Float64Array(3);
  averagePoolGradient(dx, Float64Array.of(2, 3, 200), geometry, divisors);
  expect([...dx]).toEqual([2, 102, 101]); // 2/2 + 3/3, then + 200/2, then without the first window
});

test("dilated windows skip elements", () => {
  const y = new Float64Array(2);
  maxPoolForward(y, null, Float64Array.of(1, 8, 3, 2), line(4, 2, 1, 0, 2));
  expect([...y]).toEqual([3, 8]);
});
