import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withShortLivedCheckers } from "../../../../kernel/compile/shortLived.js";

const installed = createRequire(import.meta.url).resolve("typescript");

/** MB that small collections keep of 4 checkers with 10 MB each, which nobody holds. */
const measure = `
const { getHeapStatistics } = require("node:v8");
const ts = require(process.argv[1]);
const options = { noLib: true, types: [], target: 9, declaration: true, inlineSourceMap: true };
const host = {
  getSourceFile: () => file, writeFile() {}, getDefaultLibFileName: () => "lib.d.ts", getCurrentDirectory: () => "/",
  getCanonicalFileName: (name) => name, useCaseSensitiveFileNames: () => true, getNewLine: () => "\\n", fileExists: () => false,
  readFile: () => undefined, resolveModuleNameLiterals: () => [], resolveLibrary: () => ({}),
};
let file;
const check = (i) => {
  file = ts.createSourceFile("/a.ts", "export let a = " + i, 9);
  const program = ts.createProgram({ rootNames: ["/a.ts"], options, host });
  program.getSemanticDiagnostics(file);
  program.emit(file);
  program.weight = Array.from({ length: 250_000 }, (_, k) => ({ k }));
};
for (let i = 0; i < 4; i++) check(i);
gc();
gc();
const before = getHeapStatistics().used_heap_size;
for (let i = 0; i < 4; i++) check(i);
for (let i = 0; i < 3; i++) gc({ type: "minor" });
console.log((getHeapStatistics().used_heap_size - before) / 1e6);`;

const kept = (typescript: string): number =>
  Number(
    execFileSync(process.execPath, ["--expose-gc", "--max-semi-space-size=64", "-e", measure, typescript], {
      encoding: "utf8",
    }),
  );

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gradbook-typescript-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("the places are found in the installed TypeScript, and small collections free what they held", () => {
  const changes: number[][] = [];
  const text = withShortLivedCheckers(readFileSync(installed, "utf8"), (...counts) => changes.push(counts));
  expect(changes).toEqual([[2, 2]]);
  const changed = path.join(folder, "typescript.js");
  writeFileSync(changed, text);
  expect(kept(changed)).toBeLessThan(15);
  expect(kept(installed)).toBeGreaterThan(30);
});

test("a text without the places stays as it is", () => {
  const changes: number[][] = [];
  expect(withShortLivedCheckers("var ts = 1;", (...counts) => changes.push(counts))).toBe("var ts = 1;");
  expect(changes).toEqual([[0, 2]]);
});
