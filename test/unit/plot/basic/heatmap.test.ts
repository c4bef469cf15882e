import { expect, test } from "vitest";
import { heatmap } from "../../../../src/plot/basic/heatmap.js";
import { channels } from "../../../../src/plot/theme.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("numbers, names and labels are written", () => {
  const texts = svgTexts(
    heatmap(
      [
        [1, 2],
        [3, 4],
      ],
      { rows: ["r0", "r1"], columns: ["c0", "c1"], xLabel: "λ", yLabel: "degree", colorLabel: "R²" },
    ).svg,
  );
  expect(texts).toEqual(
    expect.arrayContaining(["1", "2", "3", "4", "r0", "r1", "c0", "c1", "λ", "degree", "R²"]),
  );
});

test("values of both signs are centered: blue, nearly white at 0, red", () => {
  const { svg } = heatmap([[-2, 0, 2]], { numbers: false });
  const [negative, zero, positive] = [...svg.matchAll(/width="63"[^>]*fill="(#\w+)"/g)].map(([, fill]) =>
    channels(fill!),
  );
  expect(negative![2]).toBeGreaterThan(negative![0] + 60);
  expect(Math.min(...zero!)).toBeGreaterThan(225);
  expect(positive![0]).toBeGreaterThan(positive![2] + 60);
});

test("names of another number", () =>
  expect(() => heatmap([[1, 2]], { columns: ["a"] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: heatmap: columns must have one name for each of the 2 columns, got 1]`,
  ));
test("ragged rows", () =>
  expect(() => heatmap([[1, 2], [3]])).toThrowErrorMatchingInlineSnapshot(`
  [ShapeError: heatmap: all rows of values must have the same length, got different lengths
    values[0] [2], values[1] [1]]
`));
test("an unknown color", () =>
  expect(() => heatmap([[1]], { color: "jet" as never })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: heatmap: color must be "gray" or "sequential" or "amount" or "diverging", got "jet"]`,
  ));
