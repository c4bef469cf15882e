import { describe, expect, test } from "vitest";
import { makeControl } from "../../../../kernel/widgets/controls.js";
import { widgetParts } from "../../../support/widgetParts.js";

const make = (control: unknown, start?: unknown) =>
  makeControl("name", control, start, widgetParts().widgets);
/** Kind and attributes that are not as usual, name and style left out. */
const made = (control: unknown, start?: unknown): unknown => {
  const widget = make(control, start);
  const { description, ...values } = widget.ownValues();
  expect(description).toBe("name");
  return [widget.kindName, values];
};

describe("what is written -> the control", () => {
  test.each<[unknown, string, object]>([
    // middle of 0 … 10
    [[0, 10], "IntSlider", { max: 10, value: 5 }],
    [[1, 9, 2], "IntSlider", { min: 1, max: 9, step: 2, value: 5 }],
    [[1, 2], "IntSlider", { min: 1, max: 2, value: 2 }],
    // a fraction: a hundredth of the range
    [[0, 1], "FloatSlider", { max: 1, step: 0.01, value: 0.5 }],
    // 0.99 / 100 is about 0.01; the middle 0.505 is half a step off: 0.01 + 50 steps
    [[0.01, 1], "FloatSlider", { min: 0.01, max: 1, step: 0.01, value: 0.51 }],
    [[-2, 2, 0.5], "FloatSlider", { min: -2, max: 2, step: 0.5, readoutFormat: ".1f" }],
    [[0, 0.004, 0.001], "FloatSlider", { max: 0.004, step: 0.001, value: 0.002, readoutFormat: ".3f" }],
    [[0, 1, 1], "IntSlider", { max: 1, value: 1 }],
    [["sgd", "adam"], "Dropdown", { options: ["sgd", "adam"], value: "sgd" }],
    [[1, 2, 4, 8], "Dropdown", { options: [1, 2, 4, 8], value: 1 }],
    [[5], "Dropdown", { options: [5], value: 5 }],
    [true, "Checkbox", { indent: false, value: true }],
    ["text", "Text", { value: "text" }],
  ])("%j", (control, kind, values) => {
    expect(made(control)).toEqual([kind, values]);
  });

  test("with a value at the beginning", () => {
    expect(made([0, 10], 3)).toEqual(["IntSlider", { max: 10, value: 3 }]);
    expect(made(["sgd", "adam"], "adam")).toMatchObject(["Dropdown", { value: "adam" }]);
  });

  test("a widget is taken as it is, named when it has no name, and started", () => {
    const parts = widgetParts();
    const slider = parts.make("FloatLogSlider", { min: -3, max: 0 });
    expect(makeControl("rate", slider, 0.1, parts.widgets)).toBe(slider);
    expect([slider.description, slider.value]).toEqual(["rate", 0.1]);
    const named = parts.make("Play", { description: "Go" });
    makeControl("t", named, undefined, parts.widgets);
    expect(named.description).toBe("Go");
  });
});

test.each<[unknown, string]>([
  [
    3,
    "TypeError: interact: control name must be [min, max, step], a list of choices, true or false, a text or a widget, got 3\n  help: [0, 6] makes a slider",
  ],
  [
    null,
    "TypeError: interact: control name must be [min, max, step], a list of choices, true or false, a text or a widget, got null",
  ],
  [[3, 1], "RangeError: interact: slider name needs finite numbers min < max, got [ 3, 1 ]"],
  [[0, Number.NaN], "RangeError: interact: slider name needs finite numbers min < max, got [ 0, NaN ]"],
  [[0, 1, 2], "RangeError: interact: slider name needs a step above 0 and up to max - min, got [ 0, 1, 2 ]"],
  [[0, 1, 0], "RangeError: interact: slider name needs a step above 0 and up to max - min, got [ 0, 1, 0 ]"],
])("%j is refused", (control, message) => {
  let text = "";
  try {
    make(control);
  } catch (error) {
    text = String(error);
  }
  expect(text).toBe(message);
});

test("a widget without a value is refused", () => {
  const parts = widgetParts();
  expect(() =>
    makeControl("n", parts.make("Button"), undefined, parts.widgets),
  ).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: interact: control n must be a widget with a value, got Button]`,
  );
});
