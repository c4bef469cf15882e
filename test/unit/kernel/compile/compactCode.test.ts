// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { compactCode } from "../../../../kernel/compile/compactCode.js";

test("comments, indentation and needless line breaks go, what literals say stays", () => {
  const code = [
    "/* header",
    "   of two lines */",
    "var a = 1; // one",
    "var text = 'a // b', more = \"/* c */\";",
    "var template = `  // ${ a /* inside */ }",
    "    kept  `;",
    "var pattern = / \\/\\/ *\\/\\* /g;",
    "var half = 4 / 2 / 1;",
    "function f(x) {",
    "    return { x, /* y */ y : [ 1 , 2 ] };",
    "}",
  ].join("\n");
  expect(compactCode(code)).toBe(
    "\nvar a=1;var text='a // b',more=\"/* c */\";var template=`  // ${ a }\n    kept  `;" +
      "var pattern=/ \\/\\/ *\\/\\* /g;var half=4 / 2 / 1;function f(x){return{x,y:[1,2]};}",
  );
});

test("a line break that ends a statement stays", () => {
  const code =
    "let n = 0\nconst add = () => { n++\n  return\n  n }\nadd()\n;[1, 2].forEach((k) => n += k)\nvar sign = a - -b\n";
  const compact = compactCode(code);
  expect(compact).toBe(
    "let n=0\nconst add=()=>{n++\nreturn\nn}\nadd()\n;[1,2].forEach((k)=> n +=k)\nvar sign=a - -b\n",
  );
  expect(runInNewContext(`${compact}; n`, { a: 1, b: 1 })).toBe(4);
});

test("a comment with a line break in it ends a statement as the line break would", () => {
  expect(runInNewContext(compactCode("var a = 1 /* one\n */ var b = 2; a + b"))).toBe(3);
});

test("no character takes two bytes, and every text is the same", () => {
  const code =
    "var words = ['…', `日本 ${1}`, '😀', 'é'], pattern = /[→]/u, naïve = 1; [words, pattern.test('→'), naïve]";
  const compact = compactCode(code);
  expect(compact).toMatch(/^[\0-\xff]*$/);
  expect(runInNewContext(compact)).toEqual([["…", "日本 1", "😀", "é"], true, 1]);
});
