import { expect, test } from "vitest";
import { ones, tensor } from "../../../../src/index.js";
import { createRandom } from "../../../../src/random.js";
import { elastic } from "../../../../src/regularization/augment/elastic.js";

const ramp = tensor(
  Array.from({ length: 400 }, (_, i) => i % 20),
  { shape: [1, 1, 20, 20], dtype: "float64" },
);

test("on a ramp the change is the displacement: its root mean square is α", () => {
  const moved = elastic(ramp, { alpha: 0.5, sigma: 3, random: createRandom(1) }).data;
  let squares = 0;
  let count = 0;
  for (let i = 0; i < 400; i++) {
    if (i % 20 < 3 || i % 20 > 16 || i < 60 || i >= 340) continue; // away from the border
    squares += (moved[i]! - ramp.data[i]!) ** 2;
    count++;
  }
  expect(Math.sqrt(squares / count)).toBeGreaterThan(0.3);
  expect(Math.sqrt(squares / count)).toBeLessThan(0.9);
});

test("α = 0 moves nothing; a constant image stays constant inside", () => {
  expect(elastic(ramp, { alpha: 0, random: createRandom(1) }).toArray()).toEqual(ramp.toArray());
  const same = elastic(ones([1, 1, 15, 15]), {
    alpha: 1,
    random: createRandom(2),
  }).toArray() as number[][][][];
  expect(same[0]![0]![7]![7]).toBeCloseTo(1, 6);
});

test("each image has its own field, the same for the same seed", () => {
  const two = tensor([...ramp.data, ...ramp.data], { shape: [2, 1, 20, 20] });
  const [a, b] = elastic(two, { random: createRandom(1) }).toArray() as unknown[];
  expect(a).not.toEqual(b);
  expect((elastic(two, { random: createRandom(1) }).toArray() as unknown[])[0]).toEqual(a);
});

test("bad input is refused", () => {
  expect(() => elastic(ramp, { sigma: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: elastic: sigma must be a finite number greater than 0, got 0]`,
  );
});
