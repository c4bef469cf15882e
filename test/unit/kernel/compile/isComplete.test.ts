import { describe, expect, test } from "vitest";
import { isComplete, nextIndent } from "../../../../kernel/compile/isComplete.js";

describe("isComplete", () => {
  test.each([
    "",
    "1 + 1",
    "let x = 1",
    "function f() { return 1 }",
    "if (a) { b }",
    "await (x)",
    "for await (const a of b) c",
    "`a\nb`",
    "/* a */",
    "const x: string = 1", // types are not its business
    "class A { m() {} }",
    "label: for (;;) { break label }",
  ])("%j is complete", (source) => {
    expect(isComplete(source)).toEqual({ status: "complete" });
  });

  test.each([
    ["function f() {", "  "],
    ["if (a) {\n  b(", "    "],
    ["[1, 2,", "  "],
    ["foo(", "  "],
    ["1 +", ""],
    ["let x =", ""],
    ["`abc", ""],
    ["/* abc", ""],
    ["class A {\n  m() {", "    "],
    ["const f = () =>", ""],
    ["a ? b :", ""],
    ["switch (x) {", "  "],
    ["({ a: 1,", "  "],
    ["import { a", "  "],
    ["'abc\\", ""],
    ["try {\n  a()\n}", ""],
  ])("%j is incomplete; the next line starts with %j", (source, indent) => {
    expect(isComplete(source)).toEqual({ status: "incomplete", indent });
  });

  test.each([
    "let 1 = x",
    "1 2",
    ")",
    "function () {}",
    "if a then b",
    "let x = ; let y",
    "'abc",
    '"abc\n',
    "a b c (",
  ])("%j is invalid", (source) => {
    expect(isComplete(source)).toEqual({ status: "invalid" });
  });
});

test.each([
  ["  foo({", "    "],
  ["foo({ a })", ""],
  ["  }", "  "],
  ["'{'", ""],
])("nextIndent(%j) is %j", (source, expected) => {
  expect(nextIndent(source)).toBe(expected);
});
