import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { makePackages } from "../../../../kernel/run/modules.js";
import { packageRoot } from "../../../../kernel/text/packageRoot.js";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "gradbook-modules-")));
afterAll(() => rmSync(folder, { recursive: true }));

/** Installs a package in the notebook's folder. */
function install(name: string, manifest: object, files: Record<string, string>): void {
  mkdirSync(join(folder, "node_modules", name), { recursive: true });
  for (const [file, text] of Object.entries({
    "package.json": JSON.stringify({ name, ...manifest }),
    ...files,
  })) {
    writeFileSync(join(folder, "node_modules", name, file), text);
  }
}
install(
  "esm",
  { type: "module", exports: { import: "./i.js" } },
  {
    "i.js":
      "export let count = 1; export const up = () => { count++ }; export const mean = 5; await null; export default 'd';",
  },
);
install(
  "cjs",
  { main: "i.js" },
  {
    "i.js":
      "exports.a = 1; exports.self = exports; exports['not-found-by-lexer'] = 2; global.cjsLoads = (global.cjsLoads ?? 0) + 1;",
  },
);
install(
  "dual",
  { exports: { import: "./i.mjs", require: "./i.cjs" } },
  { "i.mjs": "export const kind = 'import'", "i.cjs": "exports.kind = 'require'" },
);

const packages = makePackages(folder, packageRoot());
const load = (specifier: string, ...names: string[]) => packages.load([{ specifier, names }]);
type Any = Record<string, never>;

describe("an ES module", () => {
  test("is loaded though it awaits and has an import condition only, with live bindings", async () => {
    await load("esm", "count");
    const esm = packages.require("esm") as {
      count: number;
      up(): void;
      default: string;
      __esModule: boolean;
    };
    expect([esm.count, esm.default, esm.__esModule]).toEqual([1, "d", true]);
    esm.up();
    expect(esm.count).toBe(2);
  });
  test("is one instance, however it is imported", async () => {
    await load("esm");
    const { up } = (await packages.import("esm")) as { up(): void };
    const before = (packages.require("esm") as { count: number }).count;
    up();
    expect((packages.require("esm") as { count: number }).count).toBe(before + 1);
  });
  test("that lacks a name is an error that offers near ones", async () => {
    await expect(load("esm", "maen")).rejects.toThrowErrorMatchingInlineSnapshot(`
      [SyntaxError: import: "esm" must export "maen", got no such name
        help: did you mean "mean"?]
    `);
    await expect(load("esm", "somethingElse")).rejects.toThrowErrorMatchingInlineSnapshot(
      `[SyntaxError: import: "esm" must export "somethingElse", got no such name]`,
    );
  });
  test("is preferred in a package that has both", async () => {
    await load("dual");
    expect((packages.require("dual") as Any).kind).toBe("import");
  });
});

describe("a CommonJS module", () => {
  test("is its own exports, loaded once", async () => {
    await load("cjs", "a", "default");
    const cjs = packages.require("cjs") as { self: unknown; "not-found-by-lexer": number };
    expect(cjs.self).toBe(cjs);
    expect(cjs["not-found-by-lexer"]).toBe(2);
    expect((globalThis as unknown as { cjsLoads: number }).cjsLoads).toBe(1);
  });
});

test("a package that is not installed says what to do", async () => {
  await expect(load("@scope/absent/sub")).rejects.toThrowErrorMatchingInlineSnapshot(`
    [Error: import: package "@scope/absent" must be installed, got none
      help: run npm install @scope/absent beside the notebook]
  `);
  expect(() => packages.require("absent")).toThrow(/npm install absent/);
});

test("packages that come with gradbook are found from any folder", async () => {
  await load("@observablehq/plot", "plot");
  expect((packages.require("@observablehq/plot") as Any).plot).toBeTypeOf("function");
});

test("built-in modules are Node's", async () => {
  await load("node:path", "join");
  expect(packages.require("node:path")).toBe(await import("node:path").then((m) => m.default));
});
