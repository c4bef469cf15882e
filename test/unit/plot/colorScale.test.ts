import { expect, test } from "vitest";
import { colorKinds, colorScale, toHex } from "../../../src/plot/colorScale.js";
import { luminance } from "../../../src/plot/theme.js";

test("gray runs from black to white", () => {
  const scale = colorScale("gray", 0, 2);
  expect([scale.hex(0), scale.hex(1), scale.hex(2), scale.hex(5)]).toEqual([
    "#000000",
    "#808080",
    "#ffffff",
    "#ffffff",
  ]);
});

test("diverging is centered on 0: blue below, red above", () => {
  const scale = colorScale("diverging", -1, 4);
  expect(scale.domain).toEqual([-4, 4]);
  const [negative, positive] = [scale.rgb(-4), scale.rgb(4)];
  expect(negative[2]).toBeGreaterThan(negative[0]);
  expect(positive[0]).toBeGreaterThan(positive[2]);
});

test.each(["gray", "sequential"] as const)("%s gets lighter from low to high, amount darker", (kind) => {
  const lightness = [0, 0.25, 0.5, 0.75, 1].map((value) => luminance(colorScale(kind, 0, 1).hex(value)));
  expect(lightness).toEqual([...lightness].sort((a, b) => a - b));
  const amount = [0, 0.25, 0.5, 0.75, 1].map((value) => luminance(colorScale("amount", 0, 1).hex(value)));
  expect(amount).toEqual([...amount].sort((a, b) => b - a));
});

test("what is not finite is magenta, which no scheme has", () => {
  for (const kind of colorKinds) expect(colorScale(kind, 0, 1).hex(Number.NaN)).toBe("#ff00c8");
});

test("an empty range does not divide by zero", () => expect(colorScale("gray", 3, 3).hex(3)).toBe("#000000"));

test("toHex pads", () => expect(toHex([0, 10, 255])).toBe("#000aff"));
