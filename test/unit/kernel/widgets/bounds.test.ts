import { expect, test } from "vitest";
import { fitBounds } from "../../../../kernel/widgets/bounds.js";
import { models } from "../../../../kernel/widgets/models.js";

const fitted = (kind: string, state: object, changes: object): unknown => {
  const model = models[kind];
  if (model === undefined) throw new Error(kind);
  return fitBounds(kind, model, { ...state, ...changes }, { ...changes });
};

test("new bounds move a value that nobody asked for", () => {
  expect(fitted("IntSlider", { min: 0, max: 100, value: 0 }, { min: 5 })).toEqual({ value: 5 });
  expect(fitted("FloatSlider", { min: 0, max: 100, value: 50 }, { max: 0.5 })).toEqual({ value: 0.5 });
  expect(fitted("FloatRangeSlider", { min: 0, max: 100, value: [10, 90] }, { max: 50 })).toEqual({
    value: [10, 50],
  });
});

test("nothing changes for a value inside, another attribute, or a widget without bounds", () => {
  expect(fitted("IntSlider", { min: 0, max: 10, value: 3 }, { max: 8 })).toEqual({});
  expect(fitted("IntSlider", { min: 0, max: 10, value: 30 }, { description: "n" })).toEqual({});
  expect(fitted("Text", { value: "x" }, { value: "y" })).toEqual({});
  expect(fitted("FloatsInput", { min: null, max: null, value: [3] }, { value: [5] })).toEqual({});
});

test("a logarithmic slider is bounded by powers; rounding is no mistake", () => {
  expect(fitted("FloatLogSlider", { base: 10, min: -3, max: 0, value: 1 }, { value: 0.001 })).toEqual({});
  expect(fitted("FloatLogSlider", { base: 10, min: -3, max: 0, value: 1 }, { max: -1 })).toEqual({
    value: 0.1,
  });
  // 3 * 0.1 is above 0.3 by 5.6e-17
  expect(fitted("FloatSlider", { min: 0, max: 0.3, value: 0 }, { value: 3 * 0.1 })).toEqual({});
});

test("a value that was asked for and bounds in the wrong order are refused", () => {
  expect(() =>
    fitted("IntSlider", { min: 0, max: 10, value: 0 }, { value: 11 }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: IntSlider.value: must be between 0 and 10, got 11
      help: set min and max first, or together with the value]
  `);
  expect(() =>
    fitted("IntSlider", { min: 0, max: 10, value: 0 }, { min: 20 }),
  ).toThrowErrorMatchingInlineSnapshot(`[RangeError: IntSlider: min must not be above max, got 20 and 10]`);
});
