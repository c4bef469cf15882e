// From the text of an import to a file. Successful resolutions are remembered, failures never: a file or package that appears
// between two cells is found by the next one, without watching folders.
import { dirname } from "node:path";
import type * as TypeScript from "typescript";
import { isProvided } from "../text/packageRoot.js";
import { ts } from "./injection.js";
import { isLibraryFile } from "./sourceFiles.js";

export interface ModuleResolution {
  resolve(
    specifier: string,
    containingFile: string,
    mode: TypeScript.ResolutionMode,
  ): TypeScript.ResolvedModuleWithFailedLookupLocations;
  /** Remembers the package.json files: a program asks for the nearest one of each of its files. */
  readonly cache: TypeScript.ModuleResolutionCache;
  /** Whether an import of this file was not found when it was last tried. */
  hasFailures(file: string): boolean;
}

/**
 * What a program asks about replacements of its libraries. Never called, because of the option libReplacement: but each program
 * makes a cache for the answers when it is missing, in a way that outlives V8's small collections (see shortLived.ts).
 */
export const noLibraryResolution: { resolveLibrary(): { resolvedModule: undefined } } = {
  resolveLibrary: () => ({ resolvedModule: undefined }),
};

/** `fallbackFile` is a file inside our package: provided packages that the notebook's folder lacks are resolved from there. */
export function makeModuleResolution(
  options: TypeScript.CompilerOptions,
  host: TypeScript.ModuleResolutionHost,
  cwd: string,
  fallbackFile: string,
): ModuleResolution {
  const found = new Map<string, TypeScript.ResolvedModuleWithFailedLookupLocations>();
  const failed = new Map<string, Set<string>>();
  // Files of packages import each other: there the compiler's own cache, failures included, is right and fast.
  const packages = ts.createModuleResolutionCache(cwd, (name) => name, options);

  return {
    cache: packages,
    resolve(specifier, containingFile, mode) {
      if (isLibraryFile(containingFile)) {
        return ts.resolveModuleName(specifier, containingFile, options, host, packages, undefined, mode);
      }
      const key = `${dirname(containingFile)}\0${mode ?? ""}\0${specifier}`;
      const known = found.get(key);
      const file = known?.resolvedModule?.resolvedFileName;
      if (known !== undefined && file !== undefined && (isLibraryFile(file) || host.fileExists(file)))
        return known;
      let result = ts.resolveModuleName(specifier, containingFile, options, host, undefined, undefined, mode);
      if (result.resolvedModule === undefined && isProvided(specifier)) {
        result = ts.resolveModuleName(specifier, fallbackFile, options, host, packages, undefined, mode);
      }
      const failures = failed.get(containingFile) ?? new Set();
      failed.set(containingFile, failures);
      if (result.resolvedModule === undefined) {
        found.delete(key);
        failures.add(specifier);
      } else {
        found.set(key, result);
        failures.delete(specifier);
      }
      return result;
    },
    hasFailures: (file) => (failed.get(file)?.size ?? 0) > 0,
  };
}
