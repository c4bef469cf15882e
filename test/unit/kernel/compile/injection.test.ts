// The assumptions about tslab and TypeScript that the injection rests on: an update of either fails here, not in a notebook.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { ts, withHooks } from "../../../../kernel/compile/injection.js";

const require = createRequire(import.meta.url);

test("the versions are those the injection was written for", () => {
  expect(require("tslab/package.json").version).toBe("1.0.22");
  expect(ts.version).toBe("5.9.3");
});

test.each([
  "bindSourceFile",
  "getTouchingPropertyName",
  "getContainerNode",
  "createTextSpanFromNode",
  "isIterationStatement",
  "findPrecedingToken",
] as const)("TypeScript has the internal function %s", (name) => {
  expect(ts[name]).toBeTypeOf("function");
});

test("TypeScript has the internal services", () => {
  expect(ts.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind).toBeTypeOf("function");
  expect(ts.Completions.getCompletionsAtPosition).toBeTypeOf("function");
  expect(ts.SignatureHelp.getSignatureHelpItems).toBeTypeOf("function");
  expect(ts.nullTransformationContext).toBeTypeOf("object");
});

describe("tslab's converter", () => {
  const source = readFileSync(require.resolve("tslab/dist/converter.js"), "utf8");
  test.each([
    'require("@tslab/typescript-for-tslab")',
    "ts.createWatchCompilerHost(",
    "ts.createWatchProgram(host)",
    'fileName: "custom.js"',
    "ts.getPreEmitDiagnosticsOfFiles(",
    ".getAllDependencies(sourceFile)",
    'const srcPrefix = "export {};" + ts.sys.newLine',
    'const prefix = "tsLastExpr"',
  ])("contains %s once or more", (text) => {
    expect(source.includes(text)).toBe(true);
  });
});

test("tslab must be called inside withHooks, and errors leave nothing behind", () => {
  const hooks = {
    system: ts.sys,
    watch: () => ({ close() {} }),
    toCommonJs: () => "",
    printDeclarations: () => "",
    diagnostics: () => [],
  };
  expect(() =>
    withHooks(hooks, () => {
      throw new Error("x");
    }),
  ).toThrow("x");
  expect(withHooks(hooks, () => withHooks(hooks, () => 5))).toBe(5);
});
