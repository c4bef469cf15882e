import { expect, test } from "vitest";
import { checkName } from "../../../src/check/subject.js";

test("a name is a text that is not empty", () => {
  expect(() => checkName("check.reference", "sum")).not.toThrow();
  expect(() => checkName("check.reference", 3)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: check.reference: name must be a text, got 3]`,
  );
  expect(() => checkName("check.reference", "")).toThrow(TypeError);
});
