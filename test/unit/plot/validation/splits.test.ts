import { expect, test } from "vitest";
import { splits } from "../../../../src/plot/validation/splits.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

const two = [
  { train: [2, 3], test: [0, 1] },
  { train: [0, 1], test: [2, 3] },
];
const fills = (svg: string, color: string): number => svg.split(`fill="${color}"`).length - 1;

test("a row for each fold, a cell for each sample, the numbers at the right", () => {
  const { svg } = splits(two);
  expect(svgTexts(svg).filter((text) => text === "2 + 2")).toHaveLength(2);
  // 4 test cells and one key of the legend
  expect(fills(svg, "#D55E00")).toBe(5);
});

test("samples in neither part are gray and named", () => {
  const { svg } = splits({ train: [0], test: [3] });
  expect(svgTexts(svg)).toContain("not used");
  expect(fills(svg, "#e4e7eb")).toBe(3);
});

test("classes and groups get strips, several splitters their names", () => {
  const texts = svgTexts(
    splits({ kFold: two, other: two }, { labels: ["a", "a", "b", "b"], groups: [0, 1, 0, 1] }).svg,
  );
  expect(texts).toEqual(expect.arrayContaining(["kFold", "other", "class", "group"]));
});

test("many samples are drawn as runs, not cells", () => {
  const indices = (from: number, to: number): number[] =>
    Array.from({ length: to - from }, (_, i) => from + i);
  expect(splits({ train: indices(0, 5000), test: indices(5000, 10_000) }).svg.length).toBeLessThan(5000);
});

test("what is no split", () =>
  expect(() => splits([[1, 2]] as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: splits: data must be splits {train, test}, a list of them, or lists by name, got [[1, 2]]]`,
  ));
test("no splits", () =>
  expect(() => splits([])).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: splits: data must be splits {train, test}, a list of them, or lists by name, got []]`,
  ));
test("labels of another number", () =>
  expect(() => splits(two, { labels: ["a"] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: splits: labels must have an entry for each of the 4 samples, got 1]`,
  ));
