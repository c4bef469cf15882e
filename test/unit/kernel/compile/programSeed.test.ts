import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Program, SourceFile } from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCompiler } from "../../../../kernel/compile/compiler.js";
import type { ProgramSeed } from "../../../../kernel/compile/programSeed.js";

let root: string;
let folder: string;
beforeAll(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), "gradbook-seed-")));
  folder = path.join(root, "notebooks");
  mkdirSync(folder);
});
afterAll(() => rmSync(root, { recursive: true }));

function makeSeed(): { seed: ProgramSeed; parsed: Map<string, SourceFile> } {
  const parsed = new Map<string, SourceFile>();
  const compiler = createCompiler({ cwd: root, parsed });
  expect(compiler.convert("", "let x = 1; x", "In[1]")).toMatchObject({ ok: true });
  return { seed: compiler.seed(), parsed };
}

/** How much of the old program the newest one took over: TypeScript's 2 is everything. */
const reused = ({ program }: ProgramSeed): number =>
  (program as Program & { structureIsReused: number }).structureIsReused;

test("a compiler in another folder takes the libraries over and compiles as one without a seed", () => {
  const { seed, parsed } = makeSeed();
  writeFileSync(path.join(folder, "local.ts"), "export const n: number = 2;");
  const seeded = createCompiler({ cwd: folder, parsed, seed });
  const fresh = createCompiler({ cwd: folder });
  let declarations = "";
  for (const cell of [
    "const list = [1, 2].map((n) => n * 2)",
    'import { n } from "./local"; list.at(0)! + n',
    'import { readFileSync } from "node:fs"; readFileSync.name',
    "let wrong: string = 1",
    "console.log(missing)",
  ]) {
    const result = seeded.convert(declarations, cell, "In[1]");
    expect(result).toEqual(fresh.convert(declarations, cell, "In[1]"));
    if (result.ok) declarations = result.declarations;
  }
  expect(declarations).toContain("list");
});

test("the first program is made of the seed when the options are the same", () => {
  const { seed, parsed } = makeSeed();
  const seeded = createCompiler({ cwd: folder, parsed, seed });
  expect(reused(seeded.seed())).toBe(2);
});

test("a tsconfig.json in the notebook's folder makes a program of its own", () => {
  const { seed, parsed } = makeSeed();
  const other = path.join(root, "strange");
  mkdirSync(other);
  writeFileSync(
    path.join(other, "tsconfig.json"),
    '{ "compilerOptions": { "lib": ["es2015"], "types": [] } }',
  );
  const seeded = createCompiler({ cwd: other, parsed, seed });
  expect(seeded.convert("", "[1].at(0)", "In[1]")).toMatchObject({
    ok: false,
    error: { evalue: expect.stringContaining("Property 'at' does not exist") },
  });
  expect(seeded.convert("", "[1].indexOf(0)", "In[1]")).toMatchObject({ ok: true });
});
