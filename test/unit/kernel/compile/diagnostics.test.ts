import { describe, expect, test } from "vitest";
import { createCompiler } from "../../../../kernel/compile/compiler.js";

const compiler = createCompiler({ cwd: "/nowhere/notebooks" });

function errorOf(source: string, declarations = "") {
  const result = compiler.convert(declarations, source, "In[3]");
  if (result.ok) throw new Error("compiled");
  return { ...result.error, text: result.error.traceback.join("\n") };
}

test("a type error names its place and underlines it", () => {
  const { ename, evalue, text } = errorOf("let a = 1;\nlet b: string = a;");
  expect(ename).toBe("TypeScriptError");
  expect(evalue).toBe("TS2322: Type 'number' is not assignable to type 'string'.");
  expect(text).toMatchInlineSnapshot(`
    "In[3]:2:5 - TS2322: Type 'number' is not assignable to type 'string'.
      1 | let a = 1;
      2 | let b: string = a;
        |     ^"
  `);
});

test("a chain of reasons is indented under the first", () => {
  expect(
    errorOf("const f: (x: { a: string }) => void = (x: { a: number }) => {}").text,
  ).toMatchInlineSnapshot(`
    "In[3]:1:7 - TS2322: Type '(x: { a: number; }) => void' is not assignable to type '(x: { a: string; }) => void'.
      Types of parameters 'x' and 'x' are incompatible.
        Type '{ a: string; }' is not assignable to type '{ a: number; }'.
          Types of property 'a' are incompatible.
            Type 'string' is not assignable to type 'number'.
      1 | const f: (x: { a: string }) => void = (x: { a: number }) => {}
        |       ^"
  `);
});

test("columns count from the cell's own text when an export is ignored", () => {
  expect(errorOf("export const x: string = 1").text).toContain("In[3]:1:14 - TS2322");
});

test("more than ten errors are counted", () => {
  const { text } = errorOf(Array.from({ length: 14 }, (_, i) => `nope${i};`).join("\n"));
  expect(text.match(/TS2304/g)).toHaveLength(10);
  expect(text).toMatch(/\n… and 4 more errors$/);
});

describe("advice fits a notebook", () => {
  test("a missing package", () => {
    expect(errorOf('import z from "@scope/not-installed/sub"').text).toMatchInlineSnapshot(`
      "In[3]:1:15 - TS2307: Cannot find module '@scope/not-installed/sub' or its corresponding type declarations.
        1 | import z from "@scope/not-installed/sub"
          |               ~~~~~~~~~~~~~~~~~~~~~~~~~~
        help: run npm install @scope/not-installed in the folder of the notebook"
    `);
  });
  test("a missing file", () => {
    expect(errorOf('import z from "./missing"').text).toContain(
      "help: the path is relative to the folder of the notebook",
    );
  });
  test("the page of a browser", () => {
    expect(errorOf("document.title").text).toMatchInlineSnapshot(`
      "In[3]:1:1 - TS2584: Cannot find name 'document'.
        1 | document.title
          | ~~~~~~~~
        help: cells run in Node, which has no page; jsdom makes a document, and display() shows a value"
    `);
  });
});

describe("a blank", () => {
  test("is one error, whatever follows from it", () => {
    const { ename, evalue, text } = errorOf(
      "const m: number[] = [1].map((v) => ____ * v);\nconst q: string = m + ____;",
    );
    expect(ename).toBe("NotFilledIn");
    expect(evalue).toBe("In[3], line 1");
    expect(text).toMatchInlineSnapshot(`
      "NotFilledIn: In[3], line 1
        1 | const m: number[] = [1].map((v) => ____ * v);
          |                                    ~~~~
        1 | const m: number[] = [1].map((v) => ____ * v);
        2 | const q: string = m + ____;
          |                       ~~~~
        help: replace the 2 blanks (____) and run the cell again"
    `);
  });
  test("may be a type or a property", () => {
    expect(errorOf("let a: ____ = 1").ename).toBe("NotFilledIn");
    expect(errorOf("Math.____(1)").ename).toBe("NotFilledIn");
  });
  test("that was declared is a name like any other", () => {
    expect(compiler.convert("", "const ____ = 1; ____ + 1", "In[1]").ok).toBe(true);
  });
  test("does not hide a syntax error", () => {
    expect(errorOf("let a = = ____").ename).toBe("TypeScriptError");
  });
});
