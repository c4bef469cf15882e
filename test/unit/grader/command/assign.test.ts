import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AssignOptions, assignNotebooks } from "../../../../grader/command/assign.js";
import { checkMime } from "../../../../grader/judge/verdict.js";
import { readNotebook, writeNotebook } from "../../../../grader/notebook/nbformat.js";
import { MemoryTerminal } from "../../../support/memoryTerminal.js";
import { code, graded, notebookOf } from "../../../support/notebooks.js";
import { type CellScript, result, ScriptedKernel } from "../../../support/scriptedKernel.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assign-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const answer = "const f = () => {\n  // BEGIN SOLUTION\n  return 42;\n  // END SOLUTION\n};";
const open = "check.score(open)";
const whole = `${open}\n// BEGIN HIDDEN TESTS\ncheck.score(hidden)\n// END HIDDEN TESTS`;
const source = notebookOf(
  code(answer, graded("f", { solution: true })),
  code(whole, graded("f-check", { grade: true, locked: true, points: 2 })),
);

const report = (status: string, points: number, more = {}): CellScript =>
  result({
    [checkMime]: {
      version: 1,
      name: "f",
      points,
      of: 2,
      status,
      message: "",
      checks: [{ name: "open" }],
      ...more,
    },
  });
const mutant = { diagnosis: "sign", diagnosed: "sign", points: 0, outputs: { open: [-1], hidden: [-2] } };

/** Three kernels: solution, solution with the released tests, empty release. */
const rightScripts: Record<string, CellScript>[] = [
  { [whole]: report("passed", 2, { mutants: [mutant] }) },
  { [open]: report("passed", 2) },
  { [open]: report("notFilledIn", 0) },
];

async function assign(scripts = rightScripts, options: Partial<AssignOptions> = {}, notebook = source) {
  const path = join(folder, "source", "a.ipynb");
  mkdirSync(join(folder, "source"), { recursive: true });
  writeNotebook(path, notebook);
  const terminal = new MemoryTerminal();
  const environments: unknown[] = [];
  const start = async (_: string, env?: Readonly<Record<string, string>>) =>
    new ScriptedKernel(scripts[environments.push(env) - 1]);
  const output = join(folder, "release");
  const exitCode = await assignNotebooks([path], { output, start, ...options }, terminal);
  const errors = terminal.errors.replaceAll(folder, "…").split("\n");
  return {
    exitCode,
    environments,
    output: terminal.output.replaceAll(folder, "…"),
    errors: errors.filter((line) => !/: cell \d+\/\d/.test(line)),
  };
}

describe("assignNotebooks", () => {
  test("proves, then writes the release and the known mistakes' public results", async () => {
    const { exitCode, environments, output } = await assign();
    expect(exitCode).toBe(0);
    expect(output).toBe("…/source/a.ipynb -> …/release/a.ipynb\n");
    expect(environments).toEqual([{ GRADBOOK_PROVE_CHECKS: "1" }, {}, {}]);
    expect(readNotebook(join(folder, "release", "a.ipynb")).cells.map((cell) => cell.source)).toEqual([
      'const f = () => {\n  // YOUR CODE HERE\n  throw new check.NotFilledIn("f");\n};',
      open,
    ]);
    expect(JSON.parse(readFileSync(join(folder, "release", "diagnoses.json"), "utf8"))).toEqual({
      f: [{ diagnosis: "sign", outputs: { open: [-1] } }],
    });
  });

  test("a release that earns points for nothing is not written", async () => {
    const { exitCode, errors } = await assign([...rightScripts.slice(0, 2), { [open]: report("passed", 2) }]);
    expect(exitCode).toBe(1);
    expect(errors).toEqual([
      '…/source/a.ipynb: cell 2 "f-check": the empty release earns 2 of 2 points',
      "gradbook: nothing was written, because a proof failed",
      "  help: --no-prove writes the release as it is",
      "",
    ]);
    expect(readdirSync(join(folder, "release"))).toEqual([]);
  });

  test("prove: false runs nothing", async () => {
    const { exitCode, environments, errors } = await assign([], { prove: false });
    expect([exitCode, environments, errors]).toEqual([0, [], [""]]);
    expect(existsSync(join(folder, "release", "a.ipynb"))).toBe(true);
  });

  test("prove: false says that known mistakes get no names, and whether names of an earlier release stay", async () => {
    const hidden = "// BEGIN HIDDEN TESTS\ncheck.mutant('sign', g)\n// END HIDDEN TESTS";
    const knowing = notebookOf(code(`${open}\n${hidden}`, graded("f-check", { grade: true, points: 2 })));
    const first = await assign([], { prove: false }, knowing);
    expect(first.exitCode).toBe(0);
    expect(first.errors).toEqual([
      "gradbook: no diagnoses.json was written, so the release does not name mistakes, because --no-prove runs nothing",
      "  help: leave --no-prove out to write it",
      "",
    ]);
    expect(existsSync(join(folder, "release", "diagnoses.json"))).toBe(false);
    writeFileSync(join(folder, "release", "diagnoses.json"), "{}");
    const second = await assign([], { prove: false }, knowing);
    expect(second.errors[0]).toBe(
      "gradbook: diagnoses.json stays as an earlier release left it, because --no-prove runs nothing",
    );
  });

  test("known mistakes of an earlier release in the folder stay", async () => {
    await assign();
    rmSync(join(folder, "source"), { recursive: true });
    const [first, ...others] = rightScripts;
    const renamed = { [whole]: report("passed", 2, { name: "g", mutants: [mutant] }) };
    expect(Object.keys(first!)).toEqual(Object.keys(renamed));
    await assign([renamed, ...others]);
    expect(Object.keys(JSON.parse(readFileSync(join(folder, "release", "diagnoses.json"), "utf8")))).toEqual([
      "f",
      "g",
    ]);
  });

  test("nbgrader's settings are written where they are wanted", async () => {
    const file = join(folder, "nbgrader_config.py");
    await assign(rightScripts, { nbgraderConfig: file });
    expect(readFileSync(file, "utf8")).toMatch(
      /^c = get_config\(\)[\s\S]*"typescript": "\/\/ YOUR CODE HERE\\n/,
    );
  });

  test("the release must not replace the source", async () => {
    await expect(assign(rightScripts, { output: join(folder, "source") })).rejects.toThrow(
      "a.ipynb: the release would replace the source\n  help: choose another folder with --output",
    );
  });
});
