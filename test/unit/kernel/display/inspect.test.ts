import { expect, test } from "vitest";
import { plainText } from "../../../../kernel/display/inspect.js";

test.each([
  ["0.5", 0.5],
  ["'a'", "a"],
  ["-0", -0],
  ["1n", 1n],
  ["null", null],
  ["[ 1, [ 2 ] ]", [1, [2]]],
  ["Map(1) { 'a' => 1 }", new Map([["a", 1]])],
])("plainText gives %s", (expected, value) => {
  expect(plainText(value)).toBe(expected);
});

test("plainText shows four levels, 100 items and 10,000 characters", () => {
  expect(plainText({ a: { b: { c: { d: { e: {} } } } } })).toContain("d: { e: {} }");
  expect(plainText({ a: { b: { c: { d: { e: { f: 1 } } } } } })).toContain("e: [Object]");
  expect(plainText(Array.from({ length: 120 }, () => 1))).toContain("... 20 more items");
  expect(plainText("x".repeat(10_005))).toMatch(/x{10000}'\.\.\. 5 more characters$/);
});

test("plainText names a value whose inspection throws", () => {
  const value = {
    [Symbol.for("nodejs.util.inspect.custom")]() {
      throw new Error("no");
    },
  };
  expect(plainText(value)).toBe("[value that cannot be shown: no]");
});
