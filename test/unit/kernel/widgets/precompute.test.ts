import { expect, test } from "vitest";
import type { Control } from "../../../../kernel/widgets/controls.js";
import { combinations, domainsOf, slim } from "../../../../kernel/widgets/precompute.js";
import { widgetParts } from "../../../support/widgetParts.js";

const domains = (controls: Record<string, [kind: string, options?: object]>) => {
  const { make } = widgetParts();
  const made = Object.entries(controls).map(([name, [kind, options]]) => [
    name,
    make(kind, options) as unknown as Control,
  ]);
  return domainsOf(Object.fromEntries(made));
};

test("the values of each control, and the one it stands at", () => {
  expect(
    domains({
      n: ["IntSlider", { min: 1, max: 3, value: 2 }],
      x: ["FloatSlider", { min: 0, max: 0.3, step: 0.1, value: 0.28 }],
      how: ["Dropdown", { options: [["SGD", 1]], value: 1 }],
      on: ["Checkbox", { value: true }],
    }),
  ).toEqual([
    { name: "n", values: [1, 2, 3], labels: ["1", "2", "3"], start: 1 },
    { name: "x", values: [0, 0.1, 0.2, 0.3], labels: ["0", "0.1", "0.2", "0.3"], start: 3 },
    { name: "how", values: [1], labels: ["SGD"], start: 0 },
    { name: "on", values: [false, true], labels: ["no", "yes"], start: 1 },
  ]);
});

test("all combinations, the last control fastest", () => {
  const two = domains({ a: ["IntSlider", { min: 0, max: 1 }], b: ["Checkbox"] });
  expect(combinations(two)).toEqual([
    { a: 0, b: false },
    { a: 0, b: true },
    { a: 1, b: false },
    { a: 1, b: true },
  ]);
});

test("too many states and values without end are refused", () => {
  expect(() =>
    domains({ n: ["IntSlider", { min: 1, max: 5 }], m: ["IntSlider", { min: 1, max: 5 }] }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: interact: precompute needs at most 24 states, got 25 (n 5 × m 5)
      help: give larger steps or fewer choices]
  `);
  expect(() => domains({ text: ["Text"] })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: interact: precompute needs controls whose values can be listed (sliders, choices, checkboxes), got text (Text)]`,
  );
  expect(() => domains({ rate: ["FloatLogSlider"] })).toThrow(/got rate \(FloatLogSlider\)$/);
});

test("of a bundle one form is kept", () => {
  expect(slim({ "text/plain": "<Figure>", "image/svg+xml": "<svg/>", "image/png": "AA==" })).toEqual({
    "image/svg+xml": "<svg/>",
  });
  expect(slim({ "text/plain": "5" })).toEqual({ "text/plain": "5" });
});
