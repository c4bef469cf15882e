import { describe, expect, test } from "vitest";
import { type Control, makeControls } from "../../../../kernel/widgets/controls.js";
import { widgetParts } from "../../../support/widgetParts.js";

const makeOne = (name: string, control: unknown, start: unknown, { widgets } = widgetParts()): Control => {
  const made = makeControls({ [name]: control }, start === undefined ? {} : { [name]: start }, widgets)[name];
  if (made === undefined) throw new Error("no control");
  return made;
};
const make = (control: unknown, start?: unknown): Control => makeOne("name", control, start);
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
    [true, "Checkbox", { value: true }],
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
    expect(makeOne("rate", slider, 0.1, parts)).toBe(slider);
    expect([slider.description, slider.value]).toEqual(["rate", 0.1]);
    const named = parts.make("Play", { description: "Go" });
    makeOne("t", named, undefined, parts);
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
  expect(() => makeOne("n", parts.make("Button"), undefined, parts)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: interact: control n must be a widget with a value, got Button]`,
  );
});

test("names and controls stand in line", () => {
  const { widgets } = widgetParts();
  const controls = Object.values(makeControls({ n: [0, 5], learningRate: [0, 1], on: true }, {}, widgets));
  const style = controls.map((control) => control.read("style") as Control);
  // "learningRate" has 12 letters
  expect(style.map((each) => each.read("description_width"))).toEqual(["13ch", "13ch", "13ch"]);
});
