import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isProvided, packageRoot } from "../../../../kernel/text/packageRoot.js";

test("packageRoot is the folder with gradbook's package.json", () => {
  expect(JSON.parse(readFileSync(`${packageRoot()}/package.json`, "utf8")).name).toBe("gradbook");
  expect(existsSync(`${packageRoot()}/kernel/text/packageRoot.ts`)).toBe(true);
});

test.each([
  ["gradbook", true],
  ["@observablehq/plot", true],
  ["jsdom", true],
  ["jsdom/lib/api.js", true],
  ["gradbook-extras", false],
  ["@observablehq/inputs", false],
  ["./gradbook", false],
])("isProvided(%j) is %j", (specifier, expected) => {
  expect(isProvided(specifier)).toBe(expected);
});
