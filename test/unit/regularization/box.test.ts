import { expect, test } from "vitest";
import { createRandom } from "../../../src/random.js";
import { area, checkBox, clippedBox, cutmixBox } from "../../../src/regularization/box.js";

test("a box around a corner loses three quarters", () => {
  expect(clippedBox(0, 0, 4, 4, 10, 10)).toEqual({ top: 0, left: 0, bottom: 2, right: 2 });
  expect(area(clippedBox(5, 5, 4, 6, 10, 10))).toBe(24);
});

test("boxes stay inside, and with λ uniform the kept share is 0.7005 on 32 × 32", () => {
  const random = createRandom(1);
  const kept = Array.from({ length: 20_000 }, () => {
    const lambda = random.uniform();
    const box = cutmixBox(32, 32, lambda, random);
    expect(box.bottom <= 32 && box.right <= 32 && box.top >= 0 && box.left >= 0).toBe(true);
    const share = 1 - area(box) / 1024;
    expect(share).toBeGreaterThanOrEqual(lambda - 1e-12);
    return share;
  });
  const mean = kept.reduce((sum, value) => sum + value, 0) / kept.length;
  // standard deviation 0.24, so the mean of 20,000 has 0.0017: four of them
  expect(Math.abs(mean - 0.7005)).toBeLessThan(0.007);
});

test("λ = 1 pastes nothing", () => {
  expect(area(cutmixBox(8, 8, 1, createRandom(1)))).toBe(0);
});

test("a box outside the image is refused", () => {
  expect(checkBox("f", { top: 0, left: 1, bottom: 2, right: 3 }, 4, 4)).toEqual({
    top: 0,
    left: 1,
    bottom: 2,
    right: 3,
  });
  expect(() =>
    checkBox("f", { top: 0, left: 0, bottom: 9, right: 1 }, 4, 4),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: f: box.bottom must be a whole number from 0 to 4, got 9]`,
  );
  expect(() => checkBox("f", 5, 4, 4)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: f: box must be {top, left, bottom, right}, got 5]`,
  );
});
