import { expect, test } from "vitest";
import { landscape1d, landscape2d } from "../../../../src/plot/optimization/landscape.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("landscape1d names its curves and marks, accuracy below", () => {
  const texts = svgTexts(
    landscape1d(
      { alpha: [0, 1], loss: { train: [1, 2] }, accuracy: { train: [0.9, 0.8] } },
      { marks: { "small batch": 0 } },
    ).svg,
  );
  expect(texts).toEqual(
    expect.arrayContaining(["train", "loss", "accuracy", "small batch", "position α along the line"]),
  );
  expect(texts.filter((text) => text === "small batch")).toHaveLength(1);
});

test("landscape2d draws the path from ring to dot", () => {
  const { svg } = landscape2d({
    x: [0, 1],
    y: [0, 1],
    z: [
      [0, 1],
      [1, 2],
    ],
    path: [
      [0, 0],
      [1, 1],
    ],
  });
  expect(svg).toContain('aria-label="path"');
  expect(svg.match(/<circle/g)).toHaveLength(2);
});

test("a curve of another length", () =>
  expect(() => landscape1d({ alpha: [0, 1], loss: { train: [1] } })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: landscape1d: loss.train must have one value for each of the positions alpha (2), got 1]`,
  ));
test("z that does not fit", () =>
  expect(() => landscape2d({ x: [0, 1], y: [0], z: [[1]] })).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: landscape2d: z must have a row for each y and a column for each x, got other sizes
      z [1, 1], y [1], x [2]]
  `));
