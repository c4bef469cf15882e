import { expect, test } from "vitest";
import { tensor, zeros } from "../../../src/index.js";
import { createRandom } from "../../../src/random.js";
import type { Box } from "../../../src/regularization/box.js";
import { cutmix } from "../../../src/regularization/cutmix.js";

/** Image i holds the number i everywhere: pixels say where they come from. */
const numbered = (n: number, channels = 2, size = 8) =>
  tensor(
    Array.from({ length: n * channels * size * size }, (_, i) => Math.floor(i / (channels * size * size))),
    { shape: [n, channels, size, size] },
  );
const labels = (n: number) =>
  tensor(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, k) => (i === k ? 1 : 0))));

test("the label weight is exactly the share of pixels that stayed", () => {
  for (let seed = 0; seed < 20; seed++) {
    const { x, y, lambda, permutation } = cutmix(numbered(3), labels(3), { random: createRandom(seed) });
    const pixels = x.toArray() as number[][][][];
    for (let i = 0; i < 3; i++) {
      const own = pixels[i]!.flat(2).filter((value) => value === i).length / 128;
      const partner = permutation[i]!;
      const row = (y.toArray() as number[][])[i]!;
      expect(row[i]).toBeCloseTo(partner === i ? 1 : own, 6);
      if (partner !== i) expect(lambda as number).toBeCloseTo(own, 12);
    }
  }
});

test("a given box is pasted in every channel", () => {
  const box = { top: 1, left: 2, bottom: 3, right: 5 };
  const { x, lambda } = cutmix(numbered(2), labels(2), { box, permutation: [1, 0] });
  const image = (x.toArray() as number[][][][])[0]!;
  for (const channel of image) {
    expect(channel[1]).toEqual([0, 0, 1, 1, 1, 0, 0, 0]);
    expect(channel[3]).toEqual(new Array(8).fill(0));
  }
  expect(lambda).toBe(1 - 6 / 64);
});

test("one box a batch, or one a sample", () => {
  const each = cutmix(numbered(4), labels(4), { per: "sample", random: createRandom(3) });
  expect(each.box).toHaveLength(4);
  expect(
    (each.lambda as number[]).every((value, i) => value === 1 - boxArea((each.box as Box[])[i]!) / 64),
  ).toBe(true);
  expect(Array.isArray(cutmix(numbered(4), labels(4), { random: createRandom(3) }).box)).toBe(false);
});
const boxArea = (box: Box) => (box.bottom - box.top) * (box.right - box.left);

test("bad input is refused", () => {
  const box = { top: 0, left: 0, bottom: 1, right: 1 };
  expect(() => cutmix(zeros([2, 3]), labels(2))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: cutmix: x must be a batch of images [N, C, H, W], got shape [2, 3]]`,
  );
  expect(() => cutmix(numbered(2), tensor([0, 1]))).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: cutmix: y must hold probabilities [N, K], got shape [2]
      help: convert class numbers with data.oneHot(labels, numClasses)]
  `);
  expect(() => cutmix(numbered(2), labels(2), { box, alpha: 1 })).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: cutmix: alpha, lambda and per have no effect when box is given
      help: drop box, or them]
  `);
  expect(() => cutmix(numbered(2), labels(2), { lamda: 0.5 } as object)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: cutmix: unknown option "lamda"
      help: did you mean "lambda"?]
  `);
});
