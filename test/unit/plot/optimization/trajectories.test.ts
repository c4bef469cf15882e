import { expect, test } from "vitest";
import { trajectories } from "../../../../src/plot/optimization/trajectories.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

const surface = (x: number, y: number): number => x * x + y * y;
const path = [
  [1, 1],
  [0.5, 0.5],
  [0, 0],
];

test("paths are named at their ends, a path that leaves ends in a cross", () => {
  const texts = svgTexts(
    trajectories({
      surface,
      paths: {
        SGD: path,
        wild: [
          [1, 1],
          [-9, 9],
          [99, -99],
        ],
      },
    }).svg,
  );
  expect(texts).toEqual(expect.arrayContaining(["start", "SGD", "wild ✕"]));
});

test("NaN ends a path, too", () =>
  expect(
    svgTexts(
      trajectories({
        surface,
        paths: {
          SGD: [
            [1, 1],
            [Number.NaN, 0],
          ],
        },
      }).svg,
    ),
  ).toContain("SGD ✕"));

test("several surfaces stand side by side under one legend", () => {
  const { svg } = trajectories([
    { name: "bowl", surface, paths: { SGD: path } },
    { name: "other", surface, paths: { Adam: path } },
  ]);
  expect(svgTexts(svg).slice(0, 2)).toEqual(["SGD", "Adam"]);
  expect(svgTexts(svg)).toEqual(expect.arrayContaining(["bowl", "other"]));
  expect(svg.match(/<image/g)).toHaveLength(2);
});

test("a path that is not two-dimensional", () =>
  expect(() => trajectories({ surface, paths: { SGD: [[1, 2, 3]] } })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: trajectories: paths.SGD must have shape [steps + 1, 2], got [1, 3]]`,
  ));
test("no surface", () =>
  expect(() => trajectories([])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: trajectories: data must have at least one surface, got none]`,
  ));
test("no path", () =>
  expect(() => trajectories({ surface, paths: {} })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: trajectories: paths must have at least one entry, got {}]`,
  ));
