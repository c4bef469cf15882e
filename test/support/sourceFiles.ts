import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const root: string = fileURLToPath(new URL("../../", import.meta.url));

/** All files below `folder` whose name ends in `ending`, as paths relative to the repository with forward slashes. */
export function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/** The text of a file of the repository. */
export const textOf = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** One import of a module. */
export interface Import {
  /** As written. */
  readonly specifier: string;
  /** For a relative import, the path of the imported file relative to the repository. */
  readonly target?: string;
  readonly typeOnly: boolean;
}

/** The static imports, re-exports and dynamic imports with a constant name in a source text. */
export function importsOf(file: string): Import[] {
  const text = textOf(file).replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");
  const found: Import[] = [];
  const statement =
    /^(?:import|export)\s+(type\s)?(?:[\w*{},$\s]+?\sfrom\s+)?"([^"]+)"|\bimport\("([^"]+)"\)|\brequire\("([^"]+)"\)/gm;
  for (const match of text.matchAll(statement)) {
    const specifier = match[2] ?? match[3] ?? match[4]!;
    const target = specifier.startsWith(".")
      ? path.posix.join(path.posix.dirname(file), specifier).replace(/\.js$/, ".ts")
      : undefined;
    found.push({ specifier, typeOnly: match[1] !== undefined, ...(target ? { target } : {}) });
  }
  return found;
}
