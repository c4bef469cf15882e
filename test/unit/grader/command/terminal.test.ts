import { expect, test } from "vitest";
import { formatDuration } from "../../../../grader/command/terminal.js";

test.each([
  [0, "0.0 s"],
  [449, "0.4 s"],
  [9949, "9.9 s"],
  [9950, "10 s"],
  [59_400, "59 s"],
  [59_600, "1 min 00 s"],
  [185_000, "3 min 05 s"],
])("formatDuration(%d) is %s", (ms, expected) => {
  expect(formatDuration(ms)).toBe(expected);
});
