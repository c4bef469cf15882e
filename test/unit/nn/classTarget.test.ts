import { expect, test } from "vitest";
import { readTarget, readWeight } from "../../../src/nn/classTarget.js";
import { tensor } from "../../../src/tensor/create.js";

test("readTarget tells class numbers from probabilities by shape", () => {
  expect(readTarget("f", [1, 0], [2, 3])).toEqual({ classes: Int32Array.of(1, 0), probabilities: null });
  expect(readTarget("f", tensor([1, 0]), [2, 3]).classes).toEqual(Int32Array.of(1, 0));
  expect(readTarget("f", 2, [3]).classes).toEqual(Int32Array.of(2));
  expect(
    readTarget(
      "f",
      [
        [1, 0, 0],
        [0, 1, 0],
      ],
      [2, 3],
    ),
  ).toEqual({ classes: null, probabilities: [1, 0, 0, 0, 1, 0] });
  expect(readTarget("f", [0, 1, 0], [3]).probabilities).toEqual([0, 1, 0]);
});

test("readTarget refuses ragged rows and other things", () => {
  expect(() => readTarget("f", [[1, 0], [1]], [2, 2])).toThrow(
    "f: rows of target must have the same length, got 2 and 1",
  );
  expect(() => readTarget("f", "cat" as never, [2, 2])).toThrow(
    'f: target must be a tensor or an array, got "cat"',
  );
});

test("readWeight gives one factor a class or null", () => {
  expect(readWeight("f", undefined, 2)).toBeNull();
  expect(readWeight("f", tensor([1, 2]), 2)).toEqual(Float64Array.of(1, 2));
  expect(() => readWeight("f", [1, -2], 2)).toThrow(
    "f: weight[1] must be a finite number at least 0, got -2",
  );
});
