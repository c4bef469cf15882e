import ts from "typescript";
import { expect, test } from "vitest";
import { makeLocalFiles } from "../../../../kernel/compile/localFiles.js";

/** A program over texts in memory. */
function programOf(texts: Record<string, string>, old?: ts.Program): ts.Program {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2022,
    allowJs: true,
    inlineSourceMap: true,
    noLib: true,
    resolveJsonModule: true,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    outDir: "out",
    types: [],
  };
  const host = ts.createCompilerHost(options);
  host.fileExists = (path) => path in texts;
  host.readFile = (path) => texts[path];
  host.getSourceFile = (path, version) => {
    const known = old?.getSourceFile(path);
    if (known?.text === texts[path]) return known;
    return texts[path] === undefined ? undefined : ts.createSourceFile(path, texts[path], version);
  };
  return ts.createProgram(Object.keys(texts), options, host);
}

test("a TypeScript file becomes CommonJS with positions of its own text", () => {
  const program = programOf({ "/nb/a.ts": "type T = 1;\nexport const a: number = 1;\nimport './b.js';" });
  const local = makeLocalFiles()(program, program.getSourceFile("/nb/a.ts")!);
  expect(local).toMatchObject({ path: "/nb/a.ts", imports: [{ specifier: "./b.js", names: [] }] });
  const line = local?.code.split("\n").findIndex((text) => text.startsWith("exports.a = 1"));
  expect(local?.map.find(([generated]) => generated === line)?.slice(2)).toEqual([1, 13]);
});

test("a JavaScript file is compiled too, CommonJS as it is", () => {
  const program = programOf({ "/nb/a.js": "module.exports = 5; while (x) {}" });
  const local = makeLocalFiles()(program, program.getSourceFile("/nb/a.js")!);
  expect(local?.code).toContain("module.exports = 5;");
  expect(local?.code).toContain("__gradbook.stop()");
});

test("JSON is left to the session", () => {
  const program = programOf({ "/nb/d.json": "{}" });
  expect(makeLocalFiles()(program, program.getSourceFile("/nb/d.json")!)).toBeUndefined();
});

test("an unchanged file is not compiled again", () => {
  const first = programOf({ "/nb/a.ts": "export {}" });
  const localFile = makeLocalFiles();
  const once = localFile(first, first.getSourceFile("/nb/a.ts")!);
  const same = programOf({ "/nb/a.ts": "export {}" }, first);
  expect(localFile(same, same.getSourceFile("/nb/a.ts")!)).toBe(once);
  const changed = programOf({ "/nb/a.ts": "export let x = 1" }, first);
  expect(localFile(changed, changed.getSourceFile("/nb/a.ts")!)).not.toBe(once);
});
