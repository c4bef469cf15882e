import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type RunOptions, runNotebooks } from "../../../../grader/command/run.js";
import { readNotebook, writeNotebook } from "../../../../grader/notebook/nbformat.js";
import type { Notebook } from "../../../../grader/notebook/notebook.js";
import { MemoryTerminal } from "../../../support/memoryTerminal.js";
import { code, notebookOf, text } from "../../../support/notebooks.js";
import { type CellScript, printed, ScriptedKernel, throws } from "../../../support/scriptedKernel.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "run-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(
  notebooks: Record<string, Notebook>,
  scripts: Record<string, CellScript> = {},
  options: Partial<RunOptions> = {},
) {
  const terminal = new MemoryTerminal();
  const kernels: { kernel: ScriptedKernel; folder: string }[] = [];
  const paths = Object.entries(notebooks).map(([name, notebook]) => {
    const path = join(folder, name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeNotebook(path, notebook);
    return path;
  });
  const start = async (cwd: string) => {
    const kernel = new ScriptedKernel(scripts);
    kernels.push({ kernel, folder: cwd });
    return kernel;
  };
  const exitCode = await runNotebooks(paths, { output: join(folder, "out"), start, ...options }, terminal);
  const clean = (words: string) => words.replaceAll(folder, "…");
  return { exitCode, kernels, output: clean(terminal.output), errors: clean(terminal.errors) };
}

describe("runNotebooks", () => {
  test("writes the executed notebook, runs in the notebook's folder and shuts the kernel down", async () => {
    const { exitCode, kernels, output } = await run(
      { "course/a.ipynb": notebookOf(code("x")) },
      { x: printed("hi\n") },
    );
    expect(exitCode).toBe(0);
    expect(readNotebook(join(folder, "out", "a.ipynb")).cells[0]).toMatchObject({
      outputs: [{ text: "hi\n" }],
    });
    expect(kernels.map((started) => [started.folder, started.kernel.log])).toEqual([
      [join(folder, "course"), ["x", "(shutdown)"]],
    ]);
    expect(output).toBe("…/course/a.ipynb: done after 0.5 s\n  …/out/a.ipynb\n");
  });

  test("html also writes a page", async () => {
    await run({ "course/a.ipynb": notebookOf(text("# My title"), code("x")) }, {}, { html: true });
    expect(readFileSync(join(folder, "out", "a.html"), "utf8")).toContain("<title>My title</title>");
  });

  test("a failing cell: place and error are printed, what ran is kept, the next notebook runs, the exit code is 1", async () => {
    const error = throws("TypeError", "x is bad", [
      "\u001b[31mTypeError\u001b[39m: x is bad",
      "    at In[1]:2:5",
    ]);
    const { exitCode, errors, kernels } = await run(
      {
        "course/a.ipynb": notebookOf(text("t"), code("x"), code("y")),
        "course/b.ipynb": notebookOf(code("y")),
      },
      { x: error },
    );
    expect(exitCode).toBe(1);
    expect(errors.split("\n").filter((line) => !line.includes(": cell 1/"))).toEqual([
      "…/course/a.ipynb: cell 2 of 3, line 2: TypeError: x is bad",
      "    TypeError: x is bad",
      "        at In[1]:2:5",
      "",
    ]);
    expect(kernels.map(({ kernel }) => kernel.log)).toEqual([
      ["x", "(shutdown)"],
      ["y", "(shutdown)"],
    ]);
    expect(readNotebook(join(folder, "out", "a.ipynb")).cells[1]).toMatchObject({
      outputs: [{ ename: "TypeError" }],
    });
  });

  test("allowErrors: the failure is printed and the exit code is 0", async () => {
    const { exitCode, errors } = await run(
      { "course/a.ipynb": notebookOf(code("x")) },
      { x: throws("E", "v") },
      { allowErrors: true },
    );
    expect(exitCode).toBe(0);
    expect(errors).toContain("…/course/a.ipynb: cell 1 of 1: E: v\n");
  });

  test("interrupted: what ran is kept, the kernel is shut down, the exit code is 130", async () => {
    const controller = new AbortController();
    const scripts: Record<string, CellScript> = { x: printed("before"), y: { answer: "hang" } };
    const kernel = new ScriptedKernel(scripts, () => setImmediate(() => controller.abort()));
    const { exitCode } = await run(
      { "course/a.ipynb": notebookOf(code("x"), code("y"), code("z")) },
      {},
      { signal: controller.signal, start: async () => kernel },
    );
    expect(exitCode).toBe(130);
    expect(kernel.log).toEqual(["x", "y", "(interrupt)", "(shutdown)"]);
    expect(readNotebook(join(folder, "out", "a.ipynb")).cells[0]).toMatchObject({
      outputs: [{ text: "before" }],
    });
  });

  test("all files are checked before the first cell runs", async () => {
    const python = {
      ...notebookOf(code("y")),
      metadata: { kernelspec: { name: "python3", language: "python" } },
    };
    await expect(run({ "course/a.ipynb": notebookOf(code("x")), "course/b.ipynb": python })).rejects.toThrow(
      "b.ipynb: the notebook asks for the unknown kernel",
    );
    expect(readdirSync(folder)).toEqual(["course"]);
  });

  test("results never replace a source or each other", async () => {
    const notebook = notebookOf(code("x"));
    await expect(run({ "a.ipynb": notebook }, {}, { output: folder })).rejects.toThrow(
      "a.ipynb: the executed notebook would replace the notebook itself\n  help: choose another folder with --output",
    );
    await expect(run({ "one/a.ipynb": notebook, "two/a.ipynb": notebook })).rejects.toThrow(
      /would be written to the same file as .*one\/a\.ipynb/,
    );
  });
});
