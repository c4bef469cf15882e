import { expect, test } from "vitest";
import { argmin, finiteStart, smooth, thin } from "../../../src/plot/series.js";

test("smooth is the bias-corrected moving average", () => {
  // window 2, keep ½: m = ½·4 = 2, weight ½ → 2/½ = 4;  m = ½·2 + ½·0 = 1, weight ¼ → 1/¾ = 4/3;  m = ½·1 + ½·8 = 4.5, /⅞ = 36/7
  const [first, second, third] = smooth([4, 0, 8], 2) as [number, number, number];
  expect(first).toBe(4);
  expect(second).toBeCloseTo(4 / 3, 12);
  expect(third).toBeCloseTo(36 / 7, 12);
});

test("smooth with window 1 changes nothing, and a constant stays constant", () => {
  expect(smooth([3, 1, 2], 1)).toEqual([3, 1, 2]);
  for (const value of smooth([5, 5, 5, 5], 3)) expect(value).toBeCloseTo(5, 12);
});

test("thin keeps both ends and every spike", () => {
  const points = Array.from({ length: 1000 }, (_, i) => [i, i === 421 ? 9 : i === 422 ? -9 : 0] as const);
  const kept = thin(points, 20);
  expect(kept.length).toBeLessThanOrEqual(42);
  expect(kept).toContainEqual([421, 9]);
  expect(kept).toContainEqual([422, -9]);
  expect([kept[0], kept.at(-1)]).toEqual([
    [0, 0],
    [999, 0],
  ]);
  expect(kept.map(([x]) => x)).toEqual(kept.map(([x]) => x).sort((a, b) => a - b));
});

test("thin leaves short lists alone", () =>
  expect(
    thin(
      [
        [0, 1],
        [1, 2],
      ],
      5,
    ),
  ).toEqual([
    [0, 1],
    [1, 2],
  ]));

test("finiteStart cuts at the first value that is not finite", () => {
  expect(
    finiteStart([
      [0, 1],
      [1, Number.NaN],
      [2, 3],
    ]),
  ).toEqual({ points: [[0, 1]], stopped: true });
  expect(finiteStart([[0, 1]])).toEqual({ points: [[0, 1]], stopped: false });
});

test("argmin skips NaN", () => {
  expect(argmin([Number.NaN, 3, 1, 2])).toBe(2);
  expect(argmin([Number.NaN])).toBe(-1);
});
