// The program behind the converter. tslab uses TypeScript's watch program: file watchers, timers, and two full builds for every
// cell. Here a program is built only when somebody asks for it: the first of tslab's two builds wants the names of a cell and
// needs no more than its parsed text. Nothing is watched, so a file that appears between two cells cannot break the converter.
import type * as TypeScript from "typescript";
import { makeDeclarationTree } from "./declarationTree.js";
import { ts, type WatchHost } from "./injection.js";
import { type ModuleResolution, noLibraryResolution } from "./moduleResolution.js";
import { spellOutNames } from "./previousNames.js";
import { moveSeed, type ProgramSeed } from "./programSeed.js";
import { isLibraryFile, type SourceFiles } from "./sourceFiles.js";
import { CELL_FILE, DECLARATIONS_FILE, TSLAB_PREFIX } from "./tslab.js";

export interface BuilderOptions {
  readonly options: TypeScript.CompilerOptions;
  readonly system: TypeScript.System;
  readonly cwd: string;
  readonly sourceFiles: SourceFiles;
  readonly resolution: ModuleResolution;
  /** Declarations that every cell sees. */
  readonly globals: readonly TypeScript.SourceFile[];
  /** A program of another folder whose libraries are found already. */
  readonly seed?: ProgramSeed;
}

/** The part of TypeScript's builder that tslab calls. */
export interface CellBuilder {
  getSourceFile(fileName: string): TypeScript.SourceFile | undefined;
  getProgram(): TypeScript.Program;
  getAllDependencies(file: TypeScript.SourceFile): string[];
  emit(
    file: TypeScript.SourceFile | undefined,
    writeFile: TypeScript.WriteFileCallback,
    cancellation: undefined,
    onlyDeclarations: undefined,
    transformers: TypeScript.CustomTransformers,
  ): void;
}

export interface CellPrograms {
  watch(host: WatchHost): { close(): void };
  /** The next update of the cell is the one in which tslab reads its names. */
  expectNames(): void;
  /** The builder of the last update, whose program is that of the cell compiled last. */
  latest(): CellBuilder;
  /** What another compiler can start from. This one must not be used after it. */
  seed(): ProgramSeed;
}

export function makeCellPrograms(input: BuilderOptions): CellPrograms {
  const { options, system, cwd, sourceFiles, resolution, globals, seed } = input;
  const cellFiles = new Set([`${cwd}/${CELL_FILE}`, `${cwd}/${DECLARATIONS_FILE}`]);
  const globalFiles = new Map(globals.map((file) => [file.fileName, file]));
  const libraryFolder = ts.getDefaultLibFilePath(options).replace(/\/[^/]*$/, "");

  const declarationsFile = `${cwd}/${DECLARATIONS_FILE}`;
  const declarationTree = makeDeclarationTree();
  let parsed = new Map<string, TypeScript.SourceFile>();
  let previous: TypeScript.Program | undefined = seed && moveSeed(seed, cwd);
  let latest: CellBuilder | undefined;
  let namesWanted = false;

  const compilerHost = (readCell: (fileName: string) => string | undefined): TypeScript.CompilerHost => ({
    getSourceFile(fileName, languageVersion) {
      const global = globalFiles.get(fileName);
      if (global !== undefined) return global;
      if (!cellFiles.has(fileName)) return sourceFiles.get(fileName, languageVersion);
      return parseCell(fileName, readCell, languageVersion);
    },
    getDefaultLibFileName: (o) => `${libraryFolder}/${ts.getDefaultLibFileName(o)}`,
    getDefaultLibLocation: () => libraryFolder,
    getCurrentDirectory: () => cwd,
    getCanonicalFileName: (fileName) => fileName,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: system.writeFile,
    readFile: system.readFile,
    fileExists: system.fileExists,
    directoryExists: system.directoryExists,
    getDirectories: system.getDirectories,
    ...(system.realpath === undefined ? {} : { realpath: system.realpath }),
    resolveModuleNameLiterals: (literals, containingFile, _redirect, _options, containing) =>
      literals.map((literal) =>
        resolution.resolve(
          literal.text,
          containingFile,
          ts.getModeForUsageLocation(containing, literal, options),
        ),
      ),
    getModuleResolutionCache: () => resolution.cache,
    ...noLibraryResolution,
    hasInvalidatedResolutions: (path) => resolution.hasFailures(path),
  });

  /** tslab changes the tree of a cell, so it serves one update only; that of the declarations is put right for the next. */
  function parseCell(
    fileName: string,
    readCell: (fileName: string) => string | undefined,
    languageVersion: TypeScript.ScriptTarget | TypeScript.CreateSourceFileOptions,
  ): TypeScript.SourceFile {
    const known = parsed.get(fileName);
    if (known !== undefined) return known;
    const text = readCell(fileName) ?? "";
    const file =
      fileName === declarationsFile
        ? declarationTree.parse(fileName, text, languageVersion)
        : ts.createSourceFile(fileName, text, languageVersion, false);
    parsed.set(fileName, file);
    return file;
  }

  function makeProgram(host: TypeScript.CompilerHost): TypeScript.Program {
    previous = ts.createProgram({
      rootNames: [...cellFiles, ...globalFiles.keys()],
      options,
      host,
      ...(previous === undefined ? {} : { oldProgram: previous }),
    });
    return previous;
  }

  function makeBuilder(host: TypeScript.CompilerHost, forNames: boolean): CellBuilder {
    let program: TypeScript.Program | undefined;
    const getProgram = (): TypeScript.Program => {
      program ??= makeProgram(host);
      return program;
    };
    return {
      getProgram,
      getSourceFile(fileName) {
        if (!cellFiles.has(fileName)) return getProgram().getSourceFile(fileName);
        const file = host.getSourceFile(fileName, ts.ScriptTarget.ES2022);
        // The checker would bind it later; tslab reads the table of its names now.
        if (file !== undefined) ts.bindSourceFile(file, options);
        const isCell = fileName === `${cwd}/${CELL_FILE}`;
        return forNames && isCell && file !== undefined ? withPlainNames(file) : file;
      },
      // tslab emits only the cell; localFiles.ts checks and emits what it imports.
      getAllDependencies: (file) => [file.fileName],
      emit(file, writeFile, _cancellation, _onlyDeclarations, transformers) {
        const checker = getProgram().getTypeChecker();
        const declarations = getProgram().getSourceFile(declarationsFile);
        emitAlways(getProgram(), file, writeFile, {
          ...transformers,
          before: [spellOutNames(checker, declarations)],
        });
      },
    };
  }

  return {
    watch(host) {
      const { system: cell } = host;
      const update = (): void => {
        timer = undefined;
        parsed = new Map();
        latest = makeBuilder(
          compilerHost((fileName) => cell.readFile(fileName)),
          namesWanted,
        );
        namesWanted = false;
        host.afterProgramCreate(latest);
      };
      let timer: unknown;
      for (const root of host.roots) {
        cell.watchFile?.(root, () => {
          if (timer !== undefined) cell.clearTimeout?.(timer);
          timer = cell.setTimeout?.(update, 0);
        });
      }
      update();
      return { close() {} };
    },
    expectNames() {
      namesWanted = true;
    },
    latest() {
      if (latest === undefined) throw new Error("bug: no cell was compiled");
      return latest;
    },
    seed() {
      // a new program with nothing in it has no type checker, which would be most of a snapshot's size
      parsed = new Map();
      latest = undefined;
      return { cwd, program: makeProgram(compilerHost(() => TSLAB_PREFIX)) };
    },
  };
}

