// What a cell is, read from its syntax tree: whether it awaits, whether its last statement has a value, its blanks.
import type * as TypeScript from "typescript";
import { ts } from "./injection.js";
import { parseCell } from "./parse.js";

export interface CellSyntax {
  /** The cell without leading `export`: every top-level name of a cell is visible in later cells anyway. Same length. */
  readonly source: string;
  /** Has an `await` outside of functions. */
  readonly async: boolean;
  /** The last statement, declarations of types aside, is an expression. */
  readonly endsWithExpression: boolean;
  /** `// @ts-nocheck` before the first statement: run in spite of type errors. */
  readonly unchecked: boolean;
  /** `// @gradbook no-loop-check`: loops cannot be stopped after an await, and run a little faster. */
  readonly loopChecks: boolean;
  /** Inline blanks (four or more underscores), as ranges of the source. */
  readonly blanks: readonly TypeScript.TextRange[];
}

export function readCell(text: string): CellSyntax {
  const file = parseCell(text, true);
  const header = text.slice(0, file.statements[0]?.getStart(file) ?? text.length);
  return {
    source: withoutExports(text, file),
    async: hasTopLevelAwait(file),
    endsWithExpression: endsWithExpression(file),
    unchecked: /^\s*\/\/+\s*@ts-nocheck\b/m.test(header),
    loopChecks: !/^\s*\/\/+\s*@gradbook no-loop-check\b/m.test(text),
    blanks: findBlanks(file),
  };
}

function hasTopLevelAwait(file: TypeScript.SourceFile): boolean {
  let found = false;
  const visit = (node: TypeScript.Node): void => {
    if (found) return;
    if (
      ts.isAwaitExpression(node) ||
      (ts.isForOfStatement(node) && node.awaitModifier !== undefined) ||
      (ts.isVariableDeclarationList(node) &&
        (node.flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing)
    ) {
      found = true;
    } else if (ts.isClassStaticBlockDeclaration(node)) {
      // `await` is not allowed there.
    } else if (ts.isFunctionLike(node)) {
      // Only the body and the parameters of a function are its own; a computed name is evaluated outside.
      if (node.name !== undefined && ts.isComputedPropertyName(node.name)) visit(node.name);
    } else if (ts.isPropertyDeclaration(node)) {
      if (ts.isComputedPropertyName(node.name)) visit(node.name);
    } else {
      ts.forEachChild(node, visit);
    }
  };
  ts.forEachChild(file, visit);
  return found;
}

function endsWithExpression(file: TypeScript.SourceFile): boolean {
  const statements = file.statements.filter((statement) => {
    const isDeclared =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.DeclareKeyword);
    return (
      !ts.isInterfaceDeclaration(statement) &&
      !ts.isTypeAliasDeclaration(statement) &&
      !ts.isEmptyStatement(statement) &&
      !isDeclared
    );
  });
  const last = statements.at(-1);
  return last !== undefined && (ts.isExpressionStatement(last) || isDefaultExpression(last));
}

function isDefaultExpression(statement: TypeScript.Statement): boolean {
  return ts.isExportAssignment(statement) && !statement.isExportEquals;
}

/**
 * Blanks out `export` and `export default` of top-level declarations, removes lists of exports, and turns re-exports into
 * imports. The text keeps its length, so all positions stay right.
 */
function withoutExports(text: string, file: TypeScript.SourceFile): string {
  let result = text;
  const cover = (start: number, end: number, replacement = ""): void => {
    const blank = result.slice(start, end).replace(/[^\r\n]/g, " ");
    result = result.slice(0, start) + replacement + blank.slice(replacement.length) + result.slice(end);
  };
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement)) {
      const start = statement.getStart(file);
      if (statement.moduleSpecifier === undefined) cover(start, statement.end);
      else if (statement.exportClause !== undefined) cover(start, start + "export".length, "import");
      continue;
    }
    if (isDefaultExpression(statement)) {
      cover(statement.getStart(file), (statement as TypeScript.ExportAssignment).expression.getStart(file));
      continue;
    }
    if (!ts.canHaveModifiers(statement)) continue;
    for (const modifier of ts.getModifiers(statement) ?? []) {
      if (modifier.kind !== ts.SyntaxKind.ExportKeyword && modifier.kind !== ts.SyntaxKind.DefaultKeyword)
        continue;
      cover(modifier.getStart(file), modifier.end);
    }
  }
  return result;
}

function findBlanks(file: TypeScript.SourceFile): TypeScript.TextRange[] {
  const blanks: TypeScript.TextRange[] = [];
  const visit = (node: TypeScript.Node): void => {
    if (ts.isIdentifier(node) && /^_{4,}$/.test(node.text))
      blanks.push({ pos: node.getStart(file), end: node.end });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return blanks;
}
