import { expect, test } from "vitest";
import { full, tensor } from "../../../../src/index.js";
import { createRandom } from "../../../../src/random.js";
import { colorJitter } from "../../../../src/regularization/augment/color.js";

const pixel = tensor([0.2, 0.4, 0.6], { shape: [1, 3, 1, 1], dtype: "float64" });

test("brightness multiplies all channels alike", () => {
  const [r, g, b] = colorJitter(pixel, { brightness: 0.3, random: createRandom(1) }).data;
  expect(g! / r!).toBeCloseTo(2, 12);
  expect(b! / r!).toBeCloseTo(3, 12);
  expect(r! / 0.2).toBeGreaterThan(0.7);
  expect(r! / 0.2).toBeLessThan(1.3);
});

test("contrast of a constant image and saturation of gray change nothing", () => {
  const gray = full([1, 3, 2, 2], 0.5, { dtype: "float64" });
  const changed = colorJitter(gray, { contrast: 0.9, saturation: 0.9, random: createRandom(1) });
  for (const value of changed.data) expect(value).toBeCloseTo(0.5, 12);
});

test("saturation keeps the gray value 0.299 R + 0.587 G + 0.114 B", () => {
  const gray = (v: ArrayLike<number>) => 0.299 * v[0]! + 0.587 * v[1]! + 0.114 * v[2]!;
  const changed = colorJitter(pixel, { saturation: 0.4, random: createRandom(3) }).data;
  expect(gray(changed)).toBeCloseTo(gray(pixel.data), 12);
  expect(changed[0]).not.toBeCloseTo(0.2, 4);
});

test("values stay within 0 and 1", () => {
  const bright = colorJitter(full([20, 1, 1, 1], 0.9), { brightness: 0.9, random: createRandom(1) });
  expect(bright.max().item()).toBeLessThanOrEqual(1);
});

test("saturation needs color", () => {
  expect(() => colorJitter(full([1, 1, 2, 2], 0.5), { saturation: 0.1 })).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: colorJitter: saturation needs three channels, got 1
      help: drop saturation for gray images]
  `);
});
