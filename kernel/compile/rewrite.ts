// The second pass: the ES module that tslab emits becomes CommonJS for the session. Everything is done on syntax trees:
//   before  top-level variables are exported where they stand, loops get a check, import() and import.meta go to the session
//   after   re-exported imports become assignments, because cells share one plain object (a getter could not be assigned to)
import type * as TypeScript from "typescript";
import type { Mapping, ModuleImport } from "../run/messages.js";
import { ts } from "./injection.js";
import { noLibraryResolution } from "./moduleResolution.js";
import { composeMappings, splitInlineMap } from "./sourceMap.js";
import { TSLAB_PREFIX } from "./tslab.js";

/** The object through which compiled code reaches the session, and the flag it reads in loops. Reserved in cells. */
export const SESSION_NAME = "__gradbook";
export const FLAG_NAME = "__gradbookStop";

export interface RewriteOptions {
  /** A cell shares the notebook's exports object; a local file has its own, with live bindings. */
  readonly kind: "cell" | "file";
  /** Whether each loop begins with a check of the stop flag. */
  readonly loopChecks: boolean;
}

export interface Rewritten {
  readonly code: string;
  readonly map: readonly Mapping[];
  readonly imports: readonly ModuleImport[];
}

const FILE = "cell.js";
const LIB = "lib.d.ts";

const options: TypeScript.CompilerOptions = {
  module: ts.ModuleKind.CommonJS,
  target: ts.ScriptTarget.ES2022,
  esModuleInterop: true,
  isolatedModules: true,
  // Exported patterns are taken apart; without this option `[a, b] = set` would read set[0] and set[1].
  downlevelIteration: true,
  allowJs: true,
  sourceMap: true,
  noResolve: true,
  types: [],
  newLine: ts.NewLineKind.LineFeed,
};

const emptyLib = ts.createSourceFile(LIB, "", ts.ScriptTarget.ES2022);

/** Turns an emitted ES module with an inline source map into CommonJS with mappings to the original text. */
export function rewrite(esModule: string, { kind, loopChecks }: RewriteOptions): Rewritten {
  const { code: text, mappings } = splitInlineMap(esModule);
  const file = ts.createSourceFile(FILE, text, ts.ScriptTarget.ES2022, false, ts.ScriptKind.JS);
  const imports = staticImports(file);
  if (kind === "cell") exportInPlace(file);

  let code = "";
  let secondMap = "";
  const host: TypeScript.CompilerHost = {
    getSourceFile: (name) => (name === FILE ? file : name === LIB ? emptyLib : undefined),
    writeFile(name, data) {
      if (name.endsWith(".map")) secondMap = data;
      else code = data;
    },
    getDefaultLibFileName: () => LIB,
    getCurrentDirectory: () => "",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => name === FILE,
    readFile: () => undefined,
    directoryExists: () => false,
    resolveModuleNameLiterals: (literals) => literals.map(() => ({ resolvedModule: undefined })),
    ...noLibraryResolution,
    getDirectories: () => [],
  };
  // Output goes to writeFile only; the name must differ from that of the input.
  const program = ts.createProgram({ rootNames: [FILE], options: { ...options, outDir: "out" }, host });
  program.emit(file, undefined, undefined, false, {
    before: [rewriteForSession({ loopChecks, kind })],
    after: kind === "cell" ? [assignReexports] : [],
  });
  return {
    code: code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"),
    map: composeMappings(
      mappings,
      (JSON.parse(secondMap) as { mappings: string }).mappings,
      kind === "cell" ? TSLAB_PREFIX.split("\n").length - 1 : 0,
    ).filter(isNotEndOfCallee(code)),
    imports,
  };
}

/**
 * V8 places a call `(0, exports.f)()` at the end of its callee, where TypeScript maps to the end of `f`. Without that mapping the
 * place is where the name begins, as for any other call.
 */
function isNotEndOfCallee(code: string): (mapping: Mapping) => boolean {
  const lines = code.split("\n");
  return ([line, column]) => !/\(0, [\w$]+(\.[\w$]+)*\)?$/.test(lines[line]?.slice(0, column) ?? "");
}

