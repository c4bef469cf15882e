// Parsed files. Declarations of libraries are parsed once per process; local files are read for every cell and parsed when
// their text changed. Reading a local file takes some 20 µs, which is cheaper and surer than watching it.
import type * as TypeScript from "typescript";
import { packageRoot } from "../text/packageRoot.js";
import { ts } from "./injection.js";

export interface SourceFiles {
  get(
    fileName: string,
    options: TypeScript.ScriptTarget | TypeScript.CreateSourceFileOptions,
  ): TypeScript.SourceFile | undefined;
}

const ownBuild = `${packageRoot().replace(/\\/g, "/")}/dist/`;

/** Files that do not change while a kernel runs: the compiler's own, those of packages, and the built gradbook itself. */
export function isLibraryFile(fileName: string): boolean {
  return fileName.includes("/node_modules/") || fileName.startsWith(ownBuild);
}

/** @param parsed library files that are parsed already: filled when a snapshot is built, used after it is started */
export function makeSourceFiles(
  system: TypeScript.System,
  parsed: Map<string, TypeScript.SourceFile> = new Map(),
): SourceFiles {
  const local = new Map<string, TypeScript.SourceFile>();
  return {
    get(fileName, options) {
      const cache = isLibraryFile(fileName) ? parsed : local;
      const known = cache.get(fileName);
      if (known !== undefined && cache === parsed) return known;
      const text = system.readFile(fileName);
      if (text === undefined) {
        cache.delete(fileName);
        return undefined;
      }
      if (known?.text === text) return known;
      const file = ts.createSourceFile(fileName, text, options, false);
      cache.set(fileName, file);
      return file;
    },
  };
}
