import { expect, test } from "vitest";
import { fitPanel, readFitFrame } from "../../../../src/plot/training/fitPanel.js";

test("curves are sorted by x with their values", () => {
  const fit = readFitFrame("fits", { x: [2, 0, 1], y: [4, 0, 1] });
  expect(fit.read("c", [20, 0, 10])).toEqual({ xs: [0, 1, 2], rows: [[0, 10, 20]] });
});

test("a function is drawn on 200 even steps, a matrix is several fits", () => {
  const fit = readFitFrame("fits", { x: [0, 1], y: [0, 1] });
  const curve = fit.read("c", (x) => 2 * x);
  expect([curve.xs.length, curve.xs.at(-1), curve.rows[0]!.at(-1)]).toEqual([200, 1, 2]);
  expect(
    fit.read("c", [
      [1, 2],
      [3, 4],
      [5, 6],
    ]).rows,
  ).toHaveLength(3);
  expect(fit.read("c", [[1], [2]]).rows).toEqual([[1, 2]]);
});

test("the axes follow dots and truth, not the curves", () => {
  const fit = readFitFrame("fits", { x: [0, 1], y: [0, 1], truth: [0, 2] });
  expect(fit.yDomain[1]).toBeLessThan(3);
  const panel = fitPanel(fit, [{ curve: fit.read("c", [0, 1e12]), style: { color: "#0072B2" } }], {
    width: 200,
    height: 100,
    xLabel: "x",
    yLabel: "y",
  });
  expect(panel.content).not.toMatch(/\d{6}/);
});

test("a curve of another length", () =>
  expect(() =>
    readFitFrame("fits", { x: [0, 1], y: [0, 1] }).read("curves.Adam", [1, 2, 3]),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: fits: curves.Adam must have one value for each curve position (2), got 3
      help: give curveX, the positions of the curves]
  `));
test("y of another length", () =>
  expect(() => readFitFrame("fits", { x: [0, 1], y: [0] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: fits: y must have one value for each of x (2), got 1]`,
  ));
test("no data", () =>
  expect(() => readFitFrame("fits", null as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: fits: data must be an object {x, y, ...}, got null]`,
  ));
