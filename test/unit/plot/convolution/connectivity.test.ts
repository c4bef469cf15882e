import { expect, test } from "vitest";
import { connectivity } from "../../../../src/plot/convolution/connectivity.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("weights and connections are counted", () => {
  // A kernel of 2 over 4 inputs: 3 outputs, 6 connections, 2 weights.
  const toeplitz = [
    [5, 6, 0, 0],
    [0, 5, 6, 0],
    [0, 0, 5, 6],
  ];
  const dense = [
    [1, 2, 3, 4],
    [5, 6, 7, 8],
    [9, 10, 11, 12],
  ];
  const { svg } = connectivity({ dense, toeplitz });
  expect(svgTexts(svg)).toEqual(
    expect.arrayContaining([
      "Fully connected: 12 weights",
      "Convolution: 2 weights",
      "6 connections share them",
    ]),
  );
  expect(svg.match(/<line/g)).toHaveLength(12 + 6);
});

test("different numbers of inputs", () =>
  expect(() => connectivity({ dense: [[1, 2]], toeplitz: [[1]] })).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: connectivity: dense and toeplitz must have the same number of columns (inputs), got different numbers
      dense [1, 2], toeplitz [1, 1]]
  `));
