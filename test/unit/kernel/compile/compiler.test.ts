import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createCompiler } from "../../../../kernel/compile/compiler.js";
import type { Compiled } from "../../../../kernel/compile/messages.js";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "gradbook-compiler-")));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const compiler = createCompiler({ cwd: folder });

/** Compiles cells one after the other; the last one is the result. */
function compile(...cells: readonly string[]): Compiled {
  let declarations = "";
  let last: Compiled | undefined;
  for (const cell of cells) {
    const result = compiler.convert(declarations, cell, "In[1]");
    if (!result.ok) throw new Error(result.error.traceback.join("\n"));
    declarations = result.declarations;
    last = result;
  }
  if (last === undefined) throw new Error("no cell");
  return last;
}
const errorOf = (...cells: readonly string[]): string => {
  try {
    compile(...cells);
  } catch (error) {
    return (error as Error).message;
  }
  return "compiled";
};

describe("declarations", () => {
  test("flow to later cells, and only the cell's own change", () => {
    const { declarations } = compile(
      "let a = 1; function f(x: string) { return x.length }",
      "let b = f('x') + a",
    );
    expect(declarations).toBe(
      "declare let b: number;\ndeclare let a: number;\ndeclare function f(x: string): number;\n",
    );
  });
  test.each([
    ["let x = 1", "let x = 'text'", "x.length"],
    ["class A { a = 1 }", "class A { b = 2 }", "new A().b"],
    ["enum E { A }", "enum E { B }", "E.B"],
    ["interface I { a: 1 }", "interface I { b: 2 }", "let i: I = { b: 2 }"],
    ["type T = 1", "type T = 2", "let t: T = 2"],
    ["function f() { return 1 }", "const f = 'text'", "f.length"],
    ['import { join } from "node:path"', "let join = 5", "join.toFixed()"],
    ["namespace N { export const a = 1 }", "namespace N { export const b = 2 }", "N.b"],
  ])("%s may be declared again as %s", (...cells) => {
    expect(errorOf(...cells)).toBe("compiled");
  });
  test("of namespaces last, as those of all kinds do", () => {
    expect(errorOf("namespace N { export const q = 4 }", "1", "2", "N.q + 1")).toBe("compiled");
    expect(errorOf("namespace N { export const q = 4 }", "let N = 1", "N.q")).toContain("TS2339");
  });
  test("may begin with underscores", () => {
    expect(compile("let __x = 1, ___y = 2; const f = () => __x", "__x + ___y").code).toContain(
      "exports.__x + exports.___y",
    );
  });
  test("documentation comes along", () => {
    expect(compile("/** Twice x. */ function twice(x: number) { return 2 * x }", "1").declarations).toContain(
      "Twice x.",
    );
  });
  test("of anonymous classes with private members are written, though not exactly", () => {
    expect(errorOf("const C = class { private z = 1; y = 2 }; new C().y", "new C().y")).toBe("compiled");
  });
});

describe("names of earlier cells", () => {
  test.each([
    ["({ s })", "({ s: exports.s })"],
    ["({ s: t } = { s: 1 })", "({ s: exports.t } = { s: 1 })"],
    ["({ s = 2 } = {} as { s?: number })", "({ s: exports.s = 2 } = {})"],
    ["o.s", "exports.o.s"],
    ["s + `x`", "exports.s + `x`"],
    ["s++", "exports.s++"],
    ["((s: number) => s)(1)", "((s) => s)(1)"],
  ])("%s", (source, expected) => {
    expect(compile("let s = 0, t = 0; let o = { s: 1 }", source).code).toContain(
      `exports.tsLastExpr = ${expected};`,
    );
  });
  test("a property of an object of an earlier cell keeps its name in a pattern", () => {
    expect(compile("let o = { s: 1 }", "const { s: q } = o").code).toContain("exports.q = exports.o.s;");
  });
});

test("last names the export that holds the last expression", () => {
  expect(compile("1 + 1").last).toBe("tsLastExpr");
  expect(compile("let tsLastExpr = 1; tsLastExpr").last).toBe("tsLastExpr0");
  expect(compile("let x = 1").last).toBeUndefined();
  expect(compile("function dec(...a: any[]) {}\nclass D { @dec m() {} }").last).toBeUndefined();
});

test("async says whether the cell awaits", () => {
  expect(compile("await (async () => 1)()").async).toBe(true);
  expect(compile("1").async).toBe(false);
});

test("a cell that is compiled again is not compiled again when nothing can have changed", () => {
  const first = compiler.convert("declare let x: number;\n", "x + 1", "In[1]");
  expect(compiler.convert("declare let x: number;\n", "x + 1", "In[2]")).toBe(first);
  expect(compiler.convert("declare let x: string;\n", "x + 1", "In[3]")).not.toEqual(first);
});

test("a cell with a missing import, which may appear later, is compiled again", () => {
  const cell = '// @ts-nocheck\nimport { n } from "./soon"; n';
  const first = compiler.convert("", cell, "In[1]");
  expect(first).toMatchObject({ ok: true, files: [] });
  write("soon.ts", "export const n = 1;\n");
  expect(compiler.convert("", cell, "In[1]")).toMatchObject({
    ok: true,
    files: [{ path: join(folder, "soon.ts") }],
  });
});

