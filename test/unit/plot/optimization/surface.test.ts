import { expect, test } from "vitest";
import { readSurface, surfacePanel } from "../../../../src/plot/optimization/surface.js";

test("a function is sampled over its own domain, or the one asked for", () => {
  const f = Object.assign((x: number, y: number): number => x + 10 * y, {
    xDomain: [0, 1] as const,
    yDomain: [0, 2] as const,
    minima: [[0, 0]],
  });
  const surface = readSurface("contour", f, { resolution: 5 });
  expect([surface.xs, surface.ys, surface.minima]).toEqual([
    [0, 0.25, 0.5, 0.75, 1],
    [0, 0.5, 1, 1.5, 2],
    [[0, 0]],
  ]);
  expect(surface.z[1]![2]).toBe(0.5 + 5);
  expect(readSurface("contour", f, { resolution: 4, xDomain: [3, 6] }).xs).toEqual([3, 4, 5, 6]);
});

test("levels are drawn as lines, between them as shades", () => {
  const panel = surfacePanel(
    readSurface("contour", (x, y) => x * x + y * y, { resolution: 20 }),
    { width: 200, height: 200, xLabel: "a", yLabel: "b" },
  );
  expect(panel.content).toContain('aria-label="contour"');
  expect(panel.content.match(/<image/g)).toHaveLength(1);
});

test("a grid that does not fit", () =>
  expect(() =>
    readSurface("contour", {
      x: [0, 1],
      y: [0, 1, 2],
      z: [
        [1, 2],
        [3, 4],
      ],
    }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: contour: z must have a row for each y and a column for each x, got other sizes
      z [2, 2], y [3], x [2]]
  `));
test("what is no surface", () =>
  expect(() => readSurface("contour", [1, 2] as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: contour: a surface must be a function of x and y, or a grid {x, y, z}, got [1, 2]]`,
  ));
test("a domain turned around", () =>
  expect(() => readSurface("contour", () => 0, { xDomain: [1, 0] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: contour: xDomain and yDomain must be [low, high] with low < high, got [1, 0] and [-2, 2]]`,
  ));
