import { expect, test } from "vitest";
import { boundaryPanel, classMarks, readPoints } from "../../../../src/plot/validation/boundaryPanel.js";

const set = readPoints("decisionBoundary", {
  x: [
    [0, 0],
    [1, 1],
    [2, 0],
  ],
  labels: [5, 2, 5],
});
const size = { width: 200, height: 200, xLabel: "a", yLabel: "b" };

test("classes are sorted, the axes hold all points", () => {
  expect(set.classes).toEqual([2, 5]);
  expect(set.xDomain[0]).toBeLessThan(0);
  expect(set.xDomain[1]).toBeGreaterThan(2);
});

test("a point has the outline of its class and the radius asked for", () => {
  const { content } = boundaryPanel("f", set, undefined, { ...size, radius: (i) => 3 + i });
  // Class 2 comes first and is round, class 5 is square: side 1.8·r, for the points 0 and 2 of radius 3 and 5.
  expect([...content.matchAll(/h([\d.]+)v/g)].map(([, side]) => side)).toEqual(["5.4", "9.0"]);
  expect(content).toContain("a4.0,4.0");
  expect(classMarks).toHaveLength(3);
});

test("the classifier is asked once, for a grid over the axes", () => {
  const asked: number[][][] = [];
  boundaryPanel(
    "f",
    set,
    (points) => {
      asked.push(points);
      return points.map(() => 2);
    },
    size,
  );
  expect(asked).toHaveLength(1);
  expect(asked[0]![0]).toEqual([set.xDomain[0], set.yDomain[1]]);
  expect(asked[0]!.at(-1)).toEqual([set.xDomain[1], set.yDomain[0]]);
});

test("a classifier that forgets points", () =>
  expect(() => boundaryPanel("decisionBoundary", set, () => [1], size)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: decisionBoundary: a classifier must return one class for each point (8100), got 1]`,
  ));
test("points with three features", () =>
  expect(() =>
    readPoints("decisionBoundary", { x: [[1, 2, 3]], labels: [0] }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: decisionBoundary: x must have shape [n, 2], got [1, 3]]`,
  ));
test("labels of another number", () =>
  expect(() =>
    readPoints("decisionBoundary", { x: [[1, 2]], labels: [0, 1] }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: decisionBoundary: labels must have one class for each point (1), got 2]`,
  ));
