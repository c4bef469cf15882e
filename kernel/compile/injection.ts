// TypeScript as tslab's converter sees it. tslab asks for its own build of TypeScript 5.0; it gets stock TypeScript, with the
// five functions only its own build has, and with the parts replaced that this kernel does better (builder.ts, rewrite.ts).
// TypeScript's exports are getters that cannot be replaced, so tslab receives a flat, writable copy through require.cache.
import { createRequire } from "node:module";
import stock from "typescript";

/** Functions that TypeScript exports at run time and leaves out of its public types. A test asserts that each exists. */
export interface Internals {
  bindSourceFile(file: stock.SourceFile, options: stock.CompilerOptions): void;
  nullTransformationContext: stock.TransformationContext;
  getTouchingPropertyName(file: stock.SourceFile, position: number): stock.Node;
  getContainerNode(node: stock.Node): stock.Node | undefined;
  createTextSpanFromNode(node: stock.Node, file: stock.SourceFile): stock.TextSpan;
  isIterationStatement(node: stock.Node, lookInLabeledStatements: boolean): node is stock.IterationStatement;
  findPrecedingToken(position: number, file: stock.SourceFile): stock.Node | undefined;
  SymbolDisplay: {
    getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker: stock.TypeChecker,
      symbol: stock.Symbol,
      file: stock.SourceFile,
      container: stock.Node | undefined,
      node: stock.Node,
    ): Pick<stock.QuickInfo, "displayParts" | "documentation" | "tags"> & {
      symbolKind: stock.ScriptElementKind;
    };
  };
  Completions: { getCompletionsAtPosition(...args: unknown[]): stock.CompletionInfo | undefined };
  SignatureHelp: {
    getSignatureHelpItems(
      program: stock.Program,
      file: stock.SourceFile,
      position: number,
      reason: undefined,
      cancellation: stock.CancellationToken,
    ): stock.SignatureHelpItems | undefined;
  };
}

/** Stock TypeScript with its internal functions. */
export const ts: typeof stock & Internals = stock as typeof stock & Internals;

/** What tslab hands to the replaced `createWatchCompilerHost` and gets back with `afterProgramCreate` set. */
export interface WatchHost {
  readonly roots: readonly string[];
  readonly system: stock.System;
  afterProgramCreate(builder: unknown): void;
}

/** What one converter replaces. Every call of tslab is synchronous and made inside `withHooks`. */
export interface Hooks {
  readonly system: stock.System;
  watch(host: WatchHost): { close(): void };
  toCommonJs(esModule: string): string;
  diagnostics(program: stock.Program, files: readonly stock.SourceFile[]): readonly stock.Diagnostic[];
  /** The declarations of earlier cells that are left, as text. */
  printDeclarations(file: stock.SourceFile, printer: stock.Printer): string;
}

let active: Hooks | undefined;

/** Runs a call into tslab with the parts of one converter in place. */
export function withHooks<T>(hooks: Hooks, call: () => T): T {
  const before = active;
  active = hooks;
  flat.sys = hooks.system;
  try {
    return call();
  } finally {
    active = before;
    flat.sys = before?.system ?? ts.sys;
  }
}

function current(): Hooks {
  if (active === undefined) throw new Error("bug: tslab was called outside withHooks");
  return active;
}

const flat: Record<string, unknown> & { sys: stock.System } = {
  ...(stock as unknown as Record<string, unknown>),
  // tslab writes to this object while it loads.
  sys: Object.create(stock.sys) as stock.System,
  // tslab's importer copies the properties of a module that lacks this mark, and would then miss replacements.
  __esModule: true,

  createWatchCompilerHost: (
    roots: readonly string[],
    _options: unknown,
    system: stock.System,
  ): WatchHost => ({
    roots,
    system,
    afterProgramCreate() {},
  }),
  createWatchProgram: (host: WatchHost): { close(): void } => current().watch(host),
  transpileModule(text: string, options: stock.TranspileOptions): { outputText: string } {
    if (options.fileName !== "custom.js") throw new Error(`bug: tslab transpiles ${options.fileName}`);
    return { outputText: current().toCommonJs(text) };
  },

  createPrinter(options: stock.PrinterOptions): stock.Printer {
    const printer = stock.createPrinter(options);
    return { ...printer, printFile: (file) => current().printDeclarations(file, printer) };
  },

  // Present only in tslab's own build.
  getPreEmitDiagnosticsOfFiles: (
    program: stock.Program,
    files: readonly stock.SourceFile[],
  ): readonly stock.Diagnostic[] => current().diagnostics(program, files),
  getNullTransformationContext: (): stock.TransformationContext => ts.nullTransformationContext,
  getDefaultTypeRoots: (): string[] => [],
  getQuickInfoAtPosition,
  Completions: {
    ...ts.Completions,
    getCompletionsAtPositionForTslab: (...args: unknown[]): stock.CompletionInfo | undefined =>
      ts.Completions.getCompletionsAtPosition(...args),
  },
};

function getQuickInfoAtPosition(
  file: stock.SourceFile,
  checker: stock.TypeChecker,
  _cancellation: stock.CancellationToken,
  position: number,
): stock.QuickInfo | undefined {
  const node = ts.getTouchingPropertyName(file, position);
  const symbol = node === file ? undefined : checker.getSymbolAtLocation(node);
  if (symbol === undefined) return undefined;
  const parts = ts.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(
    checker,
    symbol,
    file,
    ts.getContainerNode(node),
    node,
  );
  return {
    kind: parts.symbolKind,
    kindModifiers: "",
    textSpan: ts.createTextSpanFromNode(node, file),
    displayParts: parts.displayParts,
    documentation: parts.documentation,
    tags: parts.tags,
  };
}

/** Puts the flat copy where tslab will find it. Must run before tslab's converter is loaded. */
export function provideTypeScript(tslabPath: string): void {
  const require = createRequire(tslabPath);
  const id = require.resolve("@tslab/typescript-for-tslab");
  require.cache[id] = { id, filename: id, loaded: true, exports: flat } as unknown as NodeJS.Module;
}
