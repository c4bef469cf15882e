import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { validateNotebooks } from "../../../../grader/command/validate.js";
import { writeNotebook } from "../../../../grader/notebook/nbformat.js";
import { MemoryTerminal } from "../../../support/memoryTerminal.js";
import { code, graded, notebookOf } from "../../../support/notebooks.js";
import { type CellScript, result, ScriptedKernel, throws } from "../../../support/scriptedKernel.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "validate-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const points = { grade: true, locked: true, points: 2 };
const notebook = notebookOf(
  code("answer", graded("f", { solution: true })),
  code("test 1", graded("t1", points)),
  code("test 2", graded("t2", points)),
);

async function validate(scripts: Record<string, CellScript>) {
  const path = join(folder, "a.ipynb");
  writeNotebook(path, notebook);
  const terminal = new MemoryTerminal();
  const json = join(folder, "result.json");
  const exitCode = await validateNotebooks(
    [path],
    { json, start: async () => new ScriptedKernel(scripts) },
    terminal,
  );
  return {
    exitCode,
    output: terminal.output.replaceAll(folder, "…"),
    json: JSON.parse(readFileSync(json, "utf8")),
  };
}

describe("validateNotebooks", () => {
  test("exit code 0 when every check passes", async () => {
    const { exitCode, output, json } = await validate({ "test 1": result({ "text/plain": "2" }) });
    expect(exitCode).toBe(0);
    expect(output).toBe("…/a.ipynb\n  ✓ t1  2 / 2\n  ✓ t2  2 / 2\n  total: 4 of 4 points\n");
    expect(json).toMatchObject([{ version: 1, passed: true, points: 4, of: 4 }]);
  });

  test("a failing cell costs its own points only: later cells run and are graded", async () => {
    const { exitCode, output, json } = await validate({
      "test 1": throws("TypeError", "bad", ["at In[2]:1:1"]),
    });
    expect(exitCode).toBe(1);
    expect(output).toBe(
      "…/a.ipynb\n  ✗ t1  0 / 2  cell 2, line 1: TypeError: bad\n  ✓ t2  2 / 2\n  total: 2 of 4 points\n",
    );
    expect(json[0].tests.map((one: { id: string; status: string }) => [one.id, one.status])).toEqual([
      ["t1", "error"],
      ["t2", "passed"],
    ]);
  });

  test("full points are not enough when another cell fails", async () => {
    const { exitCode, json } = await validate({ answer: throws("E", "v") });
    expect(exitCode).toBe(1);
    expect(json[0]).toMatchObject({
      passed: false,
      points: 4,
      failures: [{ cell: 1, ename: "E", evalue: "v" }],
    });
  });
});
