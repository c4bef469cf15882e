import { expect, test } from "vitest";
import { isNotFilledIn, NotFilledIn } from "../../../src/check/notFilledIn.js";

test("names the blank", () => {
  const error = new NotFilledIn("N08-adam");
  expect(`${error}`).toBe("NotFilledIn: N08-adam is not filled in");
  expect(error.blank).toBe("N08-adam");
  expect(error).toBeInstanceOf(Error);
});

test("is known by its name, when it comes from another copy of the library", () => {
  expect(isNotFilledIn(new NotFilledIn("a"))).toBe(true);
  expect(isNotFilledIn({ name: "NotFilledIn", blank: "a" })).toBe(true);
  expect(isNotFilledIn(new Error("NotFilledIn"))).toBe(false);
  expect(isNotFilledIn(null)).toBe(false);
});
