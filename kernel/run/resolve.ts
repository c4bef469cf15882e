// What `require`, `import()` and `import.meta` mean in a cell and in the local files it imports. Local .ts and .js files come
// compiled from the supervisor and run here; a file that changed runs again, and so does every file that imports it.
import { readFileSync, statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, extname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type CellFunction, compileFunction } from "./evaluate.js";
import type { LocalFile, ModuleImport } from "./messages.js";
import { makePackages, type Packages, type Require } from "./modules.js";

/** The object that compiled code knows as `__gradbook`. */
export interface SessionAccess {
  readonly stop: () => never;
  readonly define: (target: Record<string, unknown>, name: string, descriptor: PropertyDescriptor) => void;
  readonly import: (specifier: unknown) => Promise<unknown>;
  readonly meta: ImportMetaLike;
}

export interface ImportMetaLike {
  readonly url: string;
  readonly filename: string;
  readonly dirname: string;
  resolve(specifier: string): string;
}

/** The arguments of a compiled function, in the order of `PARAMETERS`. */
export type Scope = (exports: object) => readonly unknown[];

export interface Resolver {
  /** New compiled texts of local files. */
  update(files: readonly LocalFile[]): void;
  /** Loads the packages that the cell and its local files import. */
  load(imports: readonly ModuleImport[], files: readonly LocalFile[]): Promise<void>;
  scope: Scope;
}

export interface ResolverInput {
  readonly cwd: string;
  readonly ownFolder: string;
  readonly flag: Int32Array;
  readonly stop: () => never;
  readonly define: SessionAccess["define"];
  /** Told of each local file, for positions in errors. */
  readonly register: (file: LocalFile) => void;
}

interface LocalModule {
  readonly code: string;
  readonly exports: Record<string, unknown>;
  /** Local files it has required. */
  readonly uses: Set<string>;
}

const EXTENSIONS = ["", ".ts", ".tsx", ".js", ".jsx", "/index.ts", "/index.js"];

export function makeResolver(input: ResolverInput): Resolver {
  const { cwd, flag, stop, define, register } = input;
  const packages: Packages = makePackages(cwd, input.ownFolder);
  const files = new Map<string, LocalFile>();
  const modules = new Map<string, LocalModule>();
  const json = new Map<string, { changed: number; value: unknown }>();

  function locate(specifier: string, folder: string): string | undefined {
    if (!isLocal(specifier)) return undefined;
    const path = slashes(
      specifier.startsWith("file:") ? fileURLToPath(specifier) : resolve(folder, specifier),
    );
    const candidates = [
      ...EXTENSIONS.map((extension) => path + extension),
      path.replace(/\.js(x?)$/, ".ts$1"),
    ];
    return candidates.find((candidate) => files.has(candidate));
  }

  function requireFrom(folder: string, uses: Set<string>): Require {
    return (specifier) => {
      const local = locate(specifier, folder);
      if (local !== undefined) {
        uses.add(local);
        return runFile(local).exports;
      }
      if (!isLocal(specifier)) return packages.require(specifier);
      const path = resolve(folder, specifier);
      return extname(path) === ".json" ? readJson(path) : packages.require(path);
    };
  }

  /** JSON files are read again when they change, as compiled files are. */
  function readJson(path: string): unknown {
    const { mtimeMs: changed } = statSync(path);
    const known = json.get(path);
    if (known?.changed === changed) return known.value;
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    json.set(path, { changed, value });
    return value;
  }

  function runFile(path: string): LocalModule {
    const file = files.get(path);
    const known = modules.get(path);
    if (file === undefined) throw new Error(`bug: ${path} was not compiled`);
    if (known?.code === file.code) return known;
    const module: LocalModule = { code: file.code, exports: {}, uses: new Set() };
    modules.set(path, module); // before it runs: files may import each other
    try {
      const holder = { exports: module.exports };
      run(compileFunction(file.code, path, false), scopeOf(path, module.uses, holder));
      const replaced = holder.exports;
      if (replaced === module.exports) return module;
      const changed = { ...module, exports: replaced }; // `module.exports = …`
      modules.set(path, changed);
      return changed;
    } catch (error) {
      modules.delete(path);
      throw error;
    }
  }

  function scopeOf(path: string, uses: Set<string>, holder: { exports: object }): readonly unknown[] {
    const folder = dirname(path);
    const require = Object.assign(requireFrom(folder, uses), {
      resolve: (s: string) => locate(s, folder) ?? s,
    });
    const access: SessionAccess = {
      stop,
      define,
      import: (specifier) => importFrom(String(specifier), folder, uses),
      meta: {
        url: pathToFileURL(path).href,
        filename: path,
        dirname: folder,
        resolve: (s) => (isLocal(s) ? pathToFileURL(resolve(folder, s)).href : s),
      },
    };
    return [holder.exports, require, holder, path, folder, access, flag];
  }

  async function importFrom(specifier: string, folder: string, uses: Set<string>): Promise<unknown> {
    const local = locate(specifier, folder);
    if (local !== undefined) {
      uses.add(local);
      return runFile(local).exports;
    }
    if (!isLocal(specifier)) return packages.import(specifier);
    if (specifier.startsWith("file:")) return packages.import(specifier);
    const path = resolve(folder, specifier);
    if (extname(path) !== ".json") return packages.import(pathToFileURL(path).href);
    const value = readJson(path);
    return { default: value, ...(typeof value === "object" && value !== null ? value : {}) };
  }

  return {
    update(changed) {
      const stale = new Set<string>();
      for (const file of changed) {
        if (files.get(file.path)?.code !== file.code) stale.add(file.path);
        files.set(file.path, file);
        register(file);
      }
      // A file that imports a changed file holds the old one's exports.
      for (let grown = stale.size > 0; grown; ) {
        grown = false;
        for (const [path, { uses }] of modules) {
          if (stale.has(path) || ![...uses].some((used) => stale.has(used))) continue;
          stale.add(path);
          grown = true;
        }
      }
      for (const path of stale) modules.delete(path);
    },
    async load(imports, local) {
      const wanted: ModuleImport[] = imports.filter(({ specifier }) => isPackage(specifier));
      for (const file of local) wanted.push(...file.imports.filter(({ specifier }) => isPackage(specifier)));
      const folders = [
        [cwd, imports] as const,
        ...local.map((file) => [dirname(file.path), file.imports] as const),
      ];
      for (const [folder, list] of folders) {
        for (const { specifier, names } of list) {
          // Node runs these itself: they may be ES modules, and are named by their path.
          if (!isLocal(specifier) || !/\.[cm]js$/.test(specifier) || locate(specifier, folder) !== undefined)
            continue;
          wanted.push({ specifier: resolve(folder, specifier), names });
        }
      }
      await packages.load(wanted);
    },
    scope: (exports) => scopeOf(join(cwd, "notebook.ts"), new Set(), { exports }),
  };
}

function run(compiled: CellFunction, scope: readonly unknown[]): unknown {
  return compiled.apply(undefined, [...scope]);
}

function isLocal(specifier: string): boolean {
  return /^\.{1,2}(\/|$)|^file:/.test(specifier) || isAbsolute(specifier);
}

function isPackage(specifier: string): boolean {
  return !isLocal(specifier) && !isBuiltin(specifier);
}

function slashes(path: string): string {
  return path.replace(/\\/g, "/");
}
