import { expect, test } from "vitest";
import { line, readLines } from "../../../../src/plot/basic/line.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("readLines takes y alone, x and y, or several by name", () => {
  expect(readLines("line", [5, 6])).toEqual([
    {
      name: "",
      points: [
        [0, 5],
        [1, 6],
      ],
    },
  ]);
  expect(readLines("line", { x: [2, 3], y: [5, 6] })).toEqual([
    {
      name: "",
      points: [
        [2, 5],
        [3, 6],
      ],
    },
  ]);
  expect(
    readLines("line", { a: [1], b: { x: [9], y: [2] } }).map(({ name, points }) => [name, points]),
  ).toEqual([
    ["a", [[0, 1]]],
    ["b", [[9, 2]]],
  ]);
});

test("lines are named at their ends and axes at theirs", () => {
  const texts = svgTexts(line({ up: [0, 1], down: [1, 0] }, { xLabel: "t (s)", yLabel: "v (m/s)" }).svg);
  expect(texts).toEqual(expect.arrayContaining(["up", "down", "t (s)", "v (m/s)"]));
});

test("NaN leaves a gap", () =>
  expect(line([0, 1, Number.NaN, 1, 0]).svg.match(/d="M[^"]*M[^"]*"/)).not.toBeNull());
test("no values", () =>
  expect(() => line([])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: line: y must have at least one value, got none]`,
  ));
test("lengths that differ", () =>
  expect(() => line({ a: { x: [1], y: [1, 2] } })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: line: a.x must have one value for each of y (2), got 1]`,
  ));
test("an unknown scale", () =>
  expect(() => line([1], { xScale: "logarithmic" as never })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: line: xScale must be "linear" or "log", got "logarithmic"]`,
  ));
