import ts from "typescript";
import { expect, test } from "vitest";
import { keptNamespaces } from "../../../../kernel/compile/namespaces.js";

/** A bound file, whose table has its names. */
function cell(text: string): ts.SourceFile {
  const file = ts.createSourceFile("c.ts", `export {};${text}`, ts.ScriptTarget.ES2022);
  (
    ts as unknown as { bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void }
  ).bindSourceFile(file, {});
  return file;
}
const declarations =
  "declare let a: number;\n/** Doc. */\ndeclare namespace N {\n    const q = 4;\n}\ndeclare namespace M {\n}\n";

test("namespaces are kept with their documentation, other declarations are left to tslab", () => {
  expect(keptNamespaces(declarations, cell("let x = 1"))).toBe(
    "/** Doc. */\ndeclare namespace N {\n    const q = 4;\n}\ndeclare namespace M {\n}\n",
  );
});

test("a name that the cell declares again is dropped", () => {
  expect(keptNamespaces(declarations, cell("let N = 1"))).toBe("declare namespace M {\n}\n");
  expect(keptNamespaces("declare let a: number;", cell("1"))).toBe("");
});
