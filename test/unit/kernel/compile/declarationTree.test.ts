import ts from "typescript";
import { describe, expect, test } from "vitest";
import { makeDeclarationTree, printDeclarations } from "../../../../kernel/compile/declarationTree.js";

const printer = ts.createPrinter({ newLine: ts.NewLineKind.LineFeed });
/** Every kind of declaration that a cell leaves behind, as TypeScript prints it. */
const TEXT = `export {};
declare let a: number, b: {
    value: string;
}, c: 1;
declare const d: () => void;
/** Doubles. */
declare function f(x: number): number;
declare function f(x: string): string;
import g, { h, i as j } from "m";
import * as k from "n";
declare class C<T> {
    #private;
    value: T;
}
interface I {
    a: 1;
}
type U = I | "x";
declare enum E {
    A = 0
}
declare let e: any;
`;

const parse = (text: string): ts.SourceFile =>
  makeDeclarationTree().parse("d.ts", text, ts.ScriptTarget.ES2022);

/** What tslab does when the names of a new cell replace earlier ones. */
function drop(file: ts.SourceFile, names: readonly string[]): void {
  const kept = file.statements.filter((statement) => {
    if (ts.isVariableStatement(statement)) {
      const list = statement.declarationList;
      const left = list.declarations.filter(
        ({ name }) => ts.isIdentifier(name) && !names.includes(name.text),
      );
      Object.assign(list, { declarations: ts.factory.createNodeArray(left) });
      return left.length > 0;
    }
    const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
    if (clause?.namedBindings !== undefined && ts.isNamedImports(clause.namedBindings)) {
      const left = clause.namedBindings.elements.filter(({ name }) => !names.includes(name.text));
      if (clause.name !== undefined && names.includes(clause.name.text))
        Object.assign(clause, { name: undefined });
      if (left.length === 0) Object.assign(clause, { namedBindings: undefined });
      else Object.assign(clause.namedBindings, { elements: ts.factory.createNodeArray(left) });
      return left.length > 0 || clause.name !== undefined;
    }
    return (
      !ts.isExportDeclaration(statement) &&
      !names.some((name) => name === "C" && ts.isClassDeclaration(statement))
    );
  });
  Object.assign(file, { statements: ts.factory.createNodeArray(kept) });
}

describe("printDeclarations is TypeScript's printer", () => {
  test.each([
    [[]],
    [["a"]],
    [["b"]],
    [["c"]],
    [["a", "c"]],
    [["a", "b", "c"]],
    [["d", "e", "C"]],
    [["g"]],
    [["h"]],
    [["h", "j"]],
    [["g", "h", "j"]],
  ])("after %j were declared again", (names) => {
    const file = parse(TEXT);
    drop(file, names);
    const text = printDeclarations(file, printer);
    expect(text).toBe(printer.printFile(file));
    // and reads back as itself, or the texts of a long session would drift
    const again = parse(`export {};\n${text}`);
    drop(again, []);
    expect(printDeclarations(again, printer)).toBe(text);
  });
});

test("a tree that was merged is as before when the same text is asked for", () => {
  const tree = makeDeclarationTree();
  const get = (): ts.SourceFile => tree.parse("d.ts", TEXT, ts.ScriptTarget.ES2022);
  const file = get();
  const before = printer.printFile(file);
  drop(file, ["a", "b", "g", "h", "e", "C"]);
  expect(printer.printFile(file)).not.toBe(before);
  expect(get()).toBe(file);
  expect(printer.printFile(file)).toBe(before);
  drop(file, ["h", "j"]);
  expect(printer.printFile(get())).toBe(before);
});

test("another text is another tree", () => {
  const tree = makeDeclarationTree();
  const first = tree.parse("d.ts", "declare let a: 1;", ts.ScriptTarget.ES2022);
  expect(tree.parse("d.ts", "declare let a: 2;", ts.ScriptTarget.ES2022)).not.toBe(first);
});
