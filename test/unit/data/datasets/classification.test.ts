import { expect, test } from "vitest";
import { blobs, moons, spirals } from "../../../../src/data/datasets/classification.js";
import { createRandom } from "../../../../src/random.js";

const random = () => createRandom(1);

test("moons without noise lie on two half circles of radius 1", () => {
  const { x, y, numClasses } = moons({ n: 40, noise: 0, random: random(), dtype: "float64" });
  expect(numClasses).toBe(2);
  for (let i = 0; i < 40; i++) {
    const [a, b] = [x.data[2 * i]!, x.data[2 * i + 1]!];
    const upper = y.data[i] === 0;
    // centers (0, 0) and (1, 1/2)
    expect(upper ? Math.hypot(a, b) : Math.hypot(a - 1, b - 0.5)).toBeCloseTo(1, 12);
    expect(upper ? b >= 0 : b <= 0.5).toBe(true);
  }
});

test("spirals: the angle grows with the distance, arms are apart by 2π / classes", () => {
  const { x, y } = spirals({ n: 30, noise: 0, classes: 3, turns: 1, random: random(), dtype: "float64" });
  for (let i = 0; i < 30; i++) {
    const [a, b] = [x.data[2 * i]!, x.data[2 * i + 1]!];
    const r = Math.hypot(a, b);
    const angle = 2 * Math.PI * (r + y.data[i]! / 3);
    expect(a).toBeCloseTo(r * Math.cos(angle), 10);
    expect(b).toBeCloseTo(r * Math.sin(angle), 10);
  }
});

test("blobs: clouds around their centers, in any number of features", () => {
  const { x, y } = blobs({
    n: 2000,
    centers: [
      [0, 0, 0],
      [10, 20, 30],
    ],
    noise: 2,
    random: random(),
    dtype: "float64",
  });
  let sum = 0;
  for (let i = 0; i < 2000; i++) if (y.data[i] === 1) sum += x.data[3 * i + 2]!;
  // σ of the mean of 1000: 2/√1000 = 0.063
  expect(Math.abs(sum / 1000 - 30)).toBeLessThan(0.4);
  expect(blobs({ n: 4, classes: 4 }).numClasses).toBe(4);
  expect(blobs().numClasses).toBe(3);
});

test("errors", () => {
  expect(() => blobs({ centers: [[0, 0]], classes: 2 })).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: blobs: classes must not be given with centers, got classes 2 and 1 centers
      help: drop classes: there is one class a center]
  `);
  expect(() => blobs({ centers: [[0, 0], [1]] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: blobs: all centers must have 2 coordinates as the first, got 1 in center 1]`,
  );
  expect(() => spirals({ classes: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: spirals: classes must be a whole number at least 1, got 0]`,
  );
});
