// The page knows labels and positions (`_options_labels`, `index`); values stay in the kernel.
import { describe, expect, test } from "vitest";
import { widgetParts } from "../../../support/widgetParts.js";

const stateOf = (parts: ReturnType<typeof widgetParts>): unknown => parts.sent().at(-1)?.data.state;

test("labels and the first option go to the page, not the values", () => {
  const parts = widgetParts();
  const values = [{ layers: 1 }, { layers: 2 }];
  const choice = parts.make("Dropdown", {
    options: [
      ["small", values[0]],
      ["large", values[1]],
    ],
  });
  const state = stateOf(parts);
  expect(state).toMatchObject({ _options_labels: ["small", "large"], index: 0 });
  expect(state).not.toHaveProperty("value");
  expect(state).not.toHaveProperty("options");
  expect([choice.value, choice.label, choice.index]).toEqual([values[0], "small", 0]);
});

test.each([
  ["Dropdown", 0, "a"],
  ["RadioButtons", 0, "a"],
  ["Select", 0, "a"],
  ["ToggleButtons", 0, "a"],
  ["SelectionSlider", 0, "a"],
  ["SelectMultiple", [], []],
  ["SelectionRangeSlider", [0, 0], ["a", "a"]],
])("%s begins with index %j", (kind, index, value) => {
  const parts = widgetParts();
  const widget = parts.make(kind, { options: ["a", "b"] });
  expect(stateOf(parts)).toMatchObject({ index });
  expect(widget.value).toEqual(value);
});

test("numbers, booleans and functions have labels of their own", () => {
  const parts = widgetParts();
  parts.make("Dropdown", { options: [1, true, Math.sin] });
  expect(stateOf(parts)).toMatchObject({ _options_labels: ["1", "true", "sin"] });
});

describe("a choice", () => {
  test("made here by value or label goes out as a position", () => {
    const parts = widgetParts();
    const choice = parts.make("Dropdown", { options: ["a", "b", "c"], value: "b" });
    expect(stateOf(parts)).toMatchObject({ index: 1 });
    const seen: unknown[] = [];
    choice.observe("value", (value, previous) => seen.push(value, previous));
    choice.value = "c";
    choice.label = "a";
    choice.value = null;
    expect(parts.sent().map(({ data }) => data.state)).toEqual([{ index: 2 }, { index: 0 }, { index: null }]);
    expect(seen).toEqual(["c", "b", "a", "c", null, "a"]);
  });

  test("made by the page arrives as a value", () => {
    const parts = widgetParts();
    const choice = parts.make("SelectMultiple", { options: ["a", "b", "c"] });
    const seen: unknown[] = [];
    choice.observe("value", (value) => seen.push(value));
    parts.fromPage(choice, { method: "update", state: { index: [0, 2] }, buffer_paths: [] });
    expect(choice.value).toEqual(["a", "c"]);
    expect(seen).toEqual([["a", "c"]]);
  });

  test("of other options begins anew", () => {
    const parts = widgetParts();
    const choice = parts.make("Dropdown", { options: ["a", "b"], value: "b" });
    parts.sent();
    choice.options = ["x", "y", "z"];
    expect(parts.sent().map(({ data }) => data.state)).toEqual([
      { _options_labels: ["x", "y", "z"], index: 0 },
    ]);
    expect(choice.value).toBe("x");
  });
});

test("what cannot be chosen is refused, and what is offered stays", () => {
  const { make } = widgetParts();
  const choice = make("Dropdown", { options: ["a", "b"] });
  expect(() => {
    choice.value = "z";
  }).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: Dropdown.value: must be one of the options (a, b), got 'z']`,
  );
  expect(() => choice.assign({ options: ["x"], value: "a" })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: Dropdown.value: must be one of the options (x), got 'a']`,
  );
  expect(choice.options).toEqual(["a", "b"]);
  expect(() => make("Dropdown")).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: widgets.Dropdown: options must be given, such as { options: ["sgd", "adam"] }]`,
  );
  expect(() => make("Dropdown", { options: [] })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: Dropdown.options: must be a list with at least one option, got []]`,
  );
  expect(() => make("Dropdown", { options: [{ a: 1 }] })).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: Dropdown.options: an option must be a text, a number, a boolean or a named function, got { a: 1 }
      help: give each option as a pair of its label and its value, such as ["Adam", new Adam(…)]]
  `);
  expect(() => make("Select", { options: ["a"], index: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: Select.index: must be a whole number from 0 to 0, got 1]`,
  );
  expect(() => make("SelectMultiple", { options: ["a"], value: "a" })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: SelectMultiple.value: must be a list of options, got 'a']`,
  );
  expect(() => make("Dropdown", { options: ["a"], optios: 1 })).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: widgets.Dropdown: unknown attribute "optios"
      help: the attributes are options, value, label, domClasses, description, descriptionAllowHtml, disabled, index, layout, style, tabbable, tooltip]
  `);
});
