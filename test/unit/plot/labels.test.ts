import { describe, expect, test } from "vitest";
import type { ChartPanel } from "../../../src/plot/chart.js";
import { endLabelMargin, endLabels, legend, spread } from "../../../src/plot/labels.js";

describe("spread", () => {
  test("leaves positions alone that are far enough apart", () =>
    expect(spread([10, 50, 90], 10, 0, 100)).toEqual([10, 50, 90]));
  test("moves a colliding pair apart around its mean", () =>
    expect(spread([50, 52], 10, 0, 100)).toEqual([46, 56]));
  test("keeps the order of the input in the output", () =>
    expect(spread([52, 50], 10, 0, 100)).toEqual([56, 46]));
  test("a group that grows into its neighbor takes it in", () =>
    expect(spread([50, 50, 58], 10, 0, 100)).toEqual([
      42.666666666666664, 52.666666666666664, 62.666666666666664,
    ]));
  test("stays within the edges", () => {
    expect(spread([99, 100], 10, 0, 100)).toEqual([90, 100]);
    expect(spread([0, 1], 10, 0, 100)).toEqual([0, 10]);
  });
  test("nothing in, nothing out", () => expect(spread([], 10, 0, 100)).toEqual([]));
});

const panel = { left: 40, right: 200, top: 10, bottom: 110 } as ChartPanel;

test("endLabels writes each name right of the axes in a readable shade of its color", () => {
  const drawn = endLabels(panel, [{ label: "a", x: 200, y: 50, color: "#E69F00" }]);
  expect(drawn).toContain('x="210"');
  expect(drawn).not.toContain('fill="#E69F00"');
  expect(drawn).not.toContain("<path");
});

test("endLabels draws a leader when a label had to move", () => {
  const drawn = endLabels(panel, [
    { label: "a", x: 200, y: 50, color: "#0072B2" },
    { label: "b", x: 200, y: 51, color: "#D55E00" },
  ]);
  expect(drawn.match(/<path/g)).toHaveLength(2);
});

test("endLabelMargin makes room for the longest name", () => {
  expect(endLabelMargin([])).toBe(14);
  expect(endLabelMargin(["a", "a longer name"])).toBeGreaterThan(endLabelMargin(["a"]));
});

test("legend wraps at its width", () => {
  const items = Array.from({ length: 6 }, (_, i) => ({ label: `series ${i}`, color: "#0072B2" }));
  expect(legend(items, 10_000).height).toBe(18);
  expect(legend(items, 200).height).toBeGreaterThan(18);
  expect(legend([{ label: "a", color: "#0072B2", mark: "triangle" }], 100).content).toContain("<path");
});
