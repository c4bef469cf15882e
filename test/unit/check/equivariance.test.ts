import { expect, test } from "vitest";
import { equivariance } from "../../../src/check/equivariance.js";
import { NotFilledIn } from "../../../src/check/notFilledIn.js";
import { crossCorrelate } from "../../../src/conv/convolve.js";

const x = [2, 7, 1, 8, 2, 8, 1, 8, 2, 8];
const blur = (values: number[]): number[] =>
  Array.from(crossCorrelate(values, [1, 2, 4], { mode: "same" }).data);

test("has the expected defaults: shift 1, borders included", () => {
  expect(equivariance("e", (v) => v, x).detail).toBe("10 outputs, shifted by 1");
  expect(equivariance("e", (v) => v, x).passed).toBe(true);
});

test("a convolution is equivariant in the interior, not at the border", () => {
  expect(equivariance("e", blur, x, { border: 1 }).passed).toBe(true);
  expect(equivariance("e", blur, x, { shift: 3, border: 3 }).passed).toBe(true);
  const report = equivariance("e", blur, x);
  expect([report.passed, report.worst!.place]).toEqual([false, "[0]"]);
  // at place 0 the shifted signal 0, 2, 7 … gives 1·0 + 2·0 + 4·2 = 8, the shifted result 0
  expect(report.worst).toMatchObject({ expected: "0", got: "8" });
});

test("a stride breaks it, and so does a function of the place; the place is counted from the first output", () => {
  expect(equivariance("e", (v) => v.filter((_, i) => i % 2 === 0), x, { border: 1 }).passed).toBe(false);
  const ramp = equivariance("e", (v) => v.map((value, i) => (i === 4 ? value + 1 : value)), x, { border: 3 });
  expect(ramp.worst!.place).toMatch(/^\[[45]\]$/);
});

test("what f throws is the report; a blank is thrown on", () => {
  const fails = (error: Error) => () =>
    equivariance(
      "e",
      () => {
        throw error;
      },
      x,
    );
  expect(fails(new Error("no"))().message).toBe("the answer stopped with Error: no");
  expect(fails(new NotFilledIn("N01-a"))).toThrow(NotFilledIn);
});

test("rejects shifts and borders that leave nothing", () => {
  expect(() => equivariance("e", blur, x, { border: 5 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: check.equivariance: border must leave at least one of 10 outputs, got 5]`,
  );
  expect(() => equivariance("e", blur, x, { shift: 10 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: check.equivariance: shift must be whole, from 0 to 9, got 10]`,
  );
});
