import { expect, test } from "vitest";
import { erfc, normalCdf, normalDensity } from "../../../../src/engine/plain/erfc.js";

// Python's math.erfc; the whole range is in test/reference/tensor.test.ts.
test.each([
  [0, 1],
  [0.5, 0.4795001221869535],
  [-0.5, 1.5204998778130465],
  [2, 0.004677734981047266],
  [5, 1.5374597944280347e-12],
  [20, 5.395865611607901e-176],
  [30.5, 0],
  [-31, 2],
])("erfc(%d)", (x, value) => {
  expect(Math.abs(erfc(x) - value)).toBeLessThanOrEqual(1e-13 * value);
});

test("NaN stays NaN", () => {
  expect(erfc(Number.NaN)).toBe(Number.NaN);
});

test("normalCdf and its derivative", () => {
  expect(normalCdf(0)).toBeCloseTo(0.5, 14);
  expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 14); // the 97.5 % point of every table
  expect(normalDensity(0)).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 15);
  const h = 1e-5;
  expect((normalCdf(0.7 + h) - normalCdf(0.7 - h)) / (2 * h)).toBeCloseTo(normalDensity(0.7), 9);
});
