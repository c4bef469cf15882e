import { expect, test } from "vitest";
import { digits } from "../../../../src/data/datasets/digits.js";
import { createRandom } from "../../../../src/random.js";

test("digits are scikit-learn's load_digits divided by 16", () => {
  const { x, y, numClasses } = digits();
  expect([x.shape, y.shape, numClasses]).toEqual([[1797, 1, 8, 8], [1797], 10]);
  // sklearn: images[0][0] = 0 0 5 13 9 1 0 0; images.sum() = 561718; target[:10] = 0 … 9
  expect([...x.data.slice(0, 8)].map((value) => value * 16)).toEqual([0, 0, 5, 13, 9, 1, 0, 0]);
  expect([...x.data].reduce((sum, value) => sum + value, 0) * 16).toBe(561718);
  expect([...y.data.slice(0, 10)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("{n, flat} and {random}, which keeps images and labels together", () => {
  const inOrder = digits({ n: 1797, flat: true });
  const shuffled = digits({ n: 50, flat: true, random: createRandom(1) });
  expect(shuffled.x.shape).toEqual([50, 64]);
  const labelOf = new Map<string, number>();
  for (let i = 0; i < 1797; i++)
    labelOf.set(inOrder.x.data.slice(i * 64, i * 64 + 64).join(), inOrder.y.data[i]!);
  for (let i = 0; i < 50; i++)
    expect(labelOf.get(shuffled.x.data.slice(i * 64, i * 64 + 64).join())).toBe(shuffled.y.data[i]);
  expect([...shuffled.y.data]).not.toEqual([...inOrder.y.data.slice(0, 50)]);
});

test("more images than there are is an error", () => {
  expect(() => digits({ n: 1798 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: digits: n must be a whole number from 1 to 1797, got 1798]`,
  );
});
