import { expect, test } from "vitest";
import { Draw, shrink } from "../../../src/check/draw.js";
import { createRandom } from "../../../src/random.js";

test("draws stay in their ranges and reach the ends", () => {
  const draw = new Draw(createRandom(1));
  const integers = Array.from({ length: 500 }, () => draw.integer(-2, 3));
  expect([Math.min(...integers), Math.max(...integers)]).toEqual([-2, 3]);
  const numbers = Array.from({ length: 3000 }, () => draw.number(-1, 0.5));
  expect([Math.min(...numbers), Math.max(...numbers)]).toEqual([-1, 0.5]);
  expect(numbers.every((value) => Number.isInteger(value * 64))).toBe(true);
  expect(new Set(Array.from({ length: 50 }, () => draw.choice(["a", "b"])))).toEqual(new Set(["a", "b"]));
  expect(draw.matrix(2, 3).map((row) => row.length)).toEqual([3, 3]);
});

test("the simplest draws are the low end, the number nearest to 0, the first value, false", () => {
  const simplest = new Draw(createRandom(1), []);
  expect(simplest.integer(3, 9)).toBe(3);
  expect(simplest.number()).toBe(0);
  expect(simplest.number(2, 5)).toBe(2);
  expect(simplest.number(-5, -2)).toBe(-2);
  expect(simplest.choice(["x", "y"])).toBe("x");
  expect(simplest.boolean()).toBe(false);
  expect(simplest.vector(2)).toEqual([0, 0]);
});

test("numbers are ordered from simple to odd: whole before halves before quarters, small before large", () => {
  const numbers = Array.from({ length: 9 }, (_, choice) => new Draw(createRandom(1), [choice]).number(-1, 2));
  expect(numbers).toEqual([0, 1, -1, 2, 0.5, -0.5, 1.5, 0.25, -0.25]);
});

test("replaying the choices gives the same case", () => {
  const first = new Draw(createRandom(5));
  const make = (draw: Draw) => ({ n: draw.integer(1, 9), x: draw.vector(3), flag: draw.boolean() });
  const values = make(first);
  expect(make(new Draw(createRandom(99), first.choices))).toEqual(values);
});

test("shrink finds the smallest case, and never leaves what the generator can make", () => {
  // fails when the kernel has 3 or more entries; the signal must stay longer than the kernel
  const make = (draw: Draw) => {
    const k = draw.integer(1, 6);
    return { k, n: draw.integer(k, k + 5) };
  };
  const random = createRandom(0);
  const seen: { k: number; n: number }[] = [];
  const smallest = shrink([5, 4], (choices) => {
    const values = make(new Draw(random, choices));
    seen.push(values);
    return values.k >= 3;
  });
  expect(make(new Draw(random, smallest))).toEqual({ k: 3, n: 3 });
  expect(seen.every(({ k, n }) => n >= k)).toBe(true);
});

test("rejects ranges and lists with nothing in them", () => {
  const draw = new Draw(createRandom(1));
  expect(() => draw.number(2, 1)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: draw.number: low must be at most high, got 2 and 1]`,
  );
  expect(() => draw.choice([])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: draw.choice: needs at least one value, got []]`,
  );
  expect(() => draw.integer(2, 1)).toThrow(RangeError);
});
