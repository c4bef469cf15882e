import { expect, test } from "vitest";
import type { Draw } from "../../../src/check/draw.js";
import { NotFilledIn } from "../../../src/check/notFilledIn.js";
import { property } from "../../../src/check/property.js";

const pair = (draw: Draw) => ({ a: draw.number(), b: draw.number() });

test("has the expected default of 100 cases, the same ones each time", () => {
  const cases = (): number[] => {
    const seen: number[] = [];
    property(
      "p",
      (draw) => draw.number(),
      (x) => seen.push(x) > 0,
    );
    return seen;
  };
  expect(cases()).toHaveLength(100);
  expect(cases()).toEqual(cases());
  expect(new Set(cases()).size).toBeGreaterThan(50);
});

test("other names and other seeds draw other cases", () => {
  const first = (name: string, seed: number): number => {
    const seen: number[] = [];
    property(
      name,
      (draw) => draw.integer(0, 1e6),
      (x) => seen.push(x) > 0,
      { seed, cases: 1 },
    );
    return seen[0]!;
  };
  expect(new Set([first("p", 0), first("p", 1), first("q", 0)]).size).toBe(3);
});

test("a law of two sides holds within the tolerance", () => {
  expect(property("commutes", pair, ({ a, b }) => [a + b, b + a]).passed).toBe(true);
  expect(property("nearly", pair, ({ a }) => [a + 1e-6, a], { atol: 1e-5 }).passed).toBe(true);
  expect(property("nearly", pair, ({ a }) => [a + 1e-6, a]).passed).toBe(false);
});

test("a broken law shows the smallest case: subtraction does not commute, 0 and 1 show it", () => {
  const report = property("subtraction commutes", pair, ({ a, b }) => [a - b, b - a]);
  expect(report.passed).toBe(false);
  expect(report.message).toBe("for {a: 0, b: 1}: expected 1, got -1");
  expect(
    property(
      "small",
      (draw) => draw.integer(0, 1000),
      (n) => n < 10,
    ).message,
  ).toBe("for 10: the law does not hold");
});

test("an answer that throws breaks the law; a blank is thrown on", () => {
  const report = property(
    "p",
    (draw) => draw.integer(0, 9),
    (n) => {
      if (n > 2) throw new RangeError("too large");
      return true;
    },
  );
  expect(report.message).toBe("for 3: the answer stopped with RangeError: too large");
  expect(() =>
    property("p", pair, () => {
      throw new NotFilledIn("N01-a");
    }),
  ).toThrow(NotFilledIn);
});

test("keeps both sides of the cases around the first failure, for the diagnosis", () => {
  const report = property(
    "p",
    (draw) => draw.integer(0, 1000),
    (n) => [n, 0],
  );
  expect(report.outputs.length).toBeGreaterThanOrEqual(8);
  expect(report.outputs[0]).toHaveLength(2);
});

test("rejects laws that say nothing", () => {
  expect(() => property("p", pair, (() => undefined) as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: check.property: law must return true, false or [left, right], got undefined]`,
  );
  expect(() => property("p", 3 as never, () => true)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: check.property: given and law must be functions, got 3 and a function
      help: (name, (draw) => values, (values) => true or [left, right])]
  `);
  expect(() => property("p", pair, () => true, { cases: 0 })).toThrow(RangeError);
});