test("a cell of types only has no code to run", () => {
  expect(compile("interface I { a: 1 }").code).not.toContain("exports");
});

describe("local files", () => {
  test("are sent with every cell that imports them, compiled", () => {
    write("helper.ts", 'import "./other";\nexport const twice = (x: number): number => 2 * x;\n');
    write("other.ts", "for (;;) break;\n");
    const { files } = compile('import { twice } from "./helper"; twice(2)');
    expect(files.map(({ path }) => path)).toEqual([join(folder, "helper.ts"), join(folder, "other.ts")]);
    expect(files[0]?.code).toContain("exports.twice = twice;");
    expect(files[0]?.imports).toEqual([{ specifier: "./other", names: [] }]);
    expect(files[1]?.code).toContain("__gradbook.stop()");
    expect(compile('import { twice } from "./helper"').files).toHaveLength(2);
    expect(compile('import { twice } from "./helper.ts"').files).toHaveLength(2);
    expect(compile('(await import("./helper")).twice(1)').files).toHaveLength(2);
  });
  test("that change between cells are read again", () => {
    write("changing.ts", "export const v = 1;\n");
    expect(compile('import { v } from "./changing"').declarations).toContain("import { v }");
    write("changing.ts", "export const w = 'text';\n");
    expect(errorOf('import { v } from "./changing"')).toContain("TS2305");
    expect(compile('import { w } from "./changing"; w.length').files[0]?.code).toContain("text");
  });
  test("of declarations too, though the cell is the same", () => {
    write("typed.d.ts", "export declare const t: number;\n");
    const cell = 'import type { t } from "./typed"; let u: typeof t = 1 as any; u.toFixed()';
    expect(errorOf(cell)).toBe("compiled");
    write("typed.d.ts", "export declare const t: string;\n");
    expect(errorOf(cell)).toContain("TS2551");
  });
  test("that appear between cells are found, and cells in between compile", () => {
    expect(errorOf('import { late } from "./late"')).toContain("TS2307");
    expect(errorOf("1 + 1")).toBe("compiled");
    write("late.ts", "export const late = 1;\n");
    expect(errorOf('import { late } from "./late"; late')).toBe("compiled");
  });
  test("with type errors stop the cell and name the file", () => {
    write("wrong.ts", "export const n: number = 'text';\n");
    expect(errorOf('import { n } from "./wrong"')).toMatchInlineSnapshot(`
      "wrong.ts:1:14 - TS2322: Type 'string' is not assignable to type 'number'.
        1 | export const n: number = 'text';
          |              ^"
    `);
  });
  test("of JSON have types and are left to the session", () => {
    write("data.json", '{"hello": [1, 2]}');
    const { files, imports } = compile('import data from "./data.json"; data.hello.length');
    expect(files).toEqual([]);
    expect(imports).toEqual([{ specifier: "./data.json", names: ["default"] }]);
  });
});

test("a package that is installed between cells is found", () => {
  expect(errorOf('import { p } from "fresh"')).toContain("TS2307");
  mkdirSync(join(folder, "node_modules/fresh"), { recursive: true });
  write("node_modules/fresh/package.json", '{"name": "fresh", "types": "index.d.ts"}');
  write("node_modules/fresh/index.d.ts", "export declare const p: number;\n");
  expect(errorOf('import { p } from "fresh"; p.toFixed()')).toBe("compiled");
});

test("packages that come with gradbook are found from any folder", () => {
  expect(errorOf('import * as Plot from "@observablehq/plot"; Plot.dot([1])')).toBe("compiled");
});

test("// @ts-nocheck runs in spite of type errors, not of syntax errors", () => {
  expect(compile("// @ts-nocheck\nlet x: string = 1; x").code).toContain("exports.x = 1;");
  expect(errorOf("// @ts-nocheck\nlet = = 1")).toContain("TS1");
});

test("a tsconfig.json in the notebook's folder changes the checks", () => {
  const strict = realpathSync(mkdtempSync(join(tmpdir(), "gradbook-strict-")));
  writeFileSync(join(strict, "tsconfig.json"), '{"compilerOptions": {"noImplicitAny": true}} // comment');
  const source = "function f(x) { return x }";
  expect(createCompiler({ cwd: strict }).convert("", source, "In[1]")).toMatchObject({
    ok: false,
    error: { evalue: "TS7006: Parameter 'x' implicitly has an 'any' type." },
  });
  expect(errorOf(source)).toBe("compiled");
  rmSync(strict, { recursive: true });
});

test("the names every cell has are declared, and may be declared again", () => {
  expect(
    errorOf('display("a").update("b"); notebook.page("x"); clearOutput(); const s: string = input("?")'),
  ).toBe("compiled");
  expect(errorOf("let display = 5; display.toFixed()", "display + 1")).toBe("compiled");
  expect(errorOf('display("x", { displayid: "y" })')).toContain("Did you mean to write 'displayId'");
});

test("the version is that of the pinned TypeScript", () => {
  expect(compiler.version()).toBe("5.9.3");
});
