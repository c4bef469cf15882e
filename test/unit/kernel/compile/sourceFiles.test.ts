import ts from "typescript";
import { expect, test } from "vitest";
import { isLibraryFile, makeSourceFiles } from "../../../../kernel/compile/sourceFiles.js";
import { packageRoot } from "../../../../kernel/text/packageRoot.js";

function setUp(texts: Map<string, string>, parsed?: Map<string, ts.SourceFile>) {
  const read: string[] = [];
  const system = {
    ...ts.sys,
    readFile(path: string) {
      read.push(path);
      return texts.get(path);
    },
  };
  const files = makeSourceFiles(system, parsed);
  return { get: (path: string) => files.get(path, ts.ScriptTarget.ES2022), read };
}

test("a local file is parsed again when its text changed, and only then", () => {
  const texts = new Map([["/nb/a.ts", "1"]]);
  const { get } = setUp(texts);
  const first = get("/nb/a.ts");
  expect(get("/nb/a.ts")).toBe(first);
  texts.set("/nb/a.ts", "2");
  expect(get("/nb/a.ts")?.text).toBe("2");
  texts.delete("/nb/a.ts");
  expect(get("/nb/a.ts")).toBeUndefined();
});

test("a library file is read once", () => {
  const path = "/nb/node_modules/p/index.d.ts";
  const { get, read } = setUp(new Map([[path, "export {};"]]));
  expect(get(path)).toBe(get(path));
  expect(read).toEqual([path]);
});

test("library files that are parsed already are not read", () => {
  const path = "/x/node_modules/p/index.d.ts";
  const file = ts.createSourceFile(path, "", ts.ScriptTarget.ES2022);
  const { get, read } = setUp(new Map(), new Map([[path, file]]));
  expect(get(path)).toBe(file);
  expect(read).toEqual([]);
});

test("the built gradbook is a library, its sources are not", () => {
  expect(isLibraryFile(`${packageRoot()}/dist/src/index.d.ts`)).toBe(true);
  expect(isLibraryFile(`${packageRoot()}/src/index.ts`)).toBe(false);
});
