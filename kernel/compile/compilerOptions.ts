// How cells are compiled. `lib` follows the running Node: a type that exists without its function is worse than an error.
import type * as TypeScript from "typescript";
import { ts } from "./injection.js";

/** Library declarations for a major version of Node, each checked by a test that calls one of its functions. */
export function libraries(nodeMajor: number): string[] {
  if (nodeMajor >= 24) return ["esnext"];
  if (nodeMajor >= 22)
    return ["es2024", "esnext.array", "esnext.collection", "esnext.iterator", "esnext.disposable"];
  return ["es2023", "esnext.disposable"];
}

/** Settings that a tsconfig.json in the notebook's folder may change. */
const ADJUSTABLE = [
  "strict",
  "strictNullChecks",
  "strictFunctionTypes",
  "strictBindCallApply",
  "strictPropertyInitialization",
  "strictBuiltinIteratorReturn",
  "noImplicitAny",
  "noImplicitThis",
  "useUnknownInCatchVariables",
  "alwaysStrict",
  "noUncheckedIndexedAccess",
  "exactOptionalPropertyTypes",
  "noImplicitReturns",
  "noFallthroughCasesInSwitch",
  "lib",
  "jsx",
  "jsxFactory",
  "jsxImportSource",
  "paths",
  "baseUrl",
  "types",
] as const;

export interface CellOptionsInput {
  readonly cwd: string;
  readonly system: TypeScript.System;
  readonly nodeMajor: number;
  /** Folders with `@types` packages, nearest first. */
  readonly typeRoots: readonly string[];
}

/**
 * Compiler options of cells. `strict` is on; `noImplicitAny` is off, because a type on each parameter of a small function in a
 * cell is noise while learning. A tsconfig.json in the notebook's folder may change the checks, `lib`, `jsx` and `paths`.
 */
export function cellOptions({
  cwd,
  system,
  nodeMajor,
  typeRoots,
}: CellOptionsInput): TypeScript.CompilerOptions {
  return {
    strict: true,
    noImplicitAny: false,
    lib: libraries(nodeMajor).map((name) => `lib.${name}.d.ts`),
    jsx: ts.JsxEmit.React,
    types: ["node"],
    ...adjustments(cwd, system),
    typeRoots: [...typeRoots],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Legacy,
    esModuleInterop: true,
    resolveJsonModule: true,
    allowImportingTsExtensions: true,
    allowJs: true,
    checkJs: false,
    experimentalDecorators: true,
    skipLibCheck: true,
    libReplacement: false,
    declaration: true,
    inlineSourceMap: true,
    newLine: ts.NewLineKind.LineFeed,
    rootDir: cwd,
    // The name tslab compares emitted files with.
    outDir: "outDir",
  };
}

function adjustments(cwd: string, system: TypeScript.System): TypeScript.CompilerOptions {
  const path = `${cwd}/tsconfig.json`;
  const text = system.readFile(path);
  if (text === undefined) return {};
  const { config } = ts.parseConfigFileTextToJson(path, text);
  if (config === undefined) return {};
  const host: TypeScript.ParseConfigHost = {
    useCaseSensitiveFileNames: true,
    fileExists: system.fileExists,
    readFile: system.readFile,
    readDirectory: () => [],
  };
  const { options } = ts.parseJsonConfigFileContent(config, host, cwd, undefined, path);
  const kept: TypeScript.CompilerOptions = Object.fromEntries(
    ADJUSTABLE.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
  // parseJsonConfigFileContent resolves `paths` relative to the folder it read them in.
  if (options.pathsBasePath !== undefined) kept.pathsBasePath = options.pathsBasePath;
  return kept;
}
