import { describe, expect, test } from "vitest";
import { checkValue } from "../../../../kernel/widgets/checkValue.js";
import type { Attribute } from "../../../../kernel/widgets/model.js";

const widget = { isWidget: true };
const isWidget = (value: unknown): boolean => value === widget;
const check = (attribute: Partial<Attribute> & Pick<Attribute, "type">, value: unknown): void =>
  checkValue("Kind.name", { default: null, ...attribute }, value, isWidget);

test.each<[Partial<Attribute> & Pick<Attribute, "type">, unknown]>([
  [{ type: "string" }, ""],
  [{ type: "string", nullable: true }, null],
  [{ type: "string", enum: ["a", "b"] }, "b"],
  [{ type: "int" }, -3],
  [{ type: "float" }, 0.5],
  [{ type: "bool" }, false],
  [{ type: "bytes" }, new Uint8Array(2)],
  [{ type: "array" }, [1, "x"]],
  [{ type: "array", items: "widget" }, [widget]],
  [{ type: "reference" }, widget],
  [{ type: "date" }, { year: 2026, month: 0, date: 1 }],
  [{ type: "step" }, "any"],
])("%j takes %j", (attribute, value) => {
  expect(() => check(attribute, value)).not.toThrow();
});

describe("what is wrong is said", () => {
  test.each<[string, Partial<Attribute> & Pick<Attribute, "type">, unknown]>([
    ["TypeError: Kind.name: must be a text, got null", { type: "string" }, null],
    ["TypeError: Kind.name: must be a whole number, or null, got 0.5", { type: "int", nullable: true }, 0.5],
    ["TypeError: Kind.name: must be a finite number, got NaN", { type: "float" }, Number.NaN],
    ["TypeError: Kind.name: must be true or false, got 1", { type: "bool" }, 1],
    ["TypeError: Kind.name: must be a Uint8Array, got 'AQ=='", { type: "bytes" }, "AQ=="],
    ["TypeError: Kind.name: must be a list, got { length: 1 }", { type: "array" }, { length: 1 }],
    ["TypeError: Kind.name: must be a widget, got {}", { type: "reference" }, {}],
    ["TypeError: Kind.name: every item must be a widget, got 3", { type: "array", items: "widget" }, [3]],
    ["TypeError: Kind.name: must be a finite number or \"any\", got 'all'", { type: "step" }, "all"],
    ["TypeError: Kind.name: must be { hours, minutes, seconds, milliseconds }, got 5", { type: "time" }, 5],
    ['RangeError: Kind.name: must be one of "a", "b", got \'c\'', { type: "string", enum: ["a", "b"] }, "c"],
  ])("%s", (message, attribute, value) => {
    let text = "";
    try {
      check(attribute, value);
    } catch (error) {
      text = String(error);
    }
    expect(text).toBe(message);
  });
});
