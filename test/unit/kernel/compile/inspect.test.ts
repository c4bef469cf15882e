import { describe, expect, test } from "vitest";
import { createCompiler } from "../../../../kernel/compile/compiler.js";

const compiler = createCompiler({ cwd: "/nowhere" });
const first = compiler.convert(
  "",
  "/** Twice the number.\n * @param x any number\n */\nfunction twice(x: number, times = 1): number { return 2 * x * times }\nlet 𝐚 = 1",
  "In[1]",
);
if (!first.ok) throw new Error("the first cell must compile");
const { declarations } = first;
/** `|` marks the position. */
const inspect = (marked: string, detail: 0 | 1 = 0) =>
  compiler.inspect(declarations, marked.replace("|", ""), marked.indexOf("|"), detail);

test.each(["tw|ice(3)", "|twice(3)", "twice|", "twice|(3)"])(
  "%s: signature and documentation of a name",
  (marked) => {
    expect(inspect(marked)).toEqual({
      plain: "function twice(x: number, times?: number): number\n\nTwice the number.\n\n@param x any number",
      markdown:
        "```typescript\nfunction twice(x: number, times?: number): number\n```\n\nTwice the number.\n\n*@param* x any number",
    });
  },
);

test("inside the brackets of a call: its parameters", () => {
  expect(inspect("twice(|)")?.plain).toBe(
    "twice(x: number, times?: number): number\n\nTwice the number.\n\n@param x any number",
  );
  expect(inspect("twice(3, |)")?.plain).toContain("twice(x: number, times?: number)");
});

test("detail 1 adds the text of the declaration", () => {
  expect(inspect("twic|e", 1)?.plain).toContain("function twice(x: number, times?: number): number;");
});

test("nothing where nothing is known", () => {
  expect(inspect("1 + |")).toBeNull();
  expect(inspect("unknown|Name")).toBeNull();
  expect(inspect("|")).toBeNull();
});

describe("complete", () => {
  const complete = (marked: string) =>
    compiler.complete(declarations, marked.replace("|", ""), marked.indexOf("|"));
  test("names of earlier cells, with the range to replace", () => {
    const { start, end, matches } = complete("let a = twi|");
    expect([start, end]).toEqual([8, 11]);
    expect(matches[0]).toEqual({ text: "twice", kind: "function" });
  });
  test("members, also after names beyond the basic plane", () => {
    expect(complete("𝐚.toFi|").matches.map(({ text }) => text)).toEqual(["toFixed"]);
    expect(complete('"x".|').matches.map(({ text }) => text)).toContain("padStart");
  });
  test("names every cell has", () => {
    expect(complete("disp|").matches.map(({ text }) => text)).toContain("display");
    expect(complete("display.mark|").matches.map(({ text }) => text)).toEqual(["markdown"]);
  });
  test("an unfinished cell does not spoil the next conversion", () => {
    complete("function f( { |");
    expect(compiler.convert(declarations, "twice(2)", "In[2]").ok).toBe(true);
  });
});
