import { describe, expect, test } from "vitest";
import { toCodePoints, toUtf16Offset } from "../../../../kernel/wire/textPosition.js";

// "𝐚" (U+1D41A) is one code point and two UTF-16 units; "é" as e + U+0301 is two of each
describe.each([
  ["", 0, 0],
  ["abc", 2, 2],
  ["𝐚.b", 1, 2],
  ["𝐚.b", 3, 4],
  ["a𝐚𝐚b", 3, 5],
  ["e\u0301x", 2, 2],
  ["👩‍🔬!", 3, 5],
])("%j", (text, codePoints, units) => {
  test(`${codePoints} code points are ${units} units`, () => {
    expect(toUtf16Offset(text, codePoints)).toBe(units);
    expect(toCodePoints(text, units)).toBe(codePoints);
  });
});

test("positions outside the text are its ends", () => {
  expect(toUtf16Offset("𝐚b", 9)).toBe(3);
  expect(toUtf16Offset("𝐚b", -1)).toBe(0);
  expect(toCodePoints("𝐚b", 9)).toBe(2);
});
