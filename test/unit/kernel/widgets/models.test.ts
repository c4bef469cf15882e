// The generated files are what the generator makes of the published schema; and the schema says what we think it says.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { expect, test } from "vitest";
import { models } from "../../../../kernel/widgets/models.js";
import {
  declarationsText,
  modelsText,
  readModels,
  type SchemaModel,
} from "../../../../scripts/widgetFiles.js";
import { root } from "../../../support/sourceFiles.js";

const require = createRequire(import.meta.url);
const schema = require("@jupyter-widgets/schema/jupyterwidgetmodels.latest.json") as readonly SchemaModel[];
const { version } = require("@jupyter-widgets/schema/package.json") as { version: string };

test("both files are up to date", () => {
  const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
  const named = readModels(schema);
  expect(read("kernel/widgets/models.ts")).toBe(modelsText(named, version));
  expect(read("kernel/compile/widgetTypes.ts")).toBe(declarationsText(named, version));
});

test("all models but the base class and game controllers are there", () => {
  const missing = schema
    .map(({ model }) => model.name.replace(/Model$/, ""))
    .filter((name) => !(name in models));
  expect(missing).toEqual(["ControllerAxis", "ControllerButton", "Controller", "DOMWidget"]);
  expect(Object.keys(models)).toHaveLength(schema.length - missing.length);
});

test("a slider as ipywidgets 8 documents it", () => {
  expect(models.IntSlider).toMatchObject({
    module: "@jupyter-widgets/controls",
    version: "2.0.0",
    view: { module: "@jupyter-widgets/controls", version: "2.0.0", name: "IntSliderView" },
    attributes: {
      value: { type: "int", default: 0 },
      min: { type: "int", default: 0 },
      max: { type: "int", default: 100 },
      step: { type: "int", default: 1 },
      orientation: { type: "string", default: "horizontal", enum: ["horizontal", "vertical"] },
      layout: { type: "reference", default: null, widget: "Layout" },
      style: { type: "reference", default: null, widget: "SliderStyle" },
    },
  });
  // styles are drawn by a class of another module
  expect(models.SliderStyle?.view.module).toBe("@jupyter-widgets/base");
});
