import { expect, test } from "vitest";
import { bootstrapStrips } from "../../../../src/plot/validation/bootstrapStrips.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("each resample says its share of distinct samples", () => {
  expect(
    svgTexts(
      bootstrapStrips({
        n: 4,
        resamples: [
          [0, 0, 1, 3],
          [2, 2, 2, 2],
        ],
      }).svg,
    ),
  ).toEqual(expect.arrayContaining(["75 %", "25 %", "out of bag"]));
});

test("with more than five resamples the mean share is drawn against 1 − 1/e", () => {
  const resamples = Array.from({ length: 6 }, () => [0, 1, 2, 2]);
  expect(svgTexts(bootstrapStrips({ n: 4, resamples }).svg)).toContain("1 − 1/e = 63.2 %");
});

test("an index that is not there", () =>
  expect(() => bootstrapStrips({ n: 2, resamples: [[0, 2]] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: bootstrapStrips: resamples[0] must hold indices from 0 to n − 1 = 1, got 2]`,
  ));
test("no resample", () =>
  expect(() => bootstrapStrips({ n: 2, resamples: [] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: bootstrapStrips: resamples must have at least one list of indices, got []]`,
  ));
