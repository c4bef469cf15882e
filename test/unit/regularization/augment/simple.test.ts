import { expect, test } from "vitest";
import { ones, tensor } from "../../../../src/index.js";
import { createRandom } from "../../../../src/random.js";
import {
  crop,
  flipHorizontal,
  flipVertical,
  rotate,
  scale,
  shear,
  translate,
} from "../../../../src/regularization/augment/simple.js";

const x = tensor([
  [
    [
      [1, 2],
      [3, 4],
    ],
  ],
]);
const flat = (images: { flatten(): { toArray(): unknown } }) => images.flatten().toArray();

test("mirrors", () => {
  expect(flat(flipHorizontal(x, { p: 1 }))).toEqual([2, 1, 4, 3]);
  expect(flat(flipVertical(x, { p: 1 }))).toEqual([3, 4, 1, 2]);
  expect(flat(flipVertical(x, { p: 0 }))).toEqual([1, 2, 3, 4]);
});

test("half of the images are mirrored by default", () => {
  const many = tensor(
    Array.from({ length: 800 }, (_, i) => i % 2),
    { shape: [400, 1, 1, 2] },
  );
  const flipped = (flipHorizontal(many, { random: createRandom(1) }).toArray() as number[][][][]).filter(
    (image) => image[0]![0]![0] === 1,
  ).length;
  expect(Math.abs(flipped - 200)).toBeLessThan(50); // five standard deviations of 10
});

test("rotate, translate, scale and shear are affine with one amount", () => {
  expect(flat(rotate(x, { angle: 180 }))).toEqual([4, 3, 2, 1]);
  expect(flat(translate(x, { translateX: 0, translateY: 1 }))).toEqual([0, 0, 1, 2]);
  expect(flat(scale(tensor([[[[0, 4, 0]]]]), { scale: 2 }))).toEqual([2, 4, 2]);
  expect(
    flat(
      shear(
        tensor([
          [
            [
              [1, 0, 0],
              [0, 1, 0],
              [0, 0, 1],
            ],
          ],
        ]),
        { shear: 45 },
      ),
    ),
  ).toEqual([0, 1, 0, 0, 1, 0, 0, 1, 0]);
});

test("their defaults are small ranges", () => {
  const many = ones([6, 1, 9, 9]);
  const sums = (images: { toArray(): unknown }) =>
    new Set((images.toArray() as number[][][][]).map((image) => image.flat(2).reduce((a, b) => a + b, 0)));
  expect(sums(rotate(many, { random: createRandom(1) })).size).toBe(6);
  expect(sums(translate(many, { random: createRandom(1) })).size).toBe(6);
});

test("crop moves a padded image about", () => {
  const image = tensor([[[[5]]]]);
  const places = new Set(
    Array.from({ length: 40 }, (_, seed) =>
      String(flat(crop(image, { size: 3, padding: 2, random: createRandom(seed) }))),
    ),
  );
  expect(places.size).toBe(9);
  expect(flat(crop(image, { size: 3, padding: 1 }))).toEqual([0, 0, 0, 0, 5, 0, 0, 0, 0]);
});

test("bad input is refused", () => {
  expect(() => crop(x, { size: 3 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: crop: size must fit into the padded image, got 3 × 3 for 2 × 2]`,
  );
  expect(() => rotate(x, { scale: 2 } as object)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: rotate: unknown option "scale"
      help: did you mean "angle"?]
  `);
  expect(() => flipHorizontal(x, { p: 1.5 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: flipHorizontal: p must be a finite number from 0 to 1, got 1.5]`,
  );
});
