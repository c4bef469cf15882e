import { expect, test } from "vitest";
import { describeWidget } from "../../../../kernel/widgets/describe.js";
import { widgetParts } from "../../../support/widgetParts.js";

const needs = "(controls need a running kernel and ipywidgets)";

test.each([
  [
    "FloatSlider",
    { description: "learningRate", min: 0.01, max: 1, value: 0.1 },
    "learningRate: slider 0.01 … 1, starts at 0.1",
  ],
  [
    "FloatLogSlider",
    { description: "rate", min: -3, max: 0 },
    "rate: logarithmic slider 0.001 … 1, starts at 1",
  ],
  ["IntRangeSlider", { description: "n", max: 9, value: [2, 3] }, "n: slider 0 … 9, starts at 2 … 3"],
  ["Dropdown", { description: "how", options: ["sgd", "adam"] }, "how: choices: sgd, adam, starts at sgd"],
  [
    "Dropdown",
    { options: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
    "Dropdown: choices: 1, 2, 3, 4, 5, 6, 7, 8, …, starts at 1",
  ],
  ["Dropdown", { description: "f", options: [Math.sin, Math.cos] }, "f: choices: sin, cos, starts at sin"],
  ["Checkbox", { description: "on", value: true }, "on: checkbox, starts at true"],
  ["Button", { description: "Go" }, "[Go]"],
  ["Image", { value: new Uint8Array(3) }, "Image: image, starts at 3 bytes"],
  ["Output", {}, "Output"],
])("%s %j", (kind, options, text) => {
  expect(describeWidget(widgetParts().make(kind, options))).toBe(`${text} ${needs}`);
});

test("a box has a line for each control inside", () => {
  const { make } = widgetParts();
  const inner = make("HBox", { children: [make("Button", { description: "Go" }), make("Output")] });
  const box = make("VBox", { children: [make("IntSlider", { description: "n", max: 3 }), inner] });
  expect(describeWidget(box)).toBe(`n: slider 0 … 3, starts at 0\n[Go]\n${needs}`);
});
