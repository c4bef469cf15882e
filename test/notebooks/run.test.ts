// `gradbook run` as a user meets it: the built command, the real kernel, good notebooks and every kind of bad one.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readNotebook, writeNotebook } from "../../grader/notebook/nbformat.js";
import type { Cell } from "../../grader/notebook/notebook.js";
import { gradbook, startGradbook } from "../support/gradbookCommand.js";
import { code, notebookOf, text } from "../support/notebooks.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gradbook-run-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const clean = (words: string): string =>
  words
    .replaceAll(folder, "…")
    .replace(/^.*: cell \d+\/\d.*\n/gm, "")
    .replace(/\d+(\.\d+)? s\b/g, "N s");

async function run(cells: readonly Cell[], ...flags: string[]) {
  const path = join(folder, "lesson.ipynb");
  writeNotebook(path, notebookOf(...cells));
  const result = await gradbook("run", path, "--output", join(folder, "out"), ...flags);
  const executed = join(folder, "out", "lesson.ipynb");
  const outputs = existsSync(executed)
    ? readNotebook(executed).cells.map((cell) => (cell.cell_type === "code" ? cell.outputs : []))
    : undefined;
  return { code: result.code, stdout: clean(result.stdout), stderr: clean(result.stderr), outputs };
}

describe("a notebook that is right", () => {
  test("typed cells share variables, await, and import gradbook; notebook and page are written", async () => {
    const result = await run(
      [
        text("# Lesson $x^2$"),
        code('import { tensor } from "gradbook";\nconst x: number = 3;\nconsole.log("printed");'),
        code("await Promise.resolve(tensor([x, 4]).sum().item());"),
        code('console.error("to stderr");'),
      ],
      "--html",
    );
    expect(result).toMatchObject({ code: 0, stderr: "" });
    expect(result.stdout).toBe("…/lesson.ipynb: done after N s\n  …/out/lesson.ipynb\n  …/out/lesson.html\n");
    expect(result.outputs).toEqual([
      [],
      [{ output_type: "stream", name: "stdout", text: "printed\n" }],
      [{ output_type: "execute_result", execution_count: 2, data: { "text/plain": "7" }, metadata: {} }],
      [{ output_type: "stream", name: "stderr", text: "to stderr\n" }],
    ]);
    const page = readFileSync(join(folder, "out", "lesson.html"), "utf8");
    expect(page).toContain("<title>Lesson");
    expect(page).toContain("printed");
  });
});

describe("a cell that fails ends the run with exit code 1 and its place", () => {
  test("it throws", async () => {
    const {
      code: exitCode,
      stderr,
      outputs,
    } = await run([
      code("1 + 1"),
      code('function f() {\n  throw new RangeError("too big");\n}\nf();'),
      code("3"),
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^…\/lesson\.ipynb: cell 2 of 3, line 2: RangeError: too big\n/);
    expect(outputs!.map((list) => list.length)).toEqual([1, 1, 0]);
  });

  test("its types are wrong", async () => {
    const { code: exitCode, stderr } = await run([code("const n: number = 1;\nconst s: string = n;")]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/cell 1 of 1, line 2: .*Type 'number' is not assignable to type 'string'/);
  });

  test("it never ends: the time limit interrupts it", async () => {
    const { code: exitCode, stderr } = await run([code("while (true) {}")], "--timeout", "1");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^…\/lesson\.ipynb: cell 1 of 1.*: the cell ran longer than N s and was interrupted\n/,
    );
  });

  test("--allow-errors goes on", async () => {
    const { code: exitCode, stderr, outputs } = await run([code("throw 1;"), code("2")], "--allow-errors");
    expect(exitCode).toBe(0);
    expect(stderr).toContain("cell 1 of 2");
    expect(outputs![1]).toHaveLength(1);
  });

  test("it ends its process: the kernel goes on", async () => {
    const { outputs } = await run([code("process.exit(3);"), code("2")], "--allow-errors");
    expect(outputs![0]).toMatchObject([{ output_type: "error" }]);
    expect(outputs![1]).toMatchObject([{ data: { "text/plain": "2" } }]);
  });
});

describe("bad input is one paragraph and exit code 1, and nothing is written", () => {
  const fails = async (name: string, content: string | null, ...flags: string[]) => {
    const path = join(folder, name);
    if (content !== null) writeFileSync(path, content);
    const result = await gradbook("run", path, "--output", join(folder, "out"), ...flags);
    expect(result.code).toBe(1);
    expect(result.stdout).toBe("");
    expect(existsSync(join(folder, "out"))).toBe(false);
    return clean(result.stderr);
  };

  test("a missing file", async () => {
    expect(await fails("no.ipynb", null)).toBe(
      "gradbook: …/no.ipynb: no such file\n  help: check the spelling and the folder\n",
    );
  });

  test("not JSON", async () => {
    expect(await fails("a.ipynb", "hello")).toMatch(
      /^gradbook: …\/a\.ipynb: not a notebook, the file is not JSON \(.*\)\n {2}help: .*\n$/,
    );
  });

  test("another format", async () => {
    expect(await fails("a.ipynb", '{"nbformat": 3, "worksheets": []}')).toMatch(
      /nbformat must be 4, got 3\n {2}help: convert it: .*\n$/,
    );
  });

  test("an unknown kernel", async () => {
    const notebook = {
      ...notebookOf(code("1")),
      metadata: { kernelspec: { name: "python3", language: "python" } },
    };
    expect(await fails("a.ipynb", JSON.stringify(notebook))).toMatch(
      /asks for the unknown kernel "python3" \(python\)/,
    );
  });

  test("an output folder that cannot be: a file is in the way", async () => {
    writeFileSync(join(folder, "taken"), "");
    const path = join(folder, "a.ipynb");
    writeNotebook(path, notebookOf(code("1")));
    const result = await gradbook("run", path, "--output", join(folder, "taken"));
    expect(result.code).toBe(1);
    expect(clean(result.stderr)).toBe(
      "gradbook: …/taken: cannot be written, a file is in the way\n  help: choose another folder or move that file\n",
    );
    expect(readdirSync(folder).sort()).toEqual(["a.ipynb", "taken"]);
  });

  test("a misspelled command gets a suggestion", async () => {
    const { code: exitCode, stderr } = await gradbook("rnu");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("(Did you mean run?)");
  });
});

test("Ctrl-C keeps what ran, exits with 130 and leaves no kernel behind", async () => {
  const path = join(folder, "lesson.ipynb");
  const pids = join(folder, "pids");
  const cells = [
    code(
      `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(pids)}, \`\${process.pid} \${process.ppid}\`);\n"first"`,
    ),
    code('process.stderr.write("");\nawait new Promise(() => {});'),
  ];
  writeNotebook(path, notebookOf(...cells));
  const { child, hasSaid, done } = startGradbook(["run", path, "--output", join(folder, "out")]);
  await hasSaid("lesson.ipynb: cell 1/2");
  child.kill("SIGINT");
  const { code: exitCode } = await done;
  expect(exitCode).toBe(130);
  expect(readNotebook(join(folder, "out", "lesson.ipynb")).cells[0]).toMatchObject({
    outputs: [{ data: { "text/plain": "'first'" } }],
  });
  const isAlive = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  // the session may need a moment to end after its kernel: it is waited for, not slept on
  const [session, kernel] = readFileSync(pids, "utf8").split(" ").map(Number);
  expect(isAlive(kernel!)).toBe(false);
  await expect.poll(() => isAlive(session!), { timeout: 10_000 }).toBe(false);
});