/**
 * `let s = 0; export { s };` becomes `export let s = 0; export {};`. TypeScript then writes `exports.s` at every use of `s`, so
 * that a function of this cell and a later cell see one variable. The tree is changed before names are bound, which keeps every
 * position. Functions and classes stay in the list: they cannot be assigned to, and their own name is faster.
 */
function exportInPlace(file: TypeScript.SourceFile): void {
  const names = new Set<string>();
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name } of statement.declarationList.declarations) addNames(name, names);
    if (statement.modifiers !== undefined) continue; // tslab's variable for the last expression
    const modifier = ts.setTextRange(ts.factory.createModifier(ts.SyntaxKind.ExportKeyword), {
      pos: statement.pos,
      end: statement.pos,
    });
    replace(statement, "modifiers", ts.factory.createNodeArray([modifier]));
  }
  for (const statement of file.statements) {
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier !== undefined) continue;
    const clause = statement.exportClause;
    if (clause === undefined || !ts.isNamedExports(clause)) continue;
    const rest = clause.elements.filter((element) => !names.has(element.name.text));
    replace(clause, "elements", ts.factory.createNodeArray(rest));
  }
}

/** Trees are read-only in TypeScript's types; before binding they may be changed. */
function replace<T extends object, K extends keyof T>(node: T, key: K, value: unknown): void {
  (node as Record<K, unknown>)[key] = value;
}

function addNames(name: TypeScript.BindingName, names: Set<string>): void {
  if (ts.isIdentifier(name)) names.add(name.text);
  else for (const element of name.elements) if (ts.isBindingElement(element)) addNames(element.name, names);
}

/** What must be loaded before the code runs: the static imports and re-exports that the type checker left in. */
function staticImports(file: TypeScript.SourceFile): ModuleImport[] {
  const found = new Map<string, Set<string>>();
  for (const statement of file.statements) {
    const isImport = ts.isImportDeclaration(statement);
    if (!isImport && !ts.isExportDeclaration(statement)) continue;
    if (statement.moduleSpecifier === undefined || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const specifier = statement.moduleSpecifier.text;
    const names = found.get(specifier) ?? new Set();
    found.set(specifier, names);
    if (isImport && statement.importClause?.name !== undefined) names.add("default");
    const bindings = isImport ? statement.importClause?.namedBindings : statement.exportClause;
    if (bindings === undefined || ts.isNamespaceImport(bindings) || ts.isNamespaceExport(bindings)) continue;
    for (const element of bindings.elements) names.add((element.propertyName ?? element.name).text);
  }
  return [...found].map(([specifier, names]) => ({ specifier, names: [...names] }));
}

function rewriteForSession({
  loopChecks,
  kind,
}: RewriteOptions): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => {
    const f = context.factory;
    const session = (member: string): TypeScript.Expression =>
      f.createPropertyAccessExpression(f.createIdentifier(SESSION_NAME), member);
    const check = (): TypeScript.Statement =>
      f.createIfStatement(
        f.createElementAccessExpression(f.createIdentifier(FLAG_NAME), 0),
        f.createExpressionStatement(f.createCallExpression(session("stop"), undefined, [])),
      );
    const checkedBody = (body: TypeScript.Statement): TypeScript.Block =>
      f.createBlock([check(), ...(ts.isBlock(body) ? body.statements : [body])], true);

    const visit = (node: TypeScript.Node): TypeScript.Node => {
      if (loopChecks && ts.isIterationStatement(node, false)) {
        return withBody(f, ts.visitEachChild(node, visit, context), checkedBody);
      }
      if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
        const args = node.arguments.map((argument) => ts.visitNode(argument, visit, ts.isExpression));
        return f.createCallExpression(session("import"), undefined, args);
      }
      if (ts.isCallExpression(node) && isExportsMember(node.expression)) {
        // A function of an earlier cell is not a method of the object that holds it.
        const callee = f.createParenthesizedExpression(
          f.createComma(f.createNumericLiteral(0), node.expression),
        );
        const args = node.arguments.map((argument) => ts.visitNode(argument, visit, ts.isExpression));
        return node.questionDotToken === undefined
          ? ts.setTextRange(f.createCallExpression(callee, undefined, args), node)
          : ts.setTextRange(f.createCallChain(callee, node.questionDotToken, undefined, args), node);
      }
      if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
        return session("meta");
      return ts.visitEachChild(node, visit, context);
    };
    return (file) => {
      const visited = ts.visitEachChild(file, visit, context);
      if (kind !== "cell") return visited;
      return f.updateSourceFile(
        visited,
        visited.statements.map((statement) => anonymousLastExpression(f, statement)),
      );
    };
  };
}

