import { expect, test } from "vitest";
import { arraySpan, numbers } from "../../../src/engine/engine.js";
import { sumToShape } from "../../../src/tensor/sumToShape.js";

// 0 … 11 as [2, 3, 2]: [[[0, 1], [2, 3], [4, 5]], [[6, 7], [8, 9], [10, 11]]]
const span = () => arraySpan(Float64Array.from({ length: 12 }, (_, i) => i));

test.each([
  [[], [66]],
  [[1, 1, 1], [66]],
  [[2], [30, 36]],
  [
    [3, 2],
    [6, 8, 10, 12, 14, 16],
  ],
  [
    [2, 1, 1],
    [15, 51],
  ],
  [
    [1, 3, 1],
    [14, 22, 30],
  ],
  [
    [3, 1],
    [14, 22, 30],
  ],
  [
    [2, 1, 2],
    [6, 9, 24, 27],
  ],
  [
    [1, 3, 2],
    [6, 8, 10, 12, 14, 16],
  ],
])("[2, 3, 2] summed to %o", (shape, values) => {
  expect(Array.from(numbers(sumToShape(span(), [2, 3, 2], shape)))).toEqual(values);
});

test("nothing repeated: the span itself", () => {
  const own = span();
  expect(sumToShape(own, [2, 3, 2], [2, 3, 2]) === own).toBe(true);
  expect(sumToShape(own, [1, 12], [12]) === own).toBe(true);
});
