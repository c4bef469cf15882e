import { expect, test } from "vitest";
import { shapes } from "../../../../src/data/datasets/images.js";
import { createRandom } from "../../../../src/random.js";

test("shapes has the expected defaults, classes in turn, pixels from 0 to 1", () => {
  const { x, y, classNames, numClasses } = shapes({ n: 10, random: createRandom(1) });
  expect(x.shape).toEqual([10, 1, 28, 28]);
  expect(classNames).toEqual(["circle", "square", "triangle", "cross", "ring"]);
  expect(numClasses).toBe(5);
  expect([...y.data]).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
  expect(Math.min(...x.data)).toBe(0);
  expect(Math.max(...x.data)).toBeLessThanOrEqual(1);
});

test("a ring is dark in its middle, a circle is not", () => {
  const { x } = shapes({ n: 5, size: 40, noise: 0, random: createRandom(1) });
  const image = (i: number) => x.data.slice(i * 1600, (i + 1) * 1600);
  const middle = (i: number): number => {
    let [sum, row, column] = [0, 0, 0];
    for (const [p, value] of image(i).entries()) {
      sum += value;
      row += value * Math.floor(p / 40);
      column += value * (p % 40);
    }
    return image(i)[Math.round(row / sum) * 40 + Math.round(column / sum)]!;
  };
  expect(middle(0)).toBeGreaterThan(0.5);
  expect(middle(4)).toBe(0);
});

test("errors", () => {
  expect(() => shapes({ size: 4 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: shapes: size must be a whole number at least 8, got 4]`,
  );
});
