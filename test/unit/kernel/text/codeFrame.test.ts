import { expect, test } from "vitest";
import { codeFrame } from "../../../../kernel/text/codeFrame.js";

test("codeFrame underlines a place, with the line above", () => {
  expect(codeFrame("let a = 1;\nlet b: string = a;", { line: 1, column: 4, length: 12 })).toEqual([
    "  1 | let a = 1;",
    "  2 | let b: string = a;",
    "    |     ~~~~~~~~~~~~",
  ]);
});

test("codeFrame marks one character with ^, and an empty place too", () => {
  expect(codeFrame("a b", { line: 0, column: 2, length: 1 })).toEqual(["  1 | a b", "    |   ^"]);
  expect(codeFrame("a b", { line: 0, column: 3, length: 0 })).toEqual(["  1 | a b", "    |    ^"]);
});

test("codeFrame ends the underline at the end of the line", () => {
  expect(codeFrame("abc\ndef", { line: 0, column: 1, length: 100 }).at(-1)).toBe("    |  ~~");
});

test("codeFrame skips a blank line above and aligns line numbers", () => {
  const source = `${"\n".repeat(9)}x`;
  expect(codeFrame(source, { line: 9, column: 0, length: 1 })).toEqual(["  10 | x", "     | ^"]);
});

test("codeFrame repeats tabs under the text, so that the mark stands under the place", () => {
  expect(codeFrame("\tx", { line: 0, column: 1, length: 1 })).toEqual(["  1 | \tx", "    | \t^"]);
});

test("codeFrame cuts long lines and draws no mark that would not be under the shown text", () => {
  const frame = codeFrame("x".repeat(500), { line: 0, column: 400, length: 5 });
  expect(frame).toEqual([`  1 | ${"x".repeat(160)}…`]);
});

test("codeFrame of a place outside the text is empty", () => {
  expect(codeFrame("a", { line: 3, column: 0, length: 1 })).toEqual([]);
});
