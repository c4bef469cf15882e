import { expect, test } from "vitest";
import { ones, zeros } from "../../../src/index.js";
import { createRandom } from "../../../src/random.js";
import { cutout, randomErasing } from "../../../src/regularization/cutout.js";

test("a square of zeros, clipped at the borders, the same in all channels", () => {
  const cut = cutout(ones([40, 2, 12, 12]), { size: 4, random: createRandom(1) });
  const images = cut.toArray() as number[][][][];
  for (const [first, second] of images) {
    expect(second).toEqual(first);
    const gone = first!.flat().filter((value) => value === 0).length;
    expect(gone).toBeGreaterThanOrEqual(4); // a corner keeps a quarter
    expect(gone).toBeLessThanOrEqual(16);
  }
  expect(images.some(([first]) => first!.flat().filter((value) => value === 0).length === 16)).toBe(true);
});

test("an odd side is kept", () => {
  const cut = cutout(ones([30, 1, 15, 15]), { size: 3, random: createRandom(1) });
  const sizes = (cut.toArray() as number[][][][]).map(
    (image) => image.flat(2).filter((value) => value === 0).length,
  );
  expect(Math.max(...sizes)).toBe(9);
});

test("random erasing keeps its box inside and its area in range", () => {
  const erased = randomErasing(ones([60, 1, 20, 20]), { p: 1, scale: [0.1, 0.2], random: createRandom(2) });
  for (const image of erased.toArray() as number[][][][]) {
    const gone = image.flat(2).filter((value) => value === 0).length / 400;
    expect(gone).toBeGreaterThan(0.07);
    expect(gone).toBeLessThan(0.25);
  }
});

test("p = 0 erases nothing, value random writes noise", () => {
  expect(
    randomErasing(ones([3, 1, 9, 9]), { p: 0 })
      .min()
      .item(),
  ).toBe(1);
  const noisy = randomErasing(zeros([1, 1, 9, 9]), { p: 1, value: "random", random: createRandom(1) });
  expect(new Set(noisy.data).size).toBeGreaterThan(2);
});

test("the batch given is not changed", () => {
  const x = ones([1, 1, 4, 4]);
  cutout(x, { size: 9, random: createRandom(1) });
  expect(x.sum().item()).toBe(16);
});

test("bad input is refused", () => {
  expect(() => cutout(ones([4, 4]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: cutout: x must be a batch of images [N, C, H, W], got shape [4, 4]]`,
  );
  expect(() => cutout(ones([1, 1, 4, 4]), { size: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: cutout: size must be a whole number at least 1, got 0]`,
  );
  expect(() => randomErasing(ones([1, 1, 4, 4]), { scale: [0.5, 0.2] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: randomErasing: scale must be [low, high] with 0 < low <= high <= 1, got [0.5, 0.2]]`,
  );
  expect(() => randomErasing(ones([1, 1, 4, 4]), { p: 2 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: randomErasing: p must be a finite number from 0 to 1, got 2]`,
  );
});
