import ts from "typescript";
import { expect, test } from "vitest";
import { isFixed, localDependencies } from "../../../../kernel/compile/programFiles.js";

const CELL = "/nb/cell.ts";

function makeProgram(texts: Record<string, string>): ts.Program {
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost({}),
    getSourceFile: (name, options) =>
      texts[name] === undefined ? undefined : ts.createSourceFile(name, texts[name], options),
    readFile: (name) => texts[name],
    fileExists: (name) => name in texts,
    directoryExists: () => true,
    getCurrentDirectory: () => "/nb",
    realpath: (name) => name,
  };
  const options = {
    noLib: true,
    types: [],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  return ts.createProgram({ rootNames: [CELL], options, host });
}

test("localDependencies are local files, however they are reached, and never declarations", () => {
  const program = makeProgram({
    [CELL]: 'import "./a"; import "p"; import("./c");',
    "/nb/a.ts": 'import "./b"; import "./d"; export {}',
    "/nb/b.ts": 'import "./a"; export {}',
    "/nb/c.ts": "export {}",
    "/nb/d.d.ts": "export {}",
    "/nb/node_modules/p/index.ts": "export {}",
  });
  const cell = program.getSourceFile(CELL)!;
  expect(localDependencies(program, cell).map(({ fileName }) => fileName)).toEqual([
    "/nb/a.ts",
    "/nb/b.ts",
    "/nb/c.ts",
  ]);
});

test.each([
  ["libraries only", 'import "p";', true],
  ["a local file", 'import "./a";', false],
  ["a package that is not installed", 'import "q";', false],
  ["nothing", "1", true],
])("whether a program stays the same: %s", (_, text, fixed) => {
  const program = makeProgram({
    [CELL]: text,
    "/nb/a.ts": "export {}",
    "/nb/node_modules/p/index.ts": "export {}",
  });
  expect(isFixed(program, [CELL])).toBe(fixed);
});
