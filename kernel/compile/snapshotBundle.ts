// One CommonJS text with the compile process in it: a snapshot is built from a single file, whose `require` knows built-in
// modules only. Each file becomes a function; our own ES modules are converted, those of TypeScript and tslab are as they are.

import { readFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { pathToFileURL } from "node:url";
import type * as TypeScript from "typescript";
import { compactCode } from "./compactCode.js";
import { ts } from "./injection.js";
import { withShortLivedCheckers } from "./shortLived.js";

interface BundledFile {
  readonly code: string;
  /** Specifier -> path of the file it names. */
  readonly requires: Readonly<Record<string, string>>;
}

/** @param entry path of a compiled ES module; `extra` are specifiers that code requires with a computed name */
export function bundle(entry: string, extra: readonly string[]): string {
  const files = new Map<string, BundledFile>();
  const add = (path: string): void => {
    if (files.has(path)) return;
    const text = readFileSync(path, "utf8");
    const code = path.endsWith(".json")
      ? `module.exports = ${text}`
      : isEsModule(text)
        ? toCommonJs(text, path)
        : path.endsWith("/typescript.js")
          ? withShortLivedCheckers(text)
          : text;
    const require = createRequire(path);
    const requires: Record<string, string> = {};
    files.set(path, { code, requires });
    // TypeScript's own file is one piece; what it requires besides built-in modules is optional.
    if (path.endsWith("/typescript.js")) return;
    for (const [, specifier = ""] of code.matchAll(/\brequire\(["']([^"']+)["']\)/g)) {
      if (isBuiltin(specifier) || specifier === "@tslab/typescript-for-tslab") continue;
      requires[specifier] = require.resolve(specifier);
      add(requires[specifier]);
    }
  };
  add(entry);
  const require = createRequire(entry);
  const named: Record<string, string> = {};
  for (const specifier of extra) {
    named[specifier] = require.resolve(specifier);
    add(named[specifier]);
  }
  const tslab = createRequire(require.resolve("tslab/dist/converter.js"));
  named["@tslab/typescript-for-tslab"] = tslab.resolve("@tslab/typescript-for-tslab");

  const entries = [...files].map(
    ([path, { code, requires }]) =>
      `${JSON.stringify(path)}: [${JSON.stringify(requires)}, function (module, exports, require, __filename, __dirname) {${code}\n}]`,
  );
  return compactCode(
    `"use strict";\n${loader(named, entry).replace("/*FILES*/", () => entries.join(",\n"))}`,
  );
}

function isEsModule(text: string): boolean {
  return /^(import|export)\b/m.test(text) && !/^\s*"use strict";/.test(text);
}

/** `import.meta` does not exist in CommonJS; of it, the compiler uses the URL only. */
function toCommonJs(text: string, path: string): string {
  const meta: TypeScript.TransformerFactory<TypeScript.SourceFile> = (context) => (file) => {
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      if (!ts.isMetaProperty(node)) return ts.visitEachChild(node, visit, context);
      const url = context.factory.createStringLiteral(pathToFileURL(path).href);
      return context.factory.createObjectLiteralExpression([
        context.factory.createPropertyAssignment("url", url),
      ]);
    };
    return ts.visitEachChild(file, visit, context);
  };
  return ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
    transformers: { before: [meta] },
  }).outputText;
}

/** The `require` of the bundle. `createRequire` gives the same one, so that its cache is the one that injection.ts writes to. */
function loader(named: Readonly<Record<string, string>>, entry: string): string {
  return `
const builtin = require;
const files = {/*FILES*/};
const named = ${JSON.stringify(named)};
const cache = {};
function load(path) {
  if (cache[path]) return cache[path].exports;
  if (!files[path]) throw Object.assign(new Error("not in the snapshot: " + path), { code: "MODULE_NOT_FOUND" });
  const module = (cache[path] = { id: path, filename: path, exports: {} });
  const [requires, run] = files[path];
  run.call(module.exports, module, module.exports, requireIn(requires), path, path.slice(0, path.lastIndexOf("/")));
  return module.exports;
}
function requireIn(requires) {
  const resolve = (specifier) => requires[specifier] ?? named[specifier] ?? specifier;
  return Object.assign((specifier) => {
    if (/^(node:)?module$/.test(specifier)) return { createRequire: () => requireIn({}) };
    // Its native part cannot be written; TypeScript then uses the global \`performance\`.
    if (/^(node:)?perf_hooks$/.test(specifier)) throw new Error("not in a snapshot");
    const path = resolve(specifier);
    return files[path] || cache[path] ? load(path) : builtin(specifier);
  }, { resolve, cache });
}
load(${JSON.stringify(entry)});
`;
}
