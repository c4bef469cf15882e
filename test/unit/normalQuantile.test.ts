import { expect, test } from "vitest";
import { normalQuantile, portableExp, portableLog } from "../../src/normalQuantile.js";

// Values of Python's statistics.NormalDist().inv_cdf, which is the same algorithm in another language.
test.each([
  [1e-300, -37.0470962993612],
  [1e-20, -9.262340089798405],
  [0.001, -3.090232306167813],
  [0.02, -2.0537489106318225],
  [0.3, -0.5244005127080407],
  [0.5, 0],
  [0.9, 1.2815515655446008],
  [0.999, 3.090232306167813],
])("normalQuantile(%d)", (p, x) => {
  expect(normalQuantile(p)).toBeCloseTo(x, 14);
});

test("normalQuantile is odd around 1/2", () => {
  for (const p of [0.01, 0.2, 0.45]) expect(normalQuantile(1 - p)).toBeCloseTo(-normalQuantile(p), 14);
});

test("portableLog and portableExp agree with Math to the last digits", () => {
  for (const x of [1e-300, 0.1, 0.7, 1, 1.5, 10, 1e300]) {
    expect(Math.abs(portableLog(x) - Math.log(x))).toBeLessThanOrEqual(
      4e-16 * Math.max(1, Math.abs(Math.log(x))),
    );
  }
  for (const x of [-700, -20.5, -1, 0, 0.3, 1, 20, 700]) {
    expect(Math.abs(portableExp(x) / Math.exp(x) - 1)).toBeLessThanOrEqual(1e-14);
  }
});
