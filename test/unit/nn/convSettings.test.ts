import { expect, test } from "vitest";
import { checkLayerChannels, perAxis, showSettings, showSizes } from "../../../src/nn/convSettings.js";

test("perAxis repeats one number and takes one per axis", () => {
  expect(perAxis("Conv2d", "kernelSize", 3, 2)).toEqual([3, 3]);
  expect(perAxis("Conv2d", "kernelSize", [3, 5], 2)).toEqual([3, 5]);
  expect(() => perAxis("Conv2d", "kernelSize", [3, 0], 2)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: Conv2d: kernelSize must be a whole number above 0, or 2 of them, got [3, 0]]`,
  );
});

test("showSizes names equal sizes once", () => {
  expect(showSizes([3, 3])).toBe("3");
  expect(showSizes([3, 5, 3])).toBe("3x5x3");
});

test("showSettings leaves out defaults", () => {
  expect(
    showSettings({ stride: 2, padding: 0, dilation: [1, 2] }, { stride: 1, padding: 0, dilation: 1 }),
  ).toBe(", stride 2, dilation 1x2");
});

test("checkLayerChannels wants whole numbers that groups divides", () => {
  expect(() => checkLayerChannels("Conv1d", 4, 6, 2)).not.toThrow();
  expect(() => checkLayerChannels("Conv1d", 0, 6, 1)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: Conv1d: inChannels must be a whole number at least 1, got 0]`,
  );
  expect(() => checkLayerChannels("Conv1d", 4, 6, 4)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: Conv1d: groups must divide both channel counts, got groups 4 for inChannels 4 and outChannels 6]`,
  );
});
