import ts from "typescript";
import { expect, test } from "vitest";
import { spellOutNames } from "../../../../kernel/compile/previousNames.js";

/** Runs the transformer over a cell that sees `declare let s, o` of an earlier cell as globals. */
function spellOut(source: string): string {
  const texts: Record<string, string> = {
    "/prev.d.ts": "declare let s: number; declare let o: { s: number; t: number };",
    "/cell.ts": source,
  };
  const options: ts.CompilerOptions = {
    noLib: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
  };
  const host = ts.createCompilerHost(options);
  host.getSourceFile = (path, version) =>
    texts[path] === undefined ? undefined : ts.createSourceFile(path, texts[path], version);
  const program = ts.createProgram(Object.keys(texts), options, host);
  const file = program.getSourceFile("/cell.ts")!;
  const checker = program.getTypeChecker();
  const transformer = spellOutNames(checker, program.getSourceFile("/prev.d.ts"));
  const { transformed } = ts.transform(file, [transformer], options);
  return ts.createPrinter().printFile(transformed[0]!).trim();
}

test.each([
  ["({ s });", "({ s: exports.s });"],
  ["({ s = 1 } = o);", "({ s: exports.s = 1 } = o);"],
  ["{ let s = 1; ({ s }); }", "{\n    let s = 1;\n    ({ s });\n}"],
  ["f({ s }, [{ s }]);", "f({ s: exports.s }, [{ s: exports.s }]);"],
])("%s becomes %s", (source, expected) => {
  expect(spellOut(source)).toBe(expected);
});

test.each(["({ s: 1 });", "const { s: q } = o;", "({ s: q } = o);"])(
  "the property in %s has no symbol that could be taken for a variable",
  (source) => {
    expect(spellOut(source)).toBe(source);
  },
);
