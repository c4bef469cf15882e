import { mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { LocalFile } from "../../../../kernel/run/messages.js";
import { makeResolver, type SessionAccess } from "../../../../kernel/run/resolve.js";
import { packageRoot } from "../../../../kernel/text/packageRoot.js";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "gradbook-resolve-")));
afterAll(() => rmSync(folder, { recursive: true }));

function setUp() {
  const registered: string[] = [];
  const resolver = makeResolver({
    cwd: folder,
    ownFolder: packageRoot(),
    flag: new Int32Array(1),
    stop: () => {
      throw new Error("stopped");
    },
    define: (target, name, { get, value }) => {
      target[name] = get === undefined ? value : get();
    },
    register: ({ path }) => void registered.push(path),
  });
  const [exports, require, module, filename, dirname, session] = resolver.scope({ own: 1 }) as [
    object,
    (specifier: string) => Record<string, unknown>,
    object,
    string,
    string,
    SessionAccess,
  ];
  return { resolver, registered, exports, require, module, filename, dirname, session };
}
const file = (name: string, code: string): LocalFile => ({
  path: join(folder, name),
  code,
  map: [],
  imports: [],
});

test("a cell has the names of a module in the notebook's folder", () => {
  const { exports, module, filename, dirname, session } = setUp();
  expect(exports).toEqual({ own: 1 });
  expect(module).toEqual({ exports });
  expect([filename, dirname]).toEqual([join(folder, "notebook.ts"), folder]);
  expect(session.meta).toMatchObject({ url: `file://${folder}/notebook.ts`, filename, dirname });
  expect(session.meta.resolve("./x.png")).toBe(`file://${folder}/x.png`);
});

describe("local files", () => {
  test.each(["./a", "./a.ts", "./a.js", "../" + "X/a"])("%s", (specifier) => {
    const { resolver, require, registered } = setUp();
    const path = specifier.replace("X", folder.split("/").at(-1) ?? "");
    resolver.update([file("a.ts", "exports.v = 1;")]);
    expect(require(path).v).toBe(1);
    expect(registered).toEqual([join(folder, "a.ts")]);
  });
  test("run once while their code is the same, and again when it changed, with those that import them", () => {
    const { resolver, require } = setUp();
    const user = file("user.ts", "exports.id = {}; exports.v = require('./base').v;");
    const other = file("other.ts", "exports.id = {};");
    resolver.update([user, other, file("base.ts", "exports.v = 1;")]);
    const [first, still] = [require("./user"), require("./other")];
    resolver.update([user, other, file("base.ts", "exports.v = 1;")]);
    expect(require("./user")).toBe(first);
    resolver.update([user, other, file("base.ts", "exports.v = 2;")]);
    expect(require("./user")).not.toBe(first);
    expect(require("./user").v).toBe(2);
    expect(require("./other")).toBe(still);
  });
  test("may import each other", () => {
    const { resolver, require } = setUp();
    resolver.update([
      file(
        "a.ts",
        "exports.name = 'a'; const b = require('./b'); exports.both = () => exports.name + b.name;",
      ),
      file("b.ts", "const a = require('./a'); exports.name = 'b' + a.name;"),
    ]);
    expect((require("./a").both as () => string)()).toBe("aba");
  });
  test("that throw are run again by the next import", () => {
    const { resolver, require } = setUp();
    resolver.update([
      file(
        "a.ts",
        "globalThis.tries = (globalThis.tries ?? 0) + 1; if (tries < 2) throw new Error('x'); exports.v = tries;",
      ),
    ]);
    expect(() => require("./a")).toThrow("x");
    expect(require("./a").v).toBe(2);
  });
  test("may replace module.exports", () => {
    const { resolver, require } = setUp();
    resolver.update([file("a.js", "module.exports = 5;")]);
    expect(require("./a")).toBe(5);
  });
  test("are what import() gives, also without extension", async () => {
    const { resolver, session } = setUp();
    resolver.update([file("a.ts", "exports.v = 7;")]);
    expect(await session.import("./a")).toEqual({ v: 7 });
  });
});

test("JSON is read again when it changed", async () => {
  const { require, session } = setUp();
  writeFileSync(join(folder, "d.json"), '{"a": 1}');
  expect(require("./d.json")).toEqual({ a: 1 });
  expect(require("./d.json")).toBe(require("./d.json"));
  writeFileSync(join(folder, "d.json"), '{"a": 2}');
  utimesSync(join(folder, "d.json"), 1, 1); // another time than before, whatever the steps of the file system
  expect(require("./d.json")).toEqual({ a: 2 });
  expect(await session.import("./d.json")).toEqual({ default: { a: 2 }, a: 2 });
});

test(".mjs files are loaded by Node before a cell requires them", async () => {
  const { resolver, require } = setUp();
  writeFileSync(join(folder, "m.mjs"), "export const v = await 3;");
  await resolver.load([{ specifier: "./m.mjs", names: ["v"] }], []);
  expect(require("./m.mjs").v).toBe(3);
});
