import { expect, test } from "vitest";
import { decisionBoundary } from "../../../../src/plot/validation/decisionBoundary.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

const data = {
  x: [
    [0, 0],
    [1, 1],
  ],
  labels: [0, 1],
};
const half = (points: number[][]): number[] => points.map(([x]) => (x! > 0.5 ? 1 : 0));

test("several classifiers stand side by side with notes", () => {
  const { svg } = decisionBoundary(
    { ...data, predict: { tree: half, forest: half } },
    { notes: { tree: "accuracy 1" }, classes: ["cat", "dog"] },
  );
  expect(svgTexts(svg)).toEqual(expect.arrayContaining(["tree", "forest", "accuracy 1", "cat", "dog"]));
  expect(svg.match(/aria-label="regions"/g)).toHaveLength(2);
});

test("probabilities are shaded, classes are flat", () => {
  const colors = (predict: (points: number[][]) => number[]): number =>
    decisionBoundary({ ...data, predict }).svg.length;
  expect(colors((points) => points.map(([x]) => Math.max(0, Math.min(1, x!))))).toBeGreaterThan(colors(half));
});

test("no classifier", () =>
  expect(() => decisionBoundary({ ...data, predict: {} })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: decisionBoundary: predict must have at least one entry, got {}]`,
  ));
test("a height of nothing", () =>
  expect(() =>
    decisionBoundary({ ...data, predict: half }, { height: 0 }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: decisionBoundary: height must be a finite number from 60 to 4000, got 0]`,
  ));
