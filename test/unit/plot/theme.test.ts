import { expect, test } from "vitest";
import {
  channels,
  luminance,
  palette,
  seriesStyle,
  seriesStyles,
  textColor,
  textOn,
} from "../../../src/plot/theme.js";

test("luminance follows WCAG: black 0, white 1, sRGB red 0.2126", () => {
  expect(luminance("#000000")).toBe(0);
  expect(luminance("#ffffff")).toBeCloseTo(1, 12);
  expect(luminance("#ff0000")).toBeCloseTo(0.2126, 12);
});

test("textColor reaches a contrast of 4.5 on white for every color of the palette", () => {
  for (const color of palette)
    expect(1.05 / (luminance(textColor(color)) + 0.05)).toBeGreaterThanOrEqual(4.5);
  expect(textColor("#000000")).toBe("#000000");
});

test("textOn is dark on light and light on dark", () =>
  expect([textOn("#ffffff"), textOn("#08306b")]).toEqual(["#1f2328", "#ffffff"]));

test("an optimizer has one color, however it is written and wherever it stands", () => {
  expect(seriesStyle("Adam", 5)).toEqual({ color: "#D55E00" });
  expect(seriesStyles(["a", "b", "SGD + momentum"])[2]).toEqual(seriesStyle("momentum", 0));
});

test("no two series of one chart look alike, fixed names included", () => {
  const names = ["SGD", "Adam", "one", "two", "three", "four", "five", "six", "seven", "eight"];
  const looks = seriesStyles(names).map(({ color, dash }) => `${color} ${dash ?? ""}`);
  expect(new Set(looks).size).toBe(names.length);
});

test("channels reads hexadecimal colors", () => expect(channels("#0a10ff")).toEqual([10, 16, 255]));

test("the colors of the palette differ in lightness or hue for people without red-green vision", () => {
  // A rough model of deuteranopia: red and green are one mixed signal, blue stays.
  const seen = palette.map((color) => {
    const [r, g, b] = channels(color);
    return [0.625 * r + 0.375 * g, b] as const;
  });
  for (let i = 0; i < seen.length; i++)
    for (let j = 0; j < i; j++)
      expect(
        Math.hypot(seen[i]![0] - seen[j]![0], seen[i]![1] - seen[j]![1]),
        `${palette[i]} ${palette[j]}`,
      ).toBeGreaterThan(12);
});
