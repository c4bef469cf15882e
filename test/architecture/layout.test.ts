// One concept = one word = one file in every tree; sizes a reader can take in; names that say what is inside.
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { filesBelow, root, textOf } from "../support/sourceFiles.js";

const sources = ["src", "kernel", "grader", "lab"].flatMap((folder) => filesBelow(folder, ".ts"));

/** A file whose exports are all types needs no test: it disappears when compiled. */
const isTypeOnly = (file: string): boolean =>
  !/^(export (const [a-z]|let|function|async function|class|abstract class|default|\{)|import "|[a-z]\w*\()/m.test(
    textOf(file),
  );

const needsNoTest = (file: string): boolean =>
  /(^|\/)index\.ts$/.test(file) || /(main|Main)\.ts$/.test(file) || isTypeOnly(file);

/** src/optim/adam.ts -> test/unit/optim/adam.test.ts; kernel/wire/frames.ts -> test/unit/kernel/wire/frames.test.ts */
const testOf = (file: string): string =>
  `test/unit/${file.replace(/^src\//, "").replace(/\.ts$/, ".test.ts")}`;

test("every source file has its unit test where a reader looks for it", () => {
  const missing = sources.filter((file) => !needsNoTest(file) && !existsSync(path.join(root, testOf(file))));
  expect(missing.map((file) => `${file} -> ${testOf(file)}`)).toEqual([]);
});

/** Lines that are neither blank nor comment. */
const codeLines = (file: string): number =>
  textOf(file)
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.trim().startsWith("//")).length;

test("no source file has more than 400 lines of code", () => {
  expect(sources.filter((file) => codeLines(file) > 400)).toEqual([]);
});

test("a source file with more than 250 lines of code opens with a comment that says why", () => {
  const unexplained = sources.filter(
    (file) => codeLines(file) > 250 && !/^\s*(\/\/|\/\*)/.test(textOf(file)),
  );
  expect(unexplained).toEqual([]);
});

test("no folder has more than 40 source files", () => {
  const count = new Map<string, number>();
  for (const file of sources) count.set(path.dirname(file), (count.get(path.dirname(file)) ?? 0) + 1);
  expect([...count].filter(([, files]) => files > 40)).toEqual([]);
});

test("no file is called utils, common, helpers or misc, and no two names differ only in case", () => {
  expect(sources.filter((file) => /(^|\/)(utils?|common|helpers?|misc)\.ts$/i.test(file))).toEqual([]);
  expect(new Set(sources.map((file) => file.toLowerCase())).size).toBe(sources.length);
});

test("the compiler that builds the project is the one in package.json, not the one tslab brings", () => {
  const wanted = JSON.parse(textOf("package.json")).dependencies.typescript;
  expect(JSON.parse(textOf("node_modules/typescript/package.json")).version).toBe(wanted);
  expect(textOf("package.json")).not.toMatch(/"(npx )?tsc /);
  expect(readdirSync(path.join(root, "node_modules/typescript/bin"))).toContain("tsc");
});
