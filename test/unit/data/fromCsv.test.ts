import { describe, expect, test } from "vitest";
import { fromCsv } from "../../../src/data/fromCsv.js";

describe("fromCsv(text)", () => {
  test("has the expected defaults: comma, a header when the first line is not all numbers", () => {
    const table = fromCsv("height,weight\n1.5,60\n1.8,80\n");
    expect(table.columns).toEqual(["height", "weight"]);
    expect(table.rows).toEqual([
      [1.5, 60],
      [1.8, 80],
    ]);
    const bare = fromCsv("1,2\n3,4");
    expect(bare.columns).toEqual(["column1", "column2"]);
    expect(bare.rows).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test("reads Windows line ends, a byte order mark, blank lines, spaces and exponents", () => {
    expect(fromCsv("\uFEFFa,b\r\n 1e3 , -2.5\r\n\r\n0x10,4\r\n").rows).toEqual([
      [1000, -2.5],
      [16, 4],
    ]);
  });

  test("keeps separators and doubled quotes inside quotes", () => {
    expect(fromCsv('"length, in cm";"the ""big"" one"\n1;2', { separator: ";" }).columns).toEqual([
      "length, in cm",
      'the "big" one',
    ]);
  });

  test("{header: true} names columns by numbers, {header: false} refuses words", () => {
    expect(fromCsv("2020,2021\n1,2", { header: true }).columns).toEqual(["2020", "2021"]);
    expect(() => fromCsv("a,b\n1,2", { header: false })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: fromCsv: line 1, column "column1" must be a number, got "a"]`,
    );
  });

  test("column(name) and split(target)", () => {
    const table = fromCsv("a,b,c\n1,2,3\n4,5,6");
    expect(table.column("b")).toEqual([2, 5]);
    expect(table.split("b")).toEqual({
      x: [
        [1, 3],
        [4, 6],
      ],
      y: [2, 5],
    });
    expect(() => table.column("d")).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: column: the column must be one of "a", "b", "c", got "d"]`,
    );
    expect(() => table.split("d")).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: split: the column must be one of "a", "b", "c", got "d"]`,
    );
  });

  test("names the line that is wrong", () => {
    expect(() => fromCsv("a,b\n\n1,2\n3")).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: fromCsv: line 4 must have 2 fields as line 1, got 1]`,
    );
    expect(() => fromCsv("a,b\n1,2\n3,")).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: fromCsv: line 3, column "b" must be a number, got ""]`,
    );
    expect(() => fromCsv("")).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: fromCsv: text must hold at least one line, got none]`,
    );
    expect(() => fromCsv("a,b")).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: fromCsv: text must hold at least one row of numbers, got a header only]`,
    );
    expect(() => fromCsv("1,2", { separator: "" })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: fromCsv: separator must be one character, got ""]`,
    );
    expect(() => fromCsv(7 as unknown as string)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: fromCsv: text must be a string, got 7]`,
    );
    expect(() => fromCsv("1,2", { seperator: ";" } as object)).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: fromCsv: unknown option "seperator"
        help: did you mean "separator"?]
    `);
  });
});
