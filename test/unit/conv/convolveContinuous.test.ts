import { expect, test } from "vitest";
import { convolveContinuous } from "../../../src/conv/convolveContinuous.js";

const box = (z: number): number => (z >= -0.5 && z < 0.5 ? 1 : 0);

test("has the expected default of 1000 steps", () => {
  let calls = 0;
  convolveContinuous(
    () => 1,
    () => {
      calls++;
      return 1;
    },
    0,
    { support: [0, 1] },
  );
  expect(calls).toBe(1000);
});

test("a box average of x² adds the variance of the box: x² + 1/12", () => {
  // ∫_{−½}^{½} (x − z)² dz = x² + 1/12; the midpoint rule misses h²/12
  const got = convolveContinuous((x) => x * x, box, [0, 1, 2], { support: [-0.5, 0.5] });
  for (const [i, x] of [0, 1, 2].entries()) expect(Math.abs(got[i]! - (x * x + 1 / 12))).toBeLessThan(1e-6);
});

test("two boxes give a triangle, two bells a bell of summed variance", () => {
  expect(convolveContinuous(box, box, 0.25, { support: [-0.5, 0.5] })).toBeCloseTo(0.75, 3);
  const bell = (variance: number) => (x: number) =>
    Math.exp((-x * x) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
  const got = convolveContinuous(bell(1), bell(3), 1.5, { support: [-20, 20] });
  expect(Math.abs(got - bell(4)(1.5))).toBeLessThan(1e-10);
});

test("flips the kernel: a delayed spike delays the signal", () => {
  const narrow = (z: number): number => (Math.abs(z - 2) < 0.005 ? 100 : 0);
  expect(convolveContinuous((x) => x, narrow, 5, { support: [1.995, 2.005] })).toBeCloseTo(3, 10);
});

test("rejects infinite and empty supports, lists in place of functions, and unknown options", () => {
  const f = (x: number): number => x;
  expect(() =>
    convolveContinuous(f, f, 0, { support: [0, Number.POSITIVE_INFINITY] }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: convolveContinuous: support must be a finite interval [from, to], got [0, Infinity]
      help: cut an infinite kernel where it no longer matters, as [-5, 5]]
  `);
  expect(() => convolveContinuous(f, f, 0, { support: [1, 1] })).toThrow(RangeError);
  expect(() =>
    convolveContinuous([1, 2] as never, f, 0, { support: [0, 1] }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: convolveContinuous: signal and kernel must be functions, got [1, 2] and function f
      help: conv.convolve takes lists of numbers]
  `);
  expect(() => convolveContinuous(f, f, 0, { support: [0, 1], steps: 0 })).toThrow(RangeError);
});
