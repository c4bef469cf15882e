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

/** CIE L*a*b* of a color as it is seen with a deficiency: Machado, Oliveira and Fernandes 2009, severity 1. */
const deficiencies: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
function labAs(matrix: readonly (readonly [number, number, number])[], color: string): number[] {
  const linear = channels(color).map((value) => {
    const v = value / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  });
  const [r, g, b] = matrix.map((row) =>
    Math.min(1, Math.max(0, row[0] * linear[0]! + row[1] * linear[1]! + row[2] * linear[2]!)),
  ) as [number, number, number];
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

test.each(Object.keys(deficiencies))(
  "any two optimizers can be told apart by color, deficiency %s",
  (kind) => {
    const names =
      "SGD momentum Nesterov Adagrad Adadelta RMSprop Adam AMSGrad Adamax NAdam AdamW RAdam AdamP SGDP";
    const seen = names
      .split(" ")
      .map((name) => ({ name, lab: labAs(deficiencies[kind]!, seriesStyle(name, 0).color) }));
    for (const [i, a] of seen.entries())
      for (const b of seen.slice(0, i)) {
        const distance = Math.hypot(...a.lab.map((value, k) => value - b.lab[k]!));
        // 2.3 is a just noticeable difference of adjacent areas; thin lines need several times that
        expect(distance, `${a.name} and ${b.name}`).toBeGreaterThan(9);
      }
  },
);
