import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import {
  CompileProcess,
  type CompileProcessOptions,
  typescriptVersion,
} from "../../../../kernel/compile/compileService.js";

const script = fileURLToPath(new URL("../../../support/scriptedCompiler.mjs", import.meta.url));

let compile: CompileProcess;
afterEach(() => compile.kill());

const start = (options: CompileProcessOptions = {}): CompileProcess => {
  compile = new CompileProcess({ commands: [[script]], ...options });
  return compile;
};

describe("requests", () => {
  test("are answered, also those asked before the process is ready", async () => {
    start();
    const [converted, completed] = await Promise.all([
      compile.convert("declare let a;", "a", "In[1]"),
      compile.complete("", "con", 3),
    ]);
    expect(converted).toEqual({ op: "convert", args: ["declare let a;", "a", "In[1]"] });
    expect(completed).toEqual({ op: "complete", args: ["", "con", 3] });
  });

  test("that throw in the process are rejected; the process goes on", async () => {
    start();
    await expect(compile.inspect("", "throw", 0, 0)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[CompileError: Error: bug]`,
    );
    expect(await compile.isComplete("1")).toEqual({ op: "isComplete", args: ["1"] });
  });
});

test("the process is asked to use large pages, unless the user has settings of their own", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "gradbook-compile-"));
  const echo = path.join(folder, "echo.cjs");
  writeFileSync(
    echo,
    `process.send({ ready: true }); process.on("message", ({ id }) => process.send({ id, ok: true, value: process.env.GLIBC_TUNABLES }));`,
  );
  const before = process.env.GLIBC_TUNABLES;
  try {
    delete process.env.GLIBC_TUNABLES;
    start({ commands: [[echo]] });
    expect(await compile.version()).toBe("glibc.malloc.hugetlb=1");
    compile.kill();
    process.env.GLIBC_TUNABLES = "glibc.malloc.tcache_count=3";
    start({ commands: [[echo]] });
    expect(await compile.version()).toBe("glibc.malloc.tcache_count=3");
  } finally {
    if (before === undefined) delete process.env.GLIBC_TUNABLES;
    else process.env.GLIBC_TUNABLES = before;
    rmSync(folder, { recursive: true });
  }
});

describe("a process that ends", () => {
  test("is replaced, and its requests are sent again", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "gradbook-compile-"));
    const mark = path.join(folder, "mark");
    start();
    const [first, second] = await Promise.all([
      compile.convert("", `crash once ${mark}`, "In[1]"),
      compile.convert("", "2", "In[2]"),
    ]);
    expect([first, second]).toMatchObject([{ op: "convert" }, { args: ["", "2", "In[2]"] }]);
    rmSync(folder, { recursive: true });
  });

  test("twice at the same request rejects it", async () => {
    start();
    await expect(compile.convert("", "crash", "In[1]")).rejects.toThrowErrorMatchingInlineSnapshot(
      `[CompileError: the compile process ended twice at this request (exit code 9)]`,
    );
    expect(await compile.isComplete("1")).toMatchObject({ op: "isComplete" });
  });

  test("before it is ready is started by the next command", async () => {
    const log: string[] = [];
    start({ commands: [[script, "does not start"], [script]], log: (text) => log.push(text) });
    expect(await compile.isComplete("1")).toMatchObject({ op: "isComplete" });
    expect(log).toContain("compiler: ended, exit code 14");
  });

  test("and cannot be started at all rejects with its last words", async () => {
    start({ commands: [[script, "does not start"]] });
    await expect(compile.isComplete("1")).rejects.toThrow(
      "the compile process cannot be started (exit code 14)\nno TypeScript here",
    );
  });
});

describe("a process that hangs", () => {
  test("is replaced after the limit; requests behind it are answered", async () => {
    start({ limits: { convertMs: 200, otherMs: 200 } });
    await compile.isComplete("ready");
    const hung = compile.convert("", "loop", "In[1]");
    const behind = compile.isComplete("2");
    await expect(hung).rejects.toThrowErrorMatchingInlineSnapshot(
      `[CompileError: convert must end within 0.2 s; its types may be too deep]`,
    );
    expect(await behind).toMatchObject({ args: ["2"] });
  });

  test("is replaced by an interrupt", async () => {
    start();
    await compile.isComplete("ready");
    const hung = compile.convert("", "loop", "In[1]");
    compile.interrupt();
    await expect(hung).rejects.toThrowErrorMatchingInlineSnapshot(`[CompileError: interrupted]`);
    expect(await compile.isComplete("3")).toMatchObject({ args: ["3"] });
  });

  test("is replaced when it has started, if the interrupt came before", async () => {
    start();
    const hung = compile.convert("", "loop", "In[1]");
    compile.interrupt();
    await expect(hung).rejects.toThrowErrorMatchingInlineSnapshot(`[CompileError: interrupted]`);
    expect(await compile.isComplete("5")).toMatchObject({ args: ["5"] });
  });

  test("an interrupt leaves other requests alone", async () => {
    start();
    const asked = compile.isComplete("4");
    compile.interrupt();
    expect(await asked).toMatchObject({ args: ["4"] });
  });
});

test("typescriptVersion is the version in the package's own dependencies", () => {
  start();
  expect(typescriptVersion()).toBe("5.9.3");
});