function isExportsMember(node: TypeScript.Node): node is TypeScript.PropertyAccessExpression {
  return (
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === "exports"
  );
}

/** `() => 1` as the last expression must not be named after the variable that holds it: `(0, () => 1)` has no name. */
function anonymousLastExpression(
  f: TypeScript.NodeFactory,
  statement: TypeScript.Statement,
): TypeScript.Statement {
  const [declaration, ...others] = ts.isVariableStatement(statement)
    ? statement.declarationList.declarations
    : [];
  const value = declaration?.initializer;
  if (
    declaration === undefined ||
    value === undefined ||
    others.length > 0 ||
    !ts.isVariableStatement(statement)
  ) {
    return statement;
  }
  if (!ts.isIdentifier(declaration.name) || !declaration.name.text.startsWith("tsLastExpr")) return statement;
  if (!ts.isArrowFunction(value) && !ts.isFunctionExpression(value) && !ts.isClassExpression(value))
    return statement;
  const bare = f.createParenthesizedExpression(f.createComma(f.createNumericLiteral(0), value));
  return f.updateVariableStatement(
    statement,
    statement.modifiers,
    f.updateVariableDeclarationList(statement.declarationList, [
      f.updateVariableDeclaration(declaration, declaration.name, undefined, undefined, bare),
    ]),
  );
}

function withBody(
  f: TypeScript.NodeFactory,
  loop: TypeScript.IterationStatement,
  body: (statement: TypeScript.Statement) => TypeScript.Block,
): TypeScript.Node {
  if (ts.isForStatement(loop)) {
    return f.updateForStatement(
      loop,
      loop.initializer,
      loop.condition,
      loop.incrementor,
      body(loop.statement),
    );
  }
  if (ts.isForOfStatement(loop)) {
    return f.updateForOfStatement(
      loop,
      loop.awaitModifier,
      loop.initializer,
      loop.expression,
      body(loop.statement),
    );
  }
  if (ts.isForInStatement(loop)) {
    return f.updateForInStatement(loop, loop.initializer, loop.expression, body(loop.statement));
  }
  if (ts.isWhileStatement(loop)) return f.updateWhileStatement(loop, loop.expression, body(loop.statement));
  if (ts.isDoStatement(loop)) return f.updateDoStatement(loop, body(loop.statement), loop.expression);
  throw new Error("bug: a loop of an unknown kind");
}

/** `Object.defineProperty(exports, "x", { get })` becomes `__gradbook.define(exports, "x", { get })`; `__esModule` goes. */
const assignReexports: TypeScript.TransformerFactory<TypeScript.SourceFile> = (context) => (file) => {
  const f = context.factory;
  const statements = file.statements.flatMap((statement) => {
    const call = ts.isExpressionStatement(statement) ? statement.expression : undefined;
    if (call === undefined || !ts.isCallExpression(call) || !definesExport(call)) return [statement];
    const name = call.arguments[1];
    if (name !== undefined && ts.isStringLiteral(name) && name.text === "__esModule") return [];
    const define = f.createPropertyAccessExpression(f.createIdentifier(SESSION_NAME), "define");
    return [f.createExpressionStatement(f.createCallExpression(define, undefined, call.arguments))];
  });
  return f.updateSourceFile(file, statements);
};

/** Only calls that the module transformer made: those have no place in the source. */
function definesExport(call: TypeScript.CallExpression): boolean {
  const [target] = call.arguments;
  return (
    call.pos < 0 &&
    ts.isPropertyAccessExpression(call.expression) &&
    call.expression.name.text === "defineProperty" &&
    target !== undefined &&
    ts.isIdentifier(target) &&
    target.text === "exports"
  );
}
