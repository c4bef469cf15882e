// Docs that run: a wrong example fails here and names its line.
import { describe, expect, test } from "vitest";
import * as gradbook from "../../src/index.js";
import { examplesInMarkdown, examplesInSource, runExample } from "../support/docExamples.js";
import { filesBelow } from "../support/sourceFiles.js";

const files = filesBelow("src", ".ts").map((file) => ({ file, examples: examplesInSource(file) }));

describe("examples in doc comments", () => {
  test.each(files.filter(({ examples }) => examples.length > 0))("$file", async ({ file, examples }) => {
    const own = (await import(/* @vite-ignore */ `../../${file}`)) as Record<string, unknown>;
    for (const example of examples)
      expect(await runExample(example, { ...own, ...gradbook })).toBeGreaterThanOrEqual(0);
  });

  test("the public functions have them", () => {
    const compared = files.flatMap(({ examples }) => examples).filter(({ code }) => code.includes("//"));
    expect(compared.length).toBeGreaterThan(40);
  });
});

describe("examples in Markdown", () => {
  test.each(["README.md"])("%s", async (file) => {
    const examples = examplesInMarkdown(file);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) await runExample(example, { ...gradbook });
  });
});

describe("the runner itself", () => {
  const run = (code: string) => runExample({ file: "a.ts", line: 1, code }, { two: 2 });
  test("accepts a kept promise and counts it", async () => {
    expect(await run("const x = two + 1; // 3\nx / 9 // 0.333…")).toBe(2);
  });
  test("rejects a broken promise with both values", async () => {
    await expect(run("two + 1 // 4")).rejects.toThrow("a.ts:1: the comment says 4, the value is 3");
  });
  test("rejects an example that throws", async () => {
    await expect(run("three + 1 // 4")).rejects.toThrow("three is not defined");
  });
});
