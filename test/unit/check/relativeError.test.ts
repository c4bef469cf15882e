import { expect, test } from "vitest";
import { relativeError } from "../../../src/check/relativeError.js";

test("is |a − b| / max(1e-8, |a| + |b|)", () => {
  expect(relativeError(1, 3)).toBe(0.5);
  expect(relativeError(-1, 1)).toBe(1);
  expect(relativeError(0, 0)).toBe(0);
  expect(relativeError(0, 1e-9)).toBeCloseTo(0.1, 12);
  expect(relativeError(Number.NaN, 1)).toBeNaN();
});
