// The program behind the converter. tslab uses TypeScript's watch program: file watchers, timers, and two full builds for every
// cell. Here a program is built only when somebody asks for it: the first of tslab's two builds wants the names of a cell and
// needs no more than its parsed text. Nothing is watched, so a file that appears between two cells cannot break the converter.
import type * as TypeScript from "typescript";
import { makeDeclarationTree } from "./declarationTree.js";
import { ts, type WatchHost } from "./injection.js";
import { type ModuleResolution, noLibraryResolution } from "./moduleResolution.js";
import { moveTree, type PreparedCell, standsAlone } from "./nextCell.js";
import { spellOutNames } from "./previousNames.js";
import { isFixed } from "./programFiles.js";
import { moveSeed, type ProgramSeed } from "./programSeed.js";
import type { SourceFiles } from "./sourceFiles.js";
import { CELL_FILE, DECLARATIONS_FILE, TSLAB_PREFIX, withPlainNames } from "./tslab.js";

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
  /**
   * Makes the program of the next cell, with the declarations it will probably see. To be called between two requests. Undefined when
   * the program may be another by then.
   */
  prepare(declarations: string): TypeScript.Program | undefined;
  /** What another compiler can start from. This one must not be used after it. */
  seed(): ProgramSeed;
}

export function makeCellPrograms(input: BuilderOptions): CellPrograms {
  const { options, system, cwd, sourceFiles, resolution, globals, seed } = input;
  const cellFiles = new Set([`${cwd}/${CELL_FILE}`, `${cwd}/${DECLARATIONS_FILE}`]);
  const globalFiles = new Map(globals.map((file) => [file.fileName, file]));
  const libraryFolder = ts.getDefaultLibFilePath(options).replace(/\/[^/]*$/, "");

  const cellFile = `${cwd}/${CELL_FILE}`;
  const declarationsFile = `${cwd}/${DECLARATIONS_FILE}`;
  const declarationTree = makeDeclarationTree();
  let parsed = new Map<string, TypeScript.SourceFile>();
  let previous: TypeScript.Program | undefined = seed && moveSeed(seed, cwd);
  let latest: CellBuilder | undefined;
  let namesWanted = false;
  let prepared: PreparedCell | undefined;

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
        : inPreparedProgram(ts.createSourceFile(fileName, text, languageVersion, false), readCell);
    parsed.set(fileName, file);
    return file;
  }

  /** The tree of a cell, in the program that was made for it if that is the right one. */
  function inPreparedProgram(
    cell: TypeScript.SourceFile,
    readCell: (fileName: string) => string | undefined,
  ): TypeScript.SourceFile {
    if (prepared !== undefined && prepared.declarations === readCell(declarationsFile) && standsAlone(cell))
      return moveTree(cell, prepared.file);
    prepared = undefined;
    return cell;
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
      if (program !== undefined) return program;
      const cell = host.getSourceFile(cellFile, ts.ScriptTarget.ES2022);
      if (cell === undefined || cell !== prepared?.file) program = makeProgram(host);
      else {
        ts.bindSourceFile(cell, options);
        program = prepared.program;
      }
      prepared = undefined;
      return program;
    };
    return {
      getProgram,
      getSourceFile(fileName) {
        if (!cellFiles.has(fileName)) return getProgram().getSourceFile(fileName);
        const file = host.getSourceFile(fileName, ts.ScriptTarget.ES2022);
        // The checker would bind it later; tslab reads the table of its names now.
        if (file !== undefined) ts.bindSourceFile(file, options);
        return forNames && fileName === cellFile && file !== undefined ? withPlainNames(file) : file;
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
    prepare(declarations) {
      // JSX of a newer kind imports something in every cell
      if ((options.jsx ?? ts.JsxEmit.React) !== ts.JsxEmit.React) return undefined;
      const text = TSLAB_PREFIX + declarations;
      if (prepared?.declarations === text) return prepared.program;
      parsed = new Map();
      prepared = undefined;
      latest = undefined;
      const program = makeProgram(
        compilerHost((fileName) => (fileName === declarationsFile ? text : TSLAB_PREFIX)),
      );
      const file = program.getSourceFile(cellFile);
      // a local file may change before the next cell comes, and a package may be installed
      if (file === undefined || !isFixed(program, [...cellFiles])) return undefined;
      program.getTypeChecker();
      prepared = { program, declarations: text, file };
      return program;
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
