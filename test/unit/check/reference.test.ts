import { expect, test } from "vitest";
import { NotFilledIn } from "../../../src/check/notFilledIn.js";
import { reference, thrown } from "../../../src/check/reference.js";

test("has the expected defaults: tolerance of the number type", () => {
  expect(reference("r", 1 + 0.9e-9, 1).passed).toBe(true);
  expect(reference("r", 1 + 1.2e-9, 1).passed).toBe(false);
  expect(reference("r", 1.1, 1, { rtol: 0.2 }).passed).toBe(true);
  expect(reference("r", 1.1, 1, { atol: 0.05 }).passed).toBe(false);
});

test("a wrong result says what was expected, what came, where, and names a known mistake", () => {
  const report = reference("weight gradient", () => [357, 235, 123], [123, 235, 357]);
  expect(report.toJSON()).toEqual({
    kind: "reference",
    name: "weight gradient",
    passed: false,
    message: "expected 123 at [0], got 357 (2 of 3 numbers are wrong)",
    diagnosis:
      "Your result equals the expected one flipped: convolution and correlation are exchanged somewhere.",
    expected: "[123, 235, 357]",
    got: "[357, 235, 123]",
    worst: { place: "[0]", expected: "123", got: "357", error: 234 },
    detail: "3 numbers",
  });
  expect(report.outputs).toEqual([[357, 235, 123]]);
});

test("what the answer throws is the report; a blank is thrown on", () => {
  const broken = reference(
    "r",
    () => {
      throw new TypeError("x is undefined");
    },
    1,
  );
  expect([broken.kind, broken.passed, broken.message]).toEqual([
    "error",
    false,
    "the answer stopped with TypeError: x is undefined",
  ]);
  expect(() =>
    reference(
      "r",
      () => {
        throw new NotFilledIn("N03-a");
      },
      1,
    ),
  ).toThrow(NotFilledIn);
  expect(thrown("r", "text").got).toBe('"text"');
});

test("rejects unknown options", () => {
  expect(() => reference("r", 1, 1, { tolerance: 1 } as never)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: check.reference: unknown option "tolerance"
      help: the options are rtol, atol]
  `);
});
