import ts from "typescript";
import { expect, test } from "vitest";
import { cellOptions, libraries } from "../../../../kernel/compile/compilerOptions.js";

test.each([
  [20, ["es2023", "esnext.disposable"]],
  [22, ["es2024", "esnext.array", "esnext.collection", "esnext.iterator", "esnext.disposable"]],
  [24, ["esnext"]],
  [26, ["esnext"]],
])("Node %i: %j", (nodeMajor, expected) => {
  expect(libraries(nodeMajor)).toEqual(expected);
});

test("the running Node has a function of each library that is declared for it", () => {
  const major = Number(process.versions.node.split(".")[0]);
  const has: Record<string, unknown> = {
    es2023: Array.prototype.toSorted,
    es2024: (Object as { groupBy?: unknown }).groupBy,
    "esnext.array": (Array as { fromAsync?: unknown }).fromAsync,
    "esnext.collection": (Set.prototype as { union?: unknown }).union,
    "esnext.iterator": (globalThis as { Iterator?: unknown }).Iterator,
    "esnext.disposable": (Symbol as { dispose?: unknown }).dispose,
    esnext: (Promise as { try?: unknown }).try,
  };
  for (const name of libraries(major)) expect(has[name], name).toBeDefined();
});

test("cellOptions has the expected defaults", () => {
  const options = cellOptions({ cwd: "/nowhere", system: ts.sys, nodeMajor: 20, typeRoots: ["/t"] });
  expect(options).toMatchObject({
    strict: true,
    noImplicitAny: false,
    types: ["node"],
    typeRoots: ["/t"],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
  });
});

test("a tsconfig.json changes checks, lib and paths, and nothing the kernel relies on", () => {
  const text = JSON.stringify({
    compilerOptions: {
      strict: false,
      lib: ["es2022", "dom"],
      paths: { "#x": ["./x.ts"] },
      target: "ES5",
      module: "AMD",
      declaration: false,
    },
  });
  const system = { ...ts.sys, readFile: (path: string) => (path === "/n/tsconfig.json" ? text : undefined) };
  const options = cellOptions({ cwd: "/n", system, nodeMajor: 20, typeRoots: [] });
  expect(options).toMatchObject({
    strict: false,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    paths: { "#x": ["./x.ts"] },
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    declaration: true,
  });
});
