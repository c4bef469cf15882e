// The parsed and bound declarations of earlier cells, and their text when a cell is added. A long session has thousands of
// declarations and most cells change none or one of them: parsing, binding and printing all of them was most of the time of a
// cell then. tslab merges declarations by changing the tree; what it changed is put back, so that the tree serves the next cell too.
import type * as TypeScript from "typescript";
import { ts } from "./injection.js";

export interface DeclarationTree {
  /** The tree of `text`: the last one when the text is the same. */
  parse(
    fileName: string,
    text: string,
    options: TypeScript.ScriptTarget | TypeScript.CreateSourceFileOptions,
  ): TypeScript.SourceFile;
}

export function makeDeclarationTree(): DeclarationTree {
  let last: TypeScript.SourceFile | undefined;
  let restore: () => void = () => {};
  return {
    parse(fileName, text, options) {
      if (last?.text === text) restore();
      else {
        last = ts.createSourceFile(fileName, text, options, false);
        restore = remember(last);
      }
      return last;
    },
  };
}

type Changeable<T> = { -readonly [K in keyof T]: T[K] };

/** Remembers the parts that tslab replaces: lists of statements and of variables, and the names of imports. */
function remember(file: Changeable<TypeScript.SourceFile>): () => void {
  const { statements } = file;
  const undo: (() => void)[] = [];
  for (const statement of statements) {
    if (ts.isVariableStatement(statement)) {
      const list: Changeable<TypeScript.VariableDeclarationList> = statement.declarationList;
      const { declarations } = list;
      undo.push(() => {
        list.declarations = declarations;
      });
    } else if (ts.isImportDeclaration(statement) && statement.importClause !== undefined) {
      const clause: Changeable<TypeScript.ImportClause> = statement.importClause;
      const { name, namedBindings } = clause;
      const named: Changeable<TypeScript.NamedImports> | undefined =
        namedBindings !== undefined && ts.isNamedImports(namedBindings) ? namedBindings : undefined;
      const elements = named?.elements;
      undo.push(() => {
        Object.assign(clause, { name, namedBindings });
        if (named !== undefined) Object.assign(named, { elements });
      });
    }
  }
  return () => {
    if (file.statements === statements) return;
    file.statements = statements;
    for (const step of undo) step();
  };
}

/** The text of a tree after tslab merged it: statements it left whole are copied, only the others are printed. */
export function printDeclarations(file: TypeScript.SourceFile, printer: TypeScript.Printer): string {
  return file.statements
    .map((statement) =>
      isWhole(statement, file.text)
        ? file.text.slice(statement.pos, statement.end).trim()
        : printer.printNode(ts.EmitHint.Unspecified, statement, file),
    )
    .map((text) => `${text}\n`)
    .join("");
}

/** Whether no variable of the statement was dropped: they stand side by side from `let` to the end. */
function isWhole(statement: TypeScript.Statement, text: string): boolean {
  if (ts.isImportDeclaration(statement)) return false;
  if (!ts.isVariableStatement(statement)) return true;
  const list = statement.declarationList;
  let end = -1;
  for (const { pos, end: next } of list.declarations) {
    if (end < 0 ? !/^\s*(let|const|var)$/.test(text.slice(list.pos, pos)) : pos !== end + 1) return false;
    end = next;
  }
  return end === list.end;
}
