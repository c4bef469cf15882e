import { expect, test } from "vitest";
import { checkInputs, readSample, toRows, trueValues } from "../../../src/generalization/design.js";
import { createRandom } from "../../../src/random.js";

test("a number is a random design on [0, 1)", () => {
  const { draw, isFixed } = readSample("f", 30);
  const x = draw(createRandom(1)) as number[];
  expect(isFixed).toBe(false);
  expect(x).toHaveLength(30);
  expect(Math.min(...x)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...x)).toBeLessThan(1);
});

test("a list is a fixed design, a function any other", () => {
  expect(readSample("f", [1, 2])).toMatchObject({ isFixed: true });
  expect(readSample("f", [1, 2]).draw(createRandom(1))).toEqual([1, 2]);
  expect(readSample("f", () => [[3, 4]]).draw(createRandom(1))).toEqual([[3, 4]]);
});

test("rows of one feature", () => {
  expect(toRows([1, [2, 3]])).toEqual([[1], [2, 3]]);
});

test("the truth is given numbers or rows, as the design holds them", () => {
  expect(trueValues("f", (x: number) => 2 * x, [1, 2])).toEqual([2, 4]);
  expect(trueValues("f", (row: number[]) => row[0]! + row[1]!, [[1, 2]])).toEqual([3]);
});

test("bad designs are refused", () => {
  expect(() => readSample("f", 0)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: f: sample must be a whole number at least 1, got 0]`,
  );
  expect(() => checkInputs("f", "test", [])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: f: test must hold at least one input, got []]`,
  );
  expect(() => checkInputs("f", "test", [1, Number.NaN])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: f: test must hold finite numbers, got NaN at index 1]`,
  );
  expect(() => checkInputs("f", "test", "x")).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: f: test must be a list of inputs (numbers or rows of numbers), got "x"]`,
  );
  expect(() => trueValues("f", (row: number[]) => row[0] as number, [1])).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: f: truth must return a finite number, got undefined for input 1
      help: truth is given a number for one feature, a row for several]
  `);
});
