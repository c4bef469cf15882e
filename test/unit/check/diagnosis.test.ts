import { expect, test } from "vitest";
import { diagnose } from "../../../src/check/diagnosis.js";
import { tensor } from "../../../src/tensor/create.js";

const right = [123, 235, 357];

test.each([
  ["flipped", [357, 235, 123], /^Your result equals the expected one flipped: convolution and correlation/],
  ["negated", [-123, -235, -357], /^Your result has the opposite sign everywhere\.$/],
  ["a mean", [41, 235 / 3, 119], /divided by 3: a mean where a sum belongs\.$/],
  ["a sum", [369, 705, 1071], /^Your result is 3 times the expected one: a sum where a mean belongs\.$/],
  ["scaled", [246, 470, 714], /^Your result is 2 times the expected one, everywhere\.$/],
  ["off by a constant", [124, 236, 358], /^Your result is off by the same amount everywhere: 1\.$/],
  ["NaN", [Number.NaN, 235, 357], /^1 of 3 numbers are NaN: an index beyond the end/],
])("names a result that is %s", (_, got, sentence) => {
  expect(diagnose(got, right)).toMatch(sentence);
  expect(diagnose(tensor(got, { dtype: "float64" }), tensor(right, { dtype: "float64" }))).toMatch(sentence);
});

test("names shifts and transposes", () => {
  expect(diagnose([0, 1, 4, 9], [1, 4, 9, 16])).toBe("Your result is the expected one, one place too late.");
  expect(diagnose([4, 9, 16, 0], [1, 4, 9, 16])).toBe(
    "Your result is the expected one, one place too early.",
  );
  expect(
    diagnose(
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ),
  ).toMatch(/transposed/);
});

test("says nothing of the right answer, of an unknown mistake, and where everything would fit", () => {
  expect(diagnose(right, right)).toBe("");
  expect(diagnose([1, 2, 4], right)).toBe("");
  expect(diagnose([5, 5], [7, 7])).toBe("");
  expect(diagnose(2, 1)).toBe("");
  expect(diagnose("x", right)).toBe("");
});
