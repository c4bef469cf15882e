import { expect, test } from "vitest";
import { clusters } from "../../../../src/plot/regularization/clusters.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

const square = {
  points: [
    [0, 0],
    [4, 0],
    [0, 2],
    [4, 2],
  ],
  labels: ["cat", "dog", "cat", "dog"],
};
/** One class: no legend, and all marks are circles. */
const one = { ...square, labels: square.labels.map(() => "cat") };
/** Where the circles of a figure stand, in pixels of their panel. */
const places = (svg: string): [number, number][] =>
  [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map((m) => [Number(m[1]), Number(m[2])]);

test("models, notes and classes are named", () =>
  expect(
    svgTexts(clusters({ loose: square, tight: square }, { notes: { tight: "after smoothing" } }).svg),
  ).toEqual(expect.arrayContaining(["loose", "tight", "after smoothing", "cat", "dog"])));

test("a unit is as long on both axes", () => {
  const at = places(clusters(one).svg);
  expect(at).toHaveLength(4);
  const [xs, ys] = [0, 1].map((axis) => at.map((place) => place[axis]!)) as [number[], number[]];
  // The rectangle is 4 wide and 2 high.
  expect((Math.max(...xs) - Math.min(...xs)) / (Math.max(...ys) - Math.min(...ys))).toBeCloseTo(2, 2);
});

test("shared axes keep sizes comparable, own axes do not", () => {
  const small = { ...one, points: one.points.map((row) => row.map((value) => value / 4)) };
  const width = (range: "each" | "shared"): number => {
    const xs = places(clusters({ one, small }, { range }).svg).map(([x]) => x);
    const [first, second] = [xs.slice(0, 4), xs.slice(4)];
    return (Math.max(...second) - Math.min(...second)) / (Math.max(...first) - Math.min(...first));
  };
  expect(width("shared")).toBeCloseTo(0.25, 2);
  expect(width("each")).toBeCloseTo(1, 2);
});

test("points that are not in a plane", () =>
  expect(() => clusters({ points: [[1, 2, 3]], labels: [0] })).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: clusters: points must be [n, 2], got [1, 3]
      help: project the activations to a plane first]
  `));
test("another number of labels", () =>
  expect(() => clusters({ a: { points: [[1, 2]], labels: [] } })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: clusters: a.labels must have one entry for each point (1), got 0]`,
  ));
test("an unknown range", () =>
  expect(() => clusters(square, { range: "all" as "each" })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: clusters: range must be "each" or "shared", got "all"]`,
  ));
