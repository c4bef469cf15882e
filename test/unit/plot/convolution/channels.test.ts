import { expect, test } from "vitest";
import { channels } from "../../../../src/plot/convolution/channels.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

const input = { shape: [2, 3, 3], data: Array.from({ length: 18 }, (_, i) => i) };
const weight = { shape: [4, 2, 2, 2], data: Array.from({ length: 32 }, (_, i) => i) };

test("shapes are named, the output from the size formula", () => {
  expect(svgTexts(channels({ input, weight }).svg)).toContain(
    "input [2, 3, 3], weight [4, 2, 2, 2], output [4, 2, 2]",
  );
});

test("a plane for each input channel, the comparison with conv3d below", () => {
  const texts = svgTexts(channels({ input, weight }, { output: 2 }).svg);
  expect(texts).toEqual(expect.arrayContaining(["c = 0", "c = 1", "kernel 2", "output 2 of 4", "conv3d"]));
  expect(svgTexts(channels({ input, weight }, { compare3d: false }).svg)).not.toContain("conv3d");
});

test("channels that do not fit", () =>
  expect(() =>
    channels({ input, weight: { shape: [1, 3, 1, 1], data: [1, 2, 3] } }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: channels: weight must have one plane for each input channel (2), got 3
      input [2, 3, 3], weight [1, 3, 1, 1]]
  `));
test("an output that is not there", () =>
  expect(() => channels({ input, weight }, { output: 4 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: channels: output must be a whole number from 0 to 3, got 4]`,
  ));
test("a weight of another rank", () =>
  expect(() => channels({ input, weight: [[1]] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: channels: weight must have shape [outC, C, kH, kW], got [1, 1]]`,
  ));
