// Packages: from the name in an import to the module. Cells are compiled to CommonJS, and half of the packages are ES modules,
// so every package a cell imports is loaded with a real import() before the cell runs, from the folder of the notebook.
// The notebook's folder wins; packages that come with gradbook are found from any folder.
import Module, { isBuiltin } from "node:module";
import { join } from "node:path";
import { isProvided } from "../text/packageRoot.js";
import type { ModuleImport } from "./messages.js";

type Exports = Record<string, unknown>;
export type Require = (specifier: string) => unknown;

export interface Packages {
  /** Loads what static imports name, so that `require` can answer at once. */
  load(imports: readonly ModuleImport[]): Promise<void>;
  require: Require;
  import(specifier: string): Promise<unknown>;
}

interface NodeModule {
  filename: string;
  paths: string[];
  require: NodeJS.Require;
  exports: unknown;
  _compile(code: string, fileName: string): void;
}

interface ModuleClass {
  new (id: string): NodeModule;
  _nodeModulePaths(folder: string): string[];
  _cache: Record<string, NodeModule | undefined>;
}

const NodeModule = Module as unknown as ModuleClass;

/** `import` and `require` as a file in `folder` has them; `name` is only seen in Node's error messages. */
function loadersOf(
  folder: string,
  name: string,
): { import(specifier: string): Promise<Exports>; require: NodeJS.Require } {
  const file = new NodeModule(name);
  file.filename = join(folder, name);
  file.paths = NodeModule._nodeModulePaths(folder);
  file._compile(
    "exports.import = (specifier) => import(specifier); exports.require = require;",
    file.filename,
  );
  return file.exports as { import(specifier: string): Promise<Exports>; require: NodeJS.Require };
}

export function makePackages(cwd: string, ownFolder: string): Packages {
  // .cjs, or a package.json with "type": "module" in the folder would make it an ES module.
  const notebook = loadersOf(cwd, "notebook.cjs");
  const own = loadersOf(ownFolder, "gradbook.cjs");
  const loaded = new Map<string, unknown>();

  const importModule = async (specifier: string): Promise<Exports> => {
    try {
      return await notebook.import(specifier);
    } catch (error) {
      if (isMissing(error, specifier) && isProvided(specifier)) return own.import(specifier);
      throw explain(error, specifier);
    }
  };

  return {
    async load(imports) {
      for (const { specifier, names } of imports) {
        if (isBuiltin(specifier)) continue;
        const known = loaded.get(specifier);
        const module = known ?? interop(await importModule(specifier));
        checkNames(specifier, module, names);
        loaded.set(specifier, module);
      }
    },
    require(specifier) {
      if (loaded.has(specifier)) return loaded.get(specifier);
      try {
        return notebook.require(specifier);
      } catch (error) {
        if (isMissing(error, specifier) && isProvided(specifier)) return own.require(specifier);
        throw explain(error, specifier);
      }
    },
    import: (specifier) => importModule(specifier),
  };
}

/** Whether this package, and not one that it imports, was not found. */
function isMissing(error: unknown, specifier: string): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") return false;
  return (
    String(message).includes(`'${packageName(specifier)}'`) || String(message).includes(`'${specifier}'`)
  );
}

function packageName(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? specifier);
}

function explain(error: unknown, specifier: string): unknown {
  if (!isMissing(error, specifier) || /^[./]|^file:/.test(specifier)) return error;
  const name = packageName(specifier);
  return new Error(
    `import: package "${name}" must be installed, got none\n  help: run npm install ${name} beside the notebook`,
    {
      cause: error,
    },
  );
}

/**
 * What `require` gives for a module that was loaded by `import()`. A CommonJS module is itself. The exports of an ES module are
 * copied to an object that says so (`__esModule`), with getters, because an ES module may change its exports.
 */
function interop(namespace: Exports): unknown {
  const commonJs = namespace.default;
  if ("module.exports" in namespace || isCommonJs(commonJs)) return namespace["module.exports"] ?? commonJs;
  const copy: Exports = {};
  for (const name of Object.keys(namespace)) {
    Object.defineProperty(copy, name, { enumerable: true, configurable: true, get: () => namespace[name] });
  }
  Object.defineProperty(copy, "__esModule", { value: true });
  // As a prototype an object gets V8's fast representation, however many getters it has.
  Object.create(copy);
  return copy;
}

function isCommonJs(value: unknown): boolean {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return false;
  return Object.values(NodeModule._cache).some((module) => module?.exports === value);
}

/** A named import that does not exist is an error in ES modules, and would silently be undefined in compiled code. */
function checkNames(specifier: string, module: unknown, names: readonly string[]): void {
  if ((typeof module !== "object" && typeof module !== "function") || module === null) return;
  const isEsModule = (module as Exports).__esModule === true;
  for (const name of names) {
    if (name in module || (name === "default" && !isEsModule)) continue;
    const near = nearest(name, Object.keys(module));
    const help = near.length === 0 ? "" : `\n  help: did you mean ${near.map((n) => `"${n}"`).join(" or ")}?`;
    throw new SyntaxError(`import: "${specifier}" must export "${name}", got no such name${help}`);
  }
}

/** Up to three names that are a few letters away. */
function nearest(name: string, candidates: readonly string[]): string[] {
  const limit = name.length <= 2 ? 1 : Math.max(2, Math.floor(name.length / 3)); // two letters swapped are two edits
  return candidates
    .map((candidate) => [candidate, editDistance(name.toLowerCase(), candidate.toLowerCase())] as const)
    .filter(([, distance]) => distance <= limit)
    .sort((a, b) => a[1] - b[1])
    .slice(0, 3)
    .map(([candidate]) => candidate);
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
