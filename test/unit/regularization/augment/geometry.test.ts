import { describe, expect, test } from "vitest";
import { ones, tensor, zeros } from "../../../../src/index.js";
import { createRandom } from "../../../../src/random.js";
import { affine, affineAs, readAmount, warp } from "../../../../src/regularization/augment/geometry.js";

const square = tensor([
  [
    [
      [1, 2],
      [3, 4],
    ],
  ],
]);
const flat = (x: { flatten(): { toArray(): unknown } }) => x.flatten().toArray();

describe("affine", () => {
  test("without amounts nothing moves", () => {
    expect(flat(affine(square))).toEqual([1, 2, 3, 4]);
  });
  test("90° counter-clockwise: the top right corner goes to the top left", () => {
    expect(flat(affine(square, { angle: 90 }))).toEqual([2, 4, 1, 3]);
    expect(flat(affine(square, { angle: -90 }))).toEqual([3, 1, 4, 2]);
  });
  test("four quarter turns bring a larger image back exactly", () => {
    const x = tensor(
      Array.from({ length: 49 }, (_, i) => i),
      { shape: [1, 1, 7, 7] },
    );
    let turned = x;
    for (let i = 0; i < 4; i++) turned = affine(turned, { angle: 90 });
    expect(turned.toArray()).toEqual(x.toArray());
  });
  test("half a pixel to the right is the mean of two neighbours", () => {
    const row = tensor([[[[0, 4, 8]]]]);
    expect(flat(affine(row, { translateX: 0.5 }))).toEqual([0, 2, 6]);
    expect(flat(affine(row, { translateX: 0.5, fill: 4 }))).toEqual([2, 2, 6]);
    expect(flat(affine(row, { translateX: 0.6, interpolation: "nearest" }))).toEqual([0, 0, 4]);
  });
  test("rotation keeps a constant image constant inside", () => {
    const turned = affine(ones([1, 1, 9, 9]), { angle: 30 }).toArray() as number[][][][];
    expect(turned[0]![0]![4]!.slice(2, 7).every((value) => Math.abs(value - 1) < 1e-6)).toBe(true);
  });
  test("every image draws its own value from a range, the same for the same seed", () => {
    const x = tensor(
      Array.from({ length: 3 * 25 }, (_, i) => i % 25),
      { shape: [3, 1, 5, 5] },
    );
    const turned = affine(x, { angle: [-40, 40], random: createRandom(1) });
    const [a, b] = turned.toArray() as unknown[];
    expect(a).not.toEqual(b);
    expect(affine(x, { angle: [-40, 40], random: createRandom(1) }).toArray()).toEqual(turned.toArray());
  });
});

test("warp reads each output pixel where the inverse map says", () => {
  const mirrored = warp("f", square, {}, () => [-1, 0, 0, 1, 0, 0]);
  expect(flat(mirrored)).toEqual([2, 1, 4, 3]);
});

test("amounts are numbers or ranges", () => {
  expect(readAmount("f", "angle", 5)(createRandom(1))).toBe(5);
  const drawn = readAmount("f", "angle", [2, 3])(createRandom(1));
  expect(drawn >= 2 && drawn < 3).toBe(true);
  expect(() => readAmount("f", "angle", [3, 2])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: f: angle must be a number or [low, high], got [3, 2]]`,
  );
  expect(() => readAmount("f", "scale", 0, true)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: f: scale must be a finite number greater than 0, got 0]`,
  );
});

test("bad input is refused", () => {
  expect(() => affine(zeros([5, 5]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: affine: x must be a batch of images [N, C, H, W], got shape [5, 5]]`,
  );
  expect(() => affine(square, { shear: 90 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: affine: shear must be a finite number from -89 to 89, got 90]`,
  );
  expect(() => affineAs("rotate", square, { degrees: 5 } as object)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: rotate: unknown option "degrees"
      help: the options are angle, translateX, translateY, scale, shear, interpolation, fill, random]
  `);
});
