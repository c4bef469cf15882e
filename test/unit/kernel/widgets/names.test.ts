import { expect, test } from "vitest";
import { camelCase } from "../../../../kernel/widgets/names.js";

test.each([
  ["value", "value"],
  ["readout_format", "readoutFormat"],
  ["description_allow_html", "descriptionAllowHtml"],
  ["_dom_classes", "domClasses"],
])("%s -> %s", (name, expected) => {
  expect(camelCase(name)).toBe(expected);
});
