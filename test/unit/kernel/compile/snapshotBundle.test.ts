import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { bundle } from "../../../../kernel/compile/snapshotBundle.js";

test("a bundle is one script that runs without its files", () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "gradbook-bundle-")));
  mkdirSync(join(folder, "node_modules/tslab/dist"), { recursive: true });
  mkdirSync(join(folder, "node_modules/@tslab/typescript-for-tslab"), { recursive: true });
  const files = {
    "package.json": '{"type": "module"}',
    // ES modules, built-in modules, JSON, a CommonJS package, the position of the file, and what injection.ts does.
    "main.js": `import { createRequire } from "node:module";
import { sep } from "node:path";
import { value } from "./other.js";
const load = createRequire(import.meta.url);
load.cache[load.resolve("@tslab/typescript-for-tslab")] = { exports: { injected: true } };
console.log(JSON.stringify([value, sep, import.meta.url, load("tslab/dist/converter.js")]));`,
    "other.js": "export const value = 1;",
    "node_modules/tslab/package.json": '{"name": "tslab", "version": "9"}',
    "node_modules/tslab/dist/converter.js":
      "exports.ts = require('@tslab/typescript-for-tslab'); exports.version = require('../package.json').version; exports.file = __filename;",
    "node_modules/@tslab/typescript-for-tslab/index.js": "throw new Error('must not be loaded')",
    "node_modules/@tslab/typescript-for-tslab/package.json": '{"main": "index.js"}',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const text = bundle(join(folder, "main.js"), ["tslab/dist/converter.js"]);
  rmSync(folder, { recursive: true });
  const output = execFileSync(process.execPath, ["--input-type=commonjs", "-"], {
    input: text,
    encoding: "utf8",
  });
  expect(JSON.parse(output)).toEqual([
    1,
    "/",
    pathToFileURL(join(folder, "main.js")).href,
    { ts: { injected: true }, version: "9", file: join(folder, "node_modules/tslab/dist/converter.js") },
  ]);
});
