import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CellMetadata } from "../../../../grader/format/cellMetadata.js";
import { cellChecksum, pythonFloat } from "../../../../grader/format/checksum.js";
import { code } from "../../../support/notebooks.js";

const md5 = (text: string): string => createHash("md5").update(text, "utf8").digest("hex");

const grading = (flags: Partial<CellMetadata>): CellMetadata => ({
  schema_version: 3,
  grade: false,
  solution: false,
  locked: false,
  task: false,
  grade_id: "a",
  ...flags,
});

describe("cellChecksum", () => {
  test("hashes source, type, flags, id, and the points of a graded cell", () => {
    expect(cellChecksum(code("x"), grading({ grade: true, points: 2 }))).toBe(md5("xcodeTrueFalseTruea2.0"));
    expect(cellChecksum(code("x"), grading({ locked: true }))).toBe(md5("xcodeFalseFalseTruea"));
  });

  test("takes locked as false in a solution cell and as true in a graded one", () => {
    expect(cellChecksum(code("x"), grading({ solution: true, locked: true }))).toBe(
      md5("xcodeFalseTrueFalsea"),
    );
    expect(cellChecksum(code("x"), grading({ grade: true, solution: true, points: 1 }))).toBe(
      md5("xcodeTrueTrueFalsea1.0"),
    );
  });

  test("refuses half a surrogate pair, which Python cannot encode", () => {
    expect(() => cellChecksum(code("\ud83d"), grading({}))).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: cellChecksum: source must be well-formed text, cell "a" has half a surrogate pair]`,
    );
  });
});

describe("pythonFloat", () => {
  // printed by Python 3.11: [str(float(x)) for x in …]
  test.each([
    [0, "0.0"],
    [-0, "-0.0"],
    [2, "2.0"],
    [0.5, "0.5"],
    [1 / 3, "0.3333333333333333"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [2.5e-7, "2.5e-07"],
    [1e15, "1000000000000000.0"],
    [1e16, "1e+16"],
    [1.5e16, "1.5e+16"],
    [1e22, "1e+22"],
    [5e-324, "5e-324"],
    [123456789.5, "123456789.5"],
  ])("%d is %s", (x, expected) => expect(pythonFloat(x)).toBe(expected));

  test("reads back as the same number", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(Number(pythonFloat(x))).toBe(x);
        expect(pythonFloat(x)).toMatch(/^-?\d+(\.\d+)?(e[-+]\d{2,3})?$/);
      }),
    );
  });

  test("refuses what is not finite", () => {
    expect(() => pythonFloat(Number.NaN)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: pythonFloat: the number must be finite, got NaN]`,
    );
  });
});
