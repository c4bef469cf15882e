import { describe, expect, test } from "vitest";
import { compareValues } from "../../../src/check/compare.js";
import { ones, tensor } from "../../../src/tensor/create.js";

const problem = (got: unknown, expected: unknown): string => compareValues(got, expected).problem;

test("has the expected default tolerances: 1e-9 relative, for float32 2e-5", () => {
  expect(compareValues(1 + 0.9e-9, 1).equal).toBe(true);
  expect(compareValues(1 + 1.2e-9, 1).equal).toBe(false);
  expect(compareValues(Float32Array.of(1 + 1.9e-5), [1]).equal).toBe(true);
  expect(compareValues(Float32Array.of(1 + 2.4e-5), [1]).equal).toBe(false);
  expect(compareValues(0.9e-11, 0).equal).toBe(true);
  expect(compareValues(2e-11, 0).equal).toBe(false);
});

describe("numbers that are not finite", () => {
  test.each([
    [Number.NaN, 1],
    [Number.POSITIVE_INFINITY, 1],
    [1, Number.NaN],
    [1, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  ])("%d is not %d, whatever the tolerance", (got, expected) => {
    expect(compareValues(got, expected, { rtol: 1e9, atol: 1e9 }).equal).toBe(false);
  });

  test("are right where the same one is expected", () => {
    expect(
      compareValues([Number.NaN, Number.NEGATIVE_INFINITY], [Number.NaN, Number.NEGATIVE_INFINITY]).equal,
    ).toBe(true);
  });
});

test("reports the worst element, relative to its tolerance, and how many are wrong", () => {
  const {
    worst,
    wrong,
    compared,
    problem: text,
  } = compareValues(
    [
      [1, 2],
      [3.1, 400],
    ],
    [
      [1, 2],
      [3, 401],
    ],
  );
  expect(worst).toMatchObject({ place: "[1][0]", expected: "3", got: "3.1" });
  expect([wrong, compared]).toEqual([2, 4]);
  expect(text).toBe("expected 3 at [1][0], got 3.1 (2 of 4 numbers are wrong)");
});

test("compares kind and shape before numbers", () => {
  expect(problem(undefined, [1])).toBe("expected an array of 1 number, got undefined");
  expect(problem([1, 2], [1, 2, 3])).toBe("expected shape [3], got [2]");
  expect(problem([[1, 2]], [1, 2])).toBe("expected shape [2], got [1, 2]");
  expect(problem([1, undefined, 3], [1, 2, 3])).toBe(
    "expected an array of 3 numbers, got an array of 3 whose entry [1] is undefined",
  );
  expect(problem("7", 7)).toBe('expected a number, got the string "7"');
  expect(problem(ones([1]), 1)).toBe(
    "expected a number, got a Tensor of shape [1]; .item() reads the number of a one-element Tensor",
  );
  expect(problem([1], tensor([1]))).toBe("expected a Tensor of shape [1], got an array of 1 number");
  expect(problem(ones([2]), ones([2], { dtype: "float64" }))).toBe("expected dtype float64, got float32");
});

test("takes a Tensor where numbers are expected", () => {
  expect(compareValues(tensor([[1, 2]]), [[1, 2]]).equal).toBe(true);
});

test("goes into objects and mixed arrays, and names the place", () => {
  const expected = { parameter: [1, 2], state: { m: [3, 4], t: 1 } };
  expect(problem({ parameter: [1, 2], state: { m: [3, 5], t: 1 } }, expected)).toBe(
    "expected 4 at state.m[1], got 5 (1 of 5 numbers are wrong)",
  );
  expect(problem({ parameter: [1, 2], state: { m: [3, 4] } }, expected)).toBe(
    'expected a key "t" at state, got an object with m',
  );
  expect(problem([1, "b"], [1, "a"])).toBe('expected "a" at [1], got "b"');
  expect(problem([1], [1, "a"])).toBe("expected an array of 2, got an array of 1 number");
  expect(compareValues({ extra: 1, a: true }, { a: true }).equal).toBe(true);
});