/**
 * Emits although a type cannot be written down exactly (a private member of an anonymous class, a type of a package's inner
 * file): such a declaration is imprecise for later cells, but the cell itself is right and must run.
 */
function emitAlways(
  program: TypeScript.Program,
  file: TypeScript.SourceFile | undefined,
  writeFile: TypeScript.WriteFileCallback,
  transformers: TypeScript.CustomTransformers,
): void {
  const emit = program.emit as (
    file: TypeScript.SourceFile | undefined,
    writeFile: TypeScript.WriteFileCallback,
    cancellation: undefined,
    emitOnly: undefined,
    transformers: TypeScript.CustomTransformers,
    forceDeclarations: boolean,
  ) => TypeScript.EmitResult;
  emit(file, writeFile, undefined, undefined, transformers, true);
}

/**
 * In its tables TypeScript writes one more underscore before names that begin with two, and tslab puts the keys of the table into
 * `export { … }`. When a cell has such a name, tslab gets a table with the names as they are; it reads nothing else of this file.
 */
function withPlainNames(file: TypeScript.SourceFile): TypeScript.SourceFile {
  const { locals } = file as unknown as { locals?: Map<TypeScript.__String, unknown> };
  if (locals === undefined || ![...locals.keys()].some((key) => String(key).startsWith("__"))) return file;
  const plain = [...locals].map(([key, symbol]) => [ts.unescapeLeadingUnderscores(key), symbol] as const);
  return { locals: new Map(plain) } as unknown as TypeScript.SourceFile;
}

/** What `file` imports; undefined for each import that was not found. */
function importsOf(
  program: TypeScript.Program,
  file: TypeScript.SourceFile,
): (TypeScript.ResolvedModuleFull | undefined)[] {
  const internal = program as unknown as {
    resolvedModules?: Map<
      string,
      { forEach(visit: (r: TypeScript.ResolvedModuleWithFailedLookupLocations) => void): void }
    >;
  };
  const imports: (TypeScript.ResolvedModuleFull | undefined)[] = [];
  internal.resolvedModules
    ?.get((file as unknown as { path: string }).path)
    ?.forEach(({ resolvedModule }) => void imports.push(resolvedModule));
  return imports;
}

/** Local files that `file` imports, directly or not: what must be checked, compiled and sent with the cell. */
export function localDependencies(
  program: TypeScript.Program,
  file: TypeScript.SourceFile,
): TypeScript.SourceFile[] {
  const found = new Set<TypeScript.SourceFile>();
  const visit = (from: TypeScript.SourceFile): void => {
    for (const resolvedModule of importsOf(program, from)) {
      const next = resolvedModule && program.getSourceFile(resolvedModule.resolvedFileName);
      if (next === undefined || found.has(next) || next.isDeclarationFile || isLibraryFile(next.fileName))
        continue;
      found.add(next);
      visit(next);
    }
  };
  visit(file);
  return [...found];
}

/** Whether the same text gives the same program for as long as this process lives: of `files` and libraries only, all found. */
export function isFixed(program: TypeScript.Program, files: readonly string[]): boolean {
  return program.getSourceFiles().every((file) => {
    if (!files.includes(file.fileName)) return isLibraryFile(file.fileName);
    return !importsOf(program, file).includes(undefined);
  });
}
