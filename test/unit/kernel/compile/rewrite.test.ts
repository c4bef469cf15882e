import ts from "typescript";
import { describe, expect, test } from "vitest";
import { type RewriteOptions, rewrite } from "../../../../kernel/compile/rewrite.js";
import { findMapping } from "../../../../kernel/compile/sourceMap.js";
import { TSLAB_PREFIX } from "../../../../kernel/compile/tslab.js";

/** What tslab's first pass makes of a cell: an ES module with an inline map. */
function firstPass(source: string): string {
  return ts.transpileModule(TSLAB_PREFIX + source, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      inlineSourceMap: true,
      verbatimModuleSyntax: true,
      newLine: ts.NewLineKind.LineFeed,
    },
  }).outputText;
}

const cell = (source: string, options: Partial<RewriteOptions> = {}) =>
  rewrite(firstPass(source), { kind: "cell", loopChecks: true, ...options });

/** The code without the directive and the line that announces exports. */
const body = (source: string, options: Partial<RewriteOptions> = {}): string =>
  cell(source, options)
    .code.split("\n")
    .filter((line) => line !== '"use strict";' && !/^exports\..*= void 0;$/.test(line))
    .join("\n")
    .trim();

describe("top-level variables are exported where they stand", () => {
  test("at every use, so that functions see later assignments", () => {
    expect(body("let s = 0; function show() { return s }\nexport { s, show };")).toBe(
      "exports.show = show;\nexports.s = 0;\nfunction show() { return exports.s; }",
    );
  });
  test("in destructuring, and in compound assignments", () => {
    expect(body("let { a, b: { c } } = x; a += c; c++;\nexport { a, c };")).toBe(
      "exports.a = x.a, exports.c = x.b.c;\nexports.a += exports.c;\nexports.c++;",
    );
    // An array pattern reads an iterator, whatever is on the right.
    expect(body("let [a] = x;\nexport { a };")).toMatch(/_a = __read\(x, 1\), exports\.a = _a\[0\];$/);
  });
  test("but variables of blocks are not", () => {
    expect(body("{ let s = 1; s; }\nexport {};")).toBe("{\n    let s = 1;\n    s;\n}");
  });
});

describe("loops read the flag first", () => {
  test.each([
    ["while (a) b();", "while (a) {\n    if (__gradbookStop[0])\n        __gradbook.stop();\n    b();\n}"],
    [
      "do b(); while (a);",
      "do {\n    if (__gradbookStop[0])\n        __gradbook.stop();\n    b();\n} while (a);",
    ],
    ["for (;;) ;", "for (;;) {\n    if (__gradbookStop[0])\n        __gradbook.stop();\n    ;\n}"],
    [
      "for (const k in o) { k }",
      "for (const k in o) {\n    if (__gradbookStop[0])\n        __gradbook.stop();\n    k;\n}",
    ],
    [
      "l: for (const v of o) continue l;",
      "l: for (const v of o) {\n    if (__gradbookStop[0])\n        __gradbook.stop();\n    continue l;\n}",
    ],
  ])("%s", (source, expected) => {
    expect(body(`${source}\nexport {};`)).toBe(expected);
  });
  test("also loops in functions and loops in loops", () => {
    const { code } = cell("const f = () => { for (;;) { while (x) {} } };\nexport { f };");
    expect(code.match(/__gradbook\.stop\(\)/g)).toHaveLength(2);
  });
  test("not when checks are off", () => {
    expect(body("while (a) b();\nexport {};", { loopChecks: false })).toBe("while (a)\n    b();");
  });
});

test("import() and import.meta go to the session", () => {
  expect(body('await import("x"); import.meta.url;\nexport {};')).toBe(
    'await __gradbook.import("x");\n__gradbook.meta.url;',
  );
});

test("functions of earlier cells are called without a receiver", () => {
  expect(body("exports.f(1); exports.g?.(2); exports.o.m(3);\nexport {};")).toBe(
    "(0, exports.f)(1);\n(0, exports.g)?.(2);\nexports.o.m(3);",
  );
});

test("a function as last expression gets no name", () => {
  expect(body("export const tsLastExpr = () => 1;")).toBe("exports.tsLastExpr = (0, () => 1);");
  expect(body("export const tsLastExpr = 1 + 1;")).toBe("exports.tsLastExpr = 1 + 1;");
});

test("imports become variables of the notebook that can be assigned to", () => {
  const { code, imports } = cell(
    'import d, { a as b } from "m"; import * as n from "k"; import "s";\nexport { d, b, n };',
  );
  expect(code).toContain(
    '__gradbook.define(exports, "b", { enumerable: true, get: function () { return m_1.a; } });',
  );
  expect(code).not.toContain("Object.defineProperty(exports");
  expect(code).not.toContain('__esModule", {');
  expect(imports).toEqual([
    { specifier: "m", names: ["default", "a"] },
    { specifier: "k", names: [] },
    { specifier: "s", names: [] },
  ]);
});

test("a call of Object.defineProperty in the cell stays", () => {
  const source = 'Object.defineProperty(exports, "x", { get: () => 1 });\nexport {};';
  expect(body(source)).toBe('Object.defineProperty(exports, "x", { get: () => 1 });');
});

test("a local file keeps live bindings and says that it is an ES module", () => {
  const { code } = rewrite(firstPass('export { a } from "m"; export let b = 1;'), {
    kind: "file",
    loopChecks: true,
  });
  expect(code).toContain('Object.defineProperty(exports, "__esModule", { value: true });');
  expect(code).toContain('Object.defineProperty(exports, "a", {');
  expect(code).toContain("exports.b = 1;");
});

test("positions are those of the cell, also behind an exported variable on the same line", () => {
  const source = "let one = 1; throw new Error(one);\nexport { one };";
  const { code, map } = cell(source);
  const lines = code.split("\n");
  const line = lines.findIndex((text) => text.startsWith("throw"));
  const column = lines[line]?.indexOf("new Error") ?? -1;
  expect(findMapping(map, line, column)?.slice(2)).toEqual([0, source.indexOf("new Error")]);
});

test("a call through exports is placed at the name, where any other call is", () => {
  const { code, map } = cell("a; exports.f(1);\nexport {};");
  const lines = code.split("\n");
  const line = lines.findIndex((text) => text.startsWith("(0, exports.f)"));
  // V8 places it behind the callee, before the arguments.
  expect(findMapping(map, line, "(0, exports.f)".length)?.slice(2)).toEqual([0, 11]);
});
