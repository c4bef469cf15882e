// Where this package is installed. dist/kernel/text/packageRoot.js, or kernel/text/packageRoot.ts in the repository.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder with gradbook's package.json, found by walking up from this file. */
export function packageRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).name === "gradbook") return folder;
    if (dirname(folder) === folder) throw new Error("bug: gradbook's package.json is not above the kernel");
  }
}

/** Packages a notebook can import wherever it lies: they come with gradbook. A copy in the notebook's folder wins. */
export const PROVIDED_PACKAGES: readonly string[] = ["gradbook", "@observablehq/plot", "jsdom"];

/** Whether an import names a provided package or a file in one. */
export function isProvided(specifier: string): boolean {
  return PROVIDED_PACKAGES.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}
