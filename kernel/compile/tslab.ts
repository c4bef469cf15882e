// The only file that loads tslab. Of tslab, the kernel uses the converter: the model of declarations that lets a notebook
// declare the same name again, with another type, in a later cell. https://github.com/yunabe/tslab (1.0.22)
import { createRequire } from "node:module";
import type * as TypeScript from "typescript";
import { type Hooks, provideTypeScript, ts, withHooks } from "./injection.js";

/** What tslab says about a cell. `diagnostics` is only used to see whether there are any; diagnostics.ts shows our own. */
export interface Conversion {
  readonly output?: string;
  readonly declOutput?: string;
  readonly diagnostics: readonly unknown[];
  readonly lastExpressionVar?: string;
}

export interface TslabCompletions {
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly string[];
  readonly original?: TypeScript.CompletionInfo;
}

export interface Converter {
  convert(declarations: string, source: string): Conversion;
  inspect(declarations: string, source: string, position: number): TypeScript.QuickInfo | undefined;
  complete(declarations: string, source: string, position: number): TslabCompletions;
}

interface ConverterModule {
  createConverter(options: { isJS: boolean; isBrowser: boolean }): Converter & { close(): void };
}

let loaded: ConverterModule | undefined;

function loadConverter(): ConverterModule {
  if (loaded === undefined) {
    const require = createRequire(import.meta.url);
    provideTypeScript(require.resolve("tslab/dist/converter.js"));
    loaded = require("tslab/dist/converter.js") as ConverterModule;
  }
  return loaded;
}

/** One line that tslab puts before every cell and before the declarations, which makes both of them modules. */
export const TSLAB_PREFIX = "export {};\n";
export const CELL_FILE = "__tslab__.ts";
export const DECLARATIONS_FILE = "__prev__.d.ts";

/** A converter whose program, file access and second pass are those of `hooks`. */
export function createConverter(hooks: Hooks): Converter {
  const converter = withHooks(hooks, () =>
    loadConverter().createConverter({ isJS: false, isBrowser: false }),
  );
  return {
    convert: (declarations, source) => withHooks(hooks, () => converter.convert(declarations, source)),
    inspect: (declarations, source, position) =>
      withHooks(hooks, () => converter.inspect(declarations, source, position)),
    complete: (declarations, source, position) =>
      withHooks(hooks, () => converter.complete(declarations, source, position)),
  };
}

/**
 * In its tables TypeScript writes one more underscore before names that begin with two, and tslab puts the keys of the table into
 * `export { … }`. When a cell has such a name, tslab gets a table with the names as they are; it reads nothing else of this file.
 */
export function withPlainNames(file: TypeScript.SourceFile): TypeScript.SourceFile {
  const { locals } = file as unknown as { locals?: Map<TypeScript.__String, unknown> };
  if (locals === undefined || ![...locals.keys()].some((key) => String(key).startsWith("__"))) return file;
  const plain = [...locals].map(([key, symbol]) => [ts.unescapeLeadingUnderscores(key), symbol] as const);
  return { locals: new Map(plain) } as unknown as TypeScript.SourceFile;
}
