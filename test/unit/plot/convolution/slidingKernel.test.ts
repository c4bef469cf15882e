import { expect, test } from "vitest";
import { slidingKernel } from "../../../../src/plot/convolution/slidingKernel.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("correlation and convolution differ by the turned kernel", () => {
  // at position 0: 1·1 + 2·10 = 21 as it is, 1·10 + 2·1 = 12 turned over
  const sums = (mode: "correlation" | "convolution"): string[] =>
    svgTexts(slidingKernel({ signal: [1, 2, 3], kernel: [1, 10] }, { mode }).svg).filter((text) =>
      text.startsWith("sum"),
    );
  expect(sums("correlation")).toEqual(["sum of products = 21", "sum of products = 32"]);
  expect(sums("convolution")).toEqual(["sum of products = 12", "sum of products = 23"]);
});

test("four positions by default, first and last among them", () => {
  const texts = svgTexts(
    slidingKernel({ signal: [1, 2, 3, 4, 5, 6, 7, 8], kernel: [1, 1] }, { mode: "correlation" }).svg,
  );
  expect(texts.filter((text) => text.startsWith("position"))).toEqual([
    "position 2",
    "position 4",
    "position 6",
  ]);
});

test("a kernel longer than the signal", () =>
  expect(() => slidingKernel({ signal: [1], kernel: [1, 2] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: slidingKernel: kernel must be at most as long as the signal (1), got 2]`,
  ));
test("a position outside", () =>
  expect(() =>
    slidingKernel({ signal: [1, 2], kernel: [1] }, { positions: [2] }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: slidingKernel: positions must be whole numbers from 0 to 1, got 2]`,
  ));
