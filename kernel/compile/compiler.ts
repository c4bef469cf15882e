// The compiler of cells, put together. Nothing is remembered between two calls but what makes them faster.
import type * as TypeScript from "typescript";
import { packageRoot } from "../text/packageRoot.js";
import { makeCellPrograms } from "./builder.js";
import { readCell } from "./cellSyntax.js";
import { cellOptions } from "./compilerOptions.js";
import { complete } from "./complete.js";
import { printDeclarations } from "./declarationTree.js";
import { cellError } from "./diagnostics.js";
import { makeSystem } from "./fileAccess.js";
import { GLOBALS } from "./globals.js";
import { type Hooks, ts } from "./injection.js";
import { inspect } from "./inspect.js";
import { isComplete } from "./isComplete.js";
import { makeLocalFiles } from "./localFiles.js";
import type { Compiled, CompileOperations, NotCompiled } from "./messages.js";
import { makeModuleResolution } from "./moduleResolution.js";
import { keptNamespaces } from "./namespaces.js";
import { isFixed, localDependencies } from "./programFiles.js";
import type { ProgramSeed } from "./programSeed.js";
import { makeRecentResults } from "./recentResults.js";
import { type Rewritten, rewrite } from "./rewrite.js";
import { makeSourceFiles } from "./sourceFiles.js";
import { CELL_FILE, createConverter, DECLARATIONS_FILE } from "./tslab.js";

export interface CompilerOptions {
  /** Folder of the notebook; default: the current folder. */
  readonly cwd?: string;
  /** Folders that cells may read and import from; default: everything. */
  readonly roots?: readonly string[];
  /** Declarations of libraries that are parsed already, by file name. */
  readonly parsed?: Map<string, TypeScript.SourceFile>;
  /** What an earlier compiler left, for a folder that may be another. */
  readonly seed?: ProgramSeed;
}

export interface Compiler extends CompileOperations {
  /** Does now, between two requests, what the next one needs that has these declarations. */
  prepare(declarations: string): void;
  /** What another compiler can start from, so that it finds the libraries at once. This one must not be used after it. */
  seed(): ProgramSeed;
}

export function createCompiler({
  cwd = process.cwd(),
  roots,
  parsed = new Map(),
  seed,
}: CompilerOptions = {}): Compiler {
  const folder = cwd.replace(/\\/g, "/");
  const ownFolder = packageRoot().replace(/\\/g, "/");
  const cellFile = `${folder}/${CELL_FILE}`;
  const system = makeSystem({
    cwd: folder,
    ...(roots === undefined ? {} : { roots, libraries: libraryFolders(ownFolder) }),
  });
  const nodeMajor = Number(process.versions.node.split(".")[0]);
  const options = cellOptions({
    cwd: folder,
    system,
    nodeMajor,
    typeRoots: typeRoots(folder, ownFolder, system),
  });
  // Among the libraries' files, so that a snapshot has it parsed.
  const globalsFile = `${ownFolder}/dist/__gradbook__.d.ts`;
  const globals =
    parsed.get(globalsFile) ?? ts.createSourceFile(globalsFile, GLOBALS, ts.ScriptTarget.ES2022);
  parsed.set(globalsFile, globals);
  const ownFiles = [cellFile, `${folder}/${DECLARATIONS_FILE}`];
  const programs = makeCellPrograms({
    options,
    system,
    cwd: folder,
    sourceFiles: makeSourceFiles(system, parsed),
    resolution: makeModuleResolution(options, system, folder, `${ownFolder}/package.json`),
    globals: [globals],
    ...(seed === undefined ? {} : { seed }),
  });
  const recent = makeRecentResults();
  const localFile = makeLocalFiles();

  // Results of one conversion that tslab would not pass on.
  let diagnostics: readonly TypeScript.Diagnostic[] = [];
  let rewritten: Rewritten | undefined;
  let unchecked = false;
  let loopChecks = true;

  const hooks: Hooks = {
    system,
    watch: (host) => programs.watch(host),
    printDeclarations,
    toCommonJs(esModule) {
      rewritten = rewrite(esModule, { kind: "cell", loopChecks });
      return rewritten.code;
    },
    diagnostics(program, files) {
      const cell = files[0];
      const all = cell === undefined ? [] : [cell, ...localDependencies(program, cell)];
      diagnostics = all.flatMap((file) => [
        ...program.getSyntacticDiagnostics(file),
        ...(unchecked ? [] : program.getSemanticDiagnostics(file)),
      ]);
      return diagnostics;
    },
  };
  const converter = createConverter(hooks);

  function convert(declarations: string, text: string, cellName: string): Compiled | NotCompiled {
    const known = recent.get(declarations, text);
    if (known !== undefined) return known;
    const syntax = readCell(text);
    ({ unchecked, loopChecks } = syntax);
    rewritten = undefined;
    diagnostics = [];
    programs.expectNames();
    const conversion = converter.convert(declarations, syntax.source);
    const error = cellError(
      diagnostics,
      { name: cellName, source: text, fileName: cellFile, cwd: folder },
      syntax,
    );
    if (error !== undefined) return { ok: false, error };
    const { code, map, imports } = rewritten ?? { code: "", map: [], imports: [] };
    const program = programs.latest().getProgram();
    const cell = program.getSourceFile(cellFile);
    const files = cell === undefined ? [] : localDependencies(program, cell);
    const kept = keptNamespaces(declarations, cell);
    const last = syntax.endsWithExpression ? conversion.lastExpressionVar : undefined;
    const compiled: Compiled = {
      ok: true,
      code,
      declarations: (conversion.declOutput ?? "") + kept,
      map,
      imports,
      async: syntax.async,
      ...(last === undefined ? {} : { last }),
      files: files.flatMap((file) => localFile(program, file) ?? []),
    };
    if (isFixed(program, ownFiles)) recent.add(declarations, text, compiled);
    return compiled;
  }

  return {
    convert,
    complete: (declarations, source, position) => complete(converter, declarations, source, position),
    inspect: (declarations, source, position, detail) =>
      inspect({ converter, builder: programs.latest, cellFile, declarations, source, position, detail }),
    isComplete,
    version: () => ts.version,
    prepare: (declarations) => void programs.prepare(declarations),
    seed: programs.seed,
  };
}

/** `@types` folders from the notebook's folder upwards, then our own, which has the types of Node. */
function typeRoots(cwd: string, ownFolder: string, system: TypeScript.System): string[] {
  const roots: string[] = [];
  for (const start of [cwd, ownFolder]) {
    for (let folder = start; ; folder = folder.replace(/\/[^/]*$/, "")) {
      const types = `${folder}/node_modules/@types`;
      if (!roots.includes(types) && system.directoryExists(types)) roots.push(types);
      if (folder === "") break;
    }
  }
  return roots;
}

/** Where our own package and the packages it comes with may lie: in it, or beside it when npm hoists them. */
function libraryFolders(ownFolder: string): string[] {
  const folders = [ownFolder];
  const parent = ownFolder.replace(/\/[^/]*$/, "");
  if (parent.endsWith("/node_modules")) folders.push(parent);
  const typescript = ts.sys.getExecutingFilePath().replace(/\/typescript\/lib\/[^/]*$/, "");
  if (!folders.includes(typescript)) folders.push(typescript);
  return folders;
}
