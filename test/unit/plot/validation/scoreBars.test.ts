import { expect, test } from "vitest";
import { scoreBars } from "../../../../src/plot/validation/scoreBars.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

const data = { noise: { outside: [0.9, 0.8], inside: [0.5, 0.5] }, walk: { shuffled: 0.97 } };

test("groups share an axis; the honest value is a line where it is known", () => {
  const texts = svgTexts(scoreBars(data, { honest: { noise: 0.5 } }).svg);
  // mean 0.85, deviations ±0.05, sample standard deviation 0.0707
  expect(texts).toEqual(expect.arrayContaining(["noise", "walk", "0.85 ± 0.071", "0.97", "honest: 0.5"]));
  const ticks = (text: string): number => texts.filter((other) => other === text).length;
  expect(ticks("0.6")).toBe(2);
});

test("an honest value of a group that is not there", () =>
  expect(() => scoreBars(data, { honest: { nosie: 0.5 } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: scoreBars: honest must name groups (noise, walk), got "nosie"]`,
  ));
test("no group", () =>
  expect(() => scoreBars({})).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: scoreBars: data must have at least one entry, got {}]`,
  ));
