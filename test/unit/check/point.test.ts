import { expect, test } from "vitest";
import { coordinates, withNumbers } from "../../../src/check/point.js";
import { tensor } from "../../../src/tensor/create.js";
import type { Tensor } from "../../../src/tensor/tensor.js";
import "../../../src/tensor/methods.js";

const point = { x: [1, [2, 3]], w: tensor([[4, 5]], { dtype: "float64" }), b: Float64Array.of(6) };

test("coordinates lists every number with its place", () => {
  expect(coordinates(point).map(({ place, at }) => `${place} = ${at}`)).toEqual([
    "x[0] = 1",
    "x[1][0] = 2",
    "x[1][1] = 3",
    "w[0][0] = 4",
    "w[0][1] = 5",
    "b[0] = 6",
  ]);
  expect(coordinates(7)).toEqual([{ place: "", at: 7 }]);
  expect(() => coordinates({ x: [1, "2"] })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: x[1] is 2, not a number]`,
  );
});

test("withNumbers copies the structure and changes nothing of the original", () => {
  const copy = withNumbers(point, [10, 20, 30, 40, 50, 60]);
  expect(copy.x).toEqual([10, [20, 30]]);
  expect((copy.w as Tensor).toArray()).toEqual([[40, 50]]);
  expect(copy.b).toEqual(Float64Array.of(60));
  expect(point.w.toArray()).toEqual([[4, 5]]);
  expect(point.x).toEqual([1, [2, 3]]);
});
