import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCompiler } from "../../../../kernel/compile/compiler.js";
import { ts as internals } from "../../../../kernel/compile/injection.js";
import { moveTree, standsAlone } from "../../../../kernel/compile/nextCell.js";

const parse = (text: string, fileName = "/cell.ts"): ts.SourceFile =>
  ts.createSourceFile(fileName, text, ts.ScriptTarget.ES2022);

test.each([
  "1 + 1",
  "export {}; let x: string = 1",
  "class A { constructor(readonly a: number) {} }",
  "export { a }; const a = 1",
  "for (const x of [1]) console.log(x)",
])("%j stands alone", (text) => expect(standsAlone(parse(text))).toBe(true));

test.each([
  'import { a } from "b"',
  'import a = require("b")',
  'export * from "b"',
  'const a = await import("b")',
  'let a: import("b").C',
  "declare global { let a: number }",
  'declare module "b" { let a: number }',
  "namespace a { export const b = 1 }",
  '/// <reference types="b" />\n1',
  '/// <reference path="./b.ts" />\n1',
  '/// <reference lib="dom" />\n1',
])("%j may change the program", (text) => expect(standsAlone(parse(text))).toBe(false));

test("a tree that moved is bound and checked in the program it moved to", () => {
  const cell = parse("export {};");
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost({}),
    getSourceFile: (name) => (name === cell.fileName ? cell : undefined),
  };
  const options = { noLib: true, types: [], target: ts.ScriptTarget.ES2022 };
  const program = ts.createProgram({ rootNames: [cell.fileName], options, host });
  program.getTypeChecker();
  const text = "export {};\nlet a: string = 1;\nlet b = a.c";
  expect(moveTree(parse(text, "/other.ts"), cell)).toBe(cell);
  expect([cell.fileName, cell.text]).toEqual(["/cell.ts", text]);
  internals.bindSourceFile(cell, options);
  const found = program.getSemanticDiagnostics(cell).map(({ start, code }) => [start, code]);
  expect(found).toContainEqual([text.indexOf("a:"), 2322]);
  const [, list] = cell.statements;
  expect(list?.parent).toBe(cell);
});

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "gradbook-next-")));
  writeFileSync(path.join(folder, "local.ts"), "export const n: number = 2;");
});
afterAll(() => rmSync(folder, { recursive: true }));

test("a prepared compiler answers as one that is not", () => {
  const prepared = createCompiler({ cwd: folder });
  const plain = createCompiler({ cwd: folder });
  let declarations = "";
  for (const cell of [
    "1 + 2",
    "let x = 5",
    "x * 2",
    "x * 3",
    "function f<T>(a: T) { return [a] }\nf(x)",
    "let wrong: string = x",
    "class A { constructor(readonly a = x) {} }\nnew A().a",
    "new A().b",
    "const x = 'text', y = { x }; y",
    'import { n } from "./local"; n + 1',
    "n + 2",
    "let n = '2'; n",
    'import { join } from "node:path"; join("a")',
    'join("a", x)',
    "interface I { a: number }\nconst i: I = { a: 1 }; i.a",
    "namespace N { export const a = 1 } N.a",
    "N.a + i.a",
    "declare global { interface Array<T> { mine: T } }",
    "await Promise.resolve(x)",
    "x = ____",
    "let __a = 1, _b = __a; _b",
    "1 +",
    "[__a, _b] = [_b, __a]",
  ]) {
    prepared.prepare(declarations);
    const result = prepared.convert(declarations, cell, "In[1]");
    expect(result).toEqual(plain.convert(declarations, cell, "In[1]"));
    prepared.prepare(declarations);
    expect(prepared.complete(declarations, "x.", 2)).toEqual(plain.complete(declarations, "x.", 2));
    if (result.ok) declarations = result.declarations;
  }
  expect(declarations).toMatch(/\bN\b/);
});

test("a local file that changes after the preparation is read again", () => {
  const compiler = createCompiler({ cwd: folder });
  const first = compiler.convert("", 'import { n } from "./local"; n', "In[1]");
  const declarations = first.ok ? first.declarations : "";
  compiler.prepare(declarations);
  writeFileSync(path.join(folder, "local.ts"), "export const n: string = 'two';");
  expect(compiler.convert(declarations, "let m: number = n", "In[2]")).toMatchObject({
    ok: false,
    error: { evalue: "TS2322: Type 'string' is not assignable to type 'number'." },
  });
});
