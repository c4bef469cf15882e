import { describe, expect, test } from "vitest";
import {
  frame,
  indices,
  linspace,
  namedEntries,
  readOptions,
  toGrid,
  toMatrix,
  toVector,
} from "../../../src/plot/input.js";

const options = (given: object): unknown =>
  readOptions<{ width: number; title: string | undefined; gap?: number }>("lineOf", given, {
    ...frame,
    gap: 1,
  } as never);

describe("readOptions", () => {
  test("has the expected defaults, and undefined means default", () => {
    expect(options({})).toEqual({ width: 640, title: undefined, subtitle: undefined, gap: 1 });
    expect(options({ gap: undefined, title: "a" })).toEqual({
      width: 640,
      title: "a",
      subtitle: undefined,
      gap: 1,
    });
  });
  test("a typing error is named", () =>
    expect(() => options({ tilte: "a" })).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: lineOf: unknown option "tilte"
        help: did you mean "title"?]
    `));
  test("a width that nothing fits into is refused", () =>
    expect(() => options({ width: 20 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: lineOf: width must be a finite number from 200 to 4000, got 20]`,
    ));
  test("options must be an object", () =>
    expect(() => options([1] as never)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lineOf: options must be an object, got [1]]`,
    ));
});

describe("toGrid", () => {
  test("reads lists, nested lists, typed arrays and tensors", () => {
    expect(toGrid("f", "v", [1, 2])).toEqual({ shape: [2], data: [1, 2] });
    expect(
      toGrid("f", "v", [
        [[1], [2]],
        [[3], [4]],
      ]),
    ).toEqual({ shape: [2, 2, 1], data: [1, 2, 3, 4] });
    expect(toGrid("f", "v", Float32Array.of(1, 2)).shape).toEqual([2]);
    const tensor = { shape: [1, 2], data: Float64Array.of(5, 6) };
    expect(toGrid("f", "v", tensor)).toBe(tensor);
    expect(toGrid("f", "v", [tensor, tensor]).shape).toEqual([2, 1, 2]);
  });
  test("ragged rows are named", () =>
    expect(() => toGrid("f", "v", [[1, 2], [3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: f: all rows of v must have the same length, got different lengths
        v[0] [2], v[1] [1]]
    `));
  test("what is no number is named with its index", () =>
    expect(() => toGrid("f", "v", [1, "2"])).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: f: v[1] must be a number, got "2"]`,
    ));
  test("what is no array is refused", () =>
    expect(() => toGrid("f", "v", 3)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: f: v must be an array of numbers or a tensor, got 3]`,
    ));
});

describe("toVector", () => {
  test("flattens in row-major order", () =>
    expect(
      toVector("f", "v", [
        [1, 2],
        [3, 4],
      ]),
    ).toEqual([1, 2, 3, 4]));
  test("nothing is refused", () =>
    expect(() => toVector("f", "v", [])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: f: v must have at least one value, got none]`,
    ));
  test("NaN is named with its index, unless it is allowed", () => {
    expect(() => toVector("f", "v", [1, Number.NaN])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: f: v must be finite, got NaN at index 1]`,
    );
    expect(toVector("f", "v", [1, Number.NaN], { allowNonFinite: true })).toEqual([1, Number.NaN]);
  });
  test("another length is named with both numbers", () =>
    expect(() => toVector("f", "v", [1, 2], { length: 3, like: "x" })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: f: v must have one value for each of x (3), got 2]`,
    ));
});

describe("toMatrix", () => {
  test("a list is one row, leading ones are dropped", () => {
    expect(toMatrix("f", "v", [1, 2])).toEqual([[1, 2]]);
    expect(
      toMatrix("f", "v", [
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
      ]),
    ).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
  test("three dimensions are too many", () =>
    expect(() => toMatrix("f", "v", [[[1]], [[2]]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: f: v must be a matrix [rows, columns], got shape [2, 1, 1]]`,
    ));
});

test("namedEntries needs an object with an entry", () => {
  expect(namedEntries("f", "v", { a: 1 })).toEqual([["a", 1]]);
  expect(() => namedEntries("f", "v", {})).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: f: v must have at least one entry, got {}]`,
  );
  expect(() => namedEntries("f", "v", [1] as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: f: v must be an object {name: values}, got [1]]`,
  );
});

test("linspace and indices include both ends", () => {
  expect(linspace(0, 1, 5)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(indices(3, 1)).toEqual([1, 2, 3]);
});
