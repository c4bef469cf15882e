import { describe, expect, test } from "vitest";
import { readCell } from "../../../../kernel/compile/cellSyntax.js";

describe("async", () => {
  test.each([
    ["await x", true],
    ["await (async () => 5)()", true],
    ["await [x]", true],
    ["for await (const v of s) v", true],
    ["if (a) { await b }", true],
    ["await using f = open()", true],
    ["class A { [await k]() {} }", true],
    ["let x = 1", false],
    ["async () => { await x }", false],
    ["async function f() { for await (const v of s) v }", false],
    ["class A { async m() { await x } }", false],
    ["class A { p = async () => await x }", false],
    ['"await x"', false],
    ["// await x", false],
  ])("%s: %j", (source, expected) => {
    expect(readCell(source).async).toBe(expected);
  });
});

describe("endsWithExpression", () => {
  test.each([
    ["1 + 1", true],
    ["x;", true],
    ["let a = 1; a", true],
    ["a; interface I {}", true],
    ["a; type T = 1;;", true],
    ["a; declare let b: number", true],
    ["export default a", true],
    ["let a = 1", false],
    ["if (a) { 7 }", false],
    ["class D { @dec m() {} }", false],
    ["function f() {}", false],
    ["", false],
  ])("%s: %j", (source, expected) => {
    expect(readCell(source).endsWithExpression).toBe(expected);
  });
});

describe("source", () => {
  test.each([
    ["export const x = 1", "       const x = 1"],
    ["export default x + 1", "               x + 1"],
    ["export default class A {}", "               class A {}"],
    ["export { a, b };\na", "                \na"],
    ['export { a } from "m"', 'import { a } from "m"'],
    ['export * from "m"', 'export * from "m"'],
    ["namespace N { export const q = 1 }", "namespace N { export const q = 1 }"],
    ["export\nlet x = 1", "      \nlet x = 1"],
  ])("%j has no leading export and keeps its length", (text, expected) => {
    const { source } = readCell(text);
    expect(source).toBe(expected);
    expect(source.length).toBe(text.length);
  });
});

test("comments before the first statement turn checks off", () => {
  expect(readCell("// @ts-nocheck\nlet x: string = 1").unchecked).toBe(true);
  expect(readCell("let x = 1 // @ts-nocheck").unchecked).toBe(false);
  expect(readCell("// @gradbook no-loop-check\nfor (;;) {}").loopChecks).toBe(false);
  expect(readCell("for (;;) {}").loopChecks).toBe(true);
});

test("blanks are identifiers of four or more underscores", () => {
  const text = "let a = ____ + _____;\nlet __ = '____';";
  expect(readCell(text).blanks).toEqual([
    { pos: 8, end: 12 },
    { pos: 15, end: 20 },
  ]);
});
