// What files of a program import: local files, which are compiled and sent with a cell, and whether all files stay as they are.
import type * as TypeScript from "typescript";
import { isLibraryFile } from "./sourceFiles.js";

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
