import { expect, test } from "vitest";
import {
  isTensorLike,
  numberBlock,
  numberText,
  pairText,
  placeOf,
  plainValue,
  valueText,
} from "../../../src/check/values.js";
import { ones, tensor } from "../../../src/tensor/create.js";

test("numberBlock reads Tensors, typed arrays and rectangular arrays, nothing else", () => {
  expect(
    numberBlock([
      [1, 2],
      [3, 4],
    ]),
  ).toEqual({ shape: [2, 2], numbers: [1, 2, 3, 4], dtype: "" });
  expect(numberBlock(Float32Array.of(1, 2))).toMatchObject({ shape: [2], dtype: "float32" });
  expect(numberBlock(tensor([[5, 6]], { dtype: "float64" }))).toMatchObject({
    shape: [1, 2],
    dtype: "float64",
  });
  expect(numberBlock([[1, 2], [3]])).toBeNull();
  expect(numberBlock([1, "2"])).toBeNull();
  expect(numberBlock([1, undefined])).toBeNull();
  expect(numberBlock(7)).toBeNull();
  expect(numberBlock([])).toEqual({ shape: [0], numbers: [], dtype: "" });
});

test("isTensorLike knows a Tensor by its parts, so a copy from another process counts", () => {
  expect(isTensorLike(ones([2]))).toBe(true);
  expect(isTensorLike({ shape: [1], dtype: "float64", data: Float64Array.of(1) })).toBe(true);
  expect(isTensorLike([1])).toBe(false);
});

test("placeOf writes an index, numberText a short number, pairText enough digits to tell two apart", () => {
  expect(placeOf([2, 3], 5)).toBe("[1][2]");
  expect(placeOf([], 0)).toBe("");
  expect(numberText(1234567)).toBe("1234567");
  expect(numberText(0.123456789)).toBe("0.123457");
  expect(numberText(Number.NaN)).toBe("NaN");
  expect(pairText(1, 1.00000001)).toEqual(["1", "1.00000001"]);
});

test("valueText is one line and cuts what is long", () => {
  expect(valueText([1, 2.5])).toBe("[1, 2.5]");
  expect(valueText(Array.from({ length: 20 }, (_, i) => i))).toBe("[0, 1, 2, 3, 4, 5, 6, 7, …]");
  expect(valueText({ x: [1], name: "a" })).toBe('{x: [1], name: "a"}');
  expect(valueText(tensor([[1, 2]]))).toBe("Tensor [1, 2] [[1, 2]]");
  expect(valueText(new RangeError("no"))).toBe("RangeError: no");
  expect(valueText([1, undefined])).toBe("[1, undefined]");
});

test("plainValue turns Tensors and typed arrays into nested arrays, also inside", () => {
  expect(plainValue({ t: tensor([[1, 2]]), list: [Float64Array.of(3)] })).toEqual({
    t: [[1, 2]],
    list: [[3]],
  });
});
