import { describe, expect, test } from "vitest";
import { gradient } from "../../../src/check/gradient.js";
import { NotFilledIn } from "../../../src/check/notFilledIn.js";
import { tensor } from "../../../src/tensor/create.js";
import { mul } from "../../../src/tensor/elementwise.js";
import { sum } from "../../../src/tensor/reduce.js";
import type { Tensor } from "../../../src/tensor/tensor.js";
import "../../../src/tensor/methods.js";

/** f(x, w) = Σ x²·w, whose gradient is (2xw, x²). */
const value = ({ x, w }: { x: number[]; w: number[] }): number => x.reduce((s, v, i) => s + v * v * w[i]!, 0);
const right = ({ x, w }: { x: number[]; w: number[] }) => ({
  x: x.map((v, i) => 2 * v * w[i]!),
  w: x.map((v) => v * v),
});
const at = { x: [1, -2, 0], w: [3, 0.5, 7] };

test("has the expected default tolerance 1e-6", () => {
  const off = (factor: number) =>
    gradient("g", { value: (x: number) => x ** 2, gradient: (x) => 2 * x * factor, at: 3 });
  expect(off(1 + 0.5e-6).passed).toBe(true);
  expect(off(1 + 4e-6).passed).toBe(false);
});

test("accepts the right gradient, zeros included, and says how near it is", () => {
  const report = gradient("g", { value, gradient: right, at });
  expect(report.passed).toBe(true);
  expect(report.detail).toBe("6 numbers, equal up to rounding");
  const near = gradient("g", { value: Math.exp, gradient: (x) => Math.exp(x) * (1 + 1e-8), at: 1 });
  expect(near.detail).toMatch(/^1 number, largest relative error \d\.\de-\d+$/);
});

test("names the worst number of a wrong one, per parameter", () => {
  const report = gradient("g", { value, at, gradient: (p) => ({ ...right(p), w: p.x.map((v) => 2 * v) }) });
  expect(report.passed).toBe(false);
  expect(report.worst).toMatchObject({ place: "w[1]", got: "-4" });
  expect(Number(report.worst!.expected)).toBeCloseTo(4, 6);
  expect(report.message).toMatch(
    /^the slope at w\[1\] is \S+, your gradient says -4 \(2 of 6 numbers are wrong\)$/,
  );
});

test("NaN is wrong, another structure is wrong", () => {
  expect(gradient("g", { value, at, gradient: (p) => ({ ...right(p), w: [1, Number.NaN, 0] }) }).passed).toBe(
    false,
  );
  expect(gradient("g", { value, at, gradient: (p) => ({ x: right(p).x }) }).message).toBe(
    "the gradient must have one number for each of the 6 numbers of the point, got 3 numbers in {x: [6, -2, 0]}",
  );
});

test("at a kink any slope between the two sides is accepted, and counted", () => {
  const relu = (x: number): number => Math.max(0, x);
  const claim = (slope: number) => gradient("g", { value: relu, gradient: () => slope, at: 0 });
  for (const slope of [0, 0.5, 1]) expect(claim(slope).passed, String(slope)).toBe(true);
  expect(claim(0).detail).toMatch(/1 of them at a kink/);
  expect(claim(1.5).passed).toBe(false);
  expect(claim(-0.5).passed).toBe(false);
});

test("a steep smooth function is no kink", () => {
  const report = gradient("g", {
    value: (x: number) => Math.exp(5 * x),
    gradient: (x) => 5 * Math.exp(5 * x),
    at: 2,
  });
  expect(report.passed).toBe(true);
  expect(report.detail).not.toMatch(/kink/);
});

describe("of Tensors", () => {
  const x = tensor([[1, 2]], { dtype: "float64" });

  test("a point may hold Tensors", () => {
    const report = gradient("g", {
      value: (p: { x: Tensor }) => sum(mul(p.x, p.x)).item(),
      gradient: (p) => ({ x: mul(p.x, 2) }),
      at: { x },
    });
    expect(report.passed).toBe(true);
  });

  test("the other form checks backward()", () => {
    expect(gradient("g", (t) => sum(mul(t, t)), [x]).passed).toBe(true);
    const cut = gradient("g", (t) => mul(t, t.detach()), [x]);
    expect(cut.passed).toBe(false);
    expect(cut.message).toMatch(/^the slope at input 0, \[0\]\[[01]\] is .*, backward\(\) gives /);
  });
});

test("what the answer throws is the report; a blank is thrown on", () => {
  const fails = (error: Error) => () =>
    gradient("g", {
      value,
      at,
      gradient: () => {
        throw error;
      },
    });
  expect(fails(new RangeError("no"))().message).toBe("the answer stopped with RangeError: no");
  expect(fails(new NotFilledIn("N03-a"))).toThrow(NotFilledIn);
});

test("rejects other kinds and unknown keys", () => {
  expect(() => gradient("g", { value: 3 as never, gradient: right, at })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: check.gradient: value and gradient must be functions, got 3 and function right]`,
  );
  expect(() =>
    gradient("g", { value, gradient: right, at, eps: 1 } as never),
  ).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: check.gradient: unknown option "eps"
      help: the options are value, gradient, at]
  `);
});
