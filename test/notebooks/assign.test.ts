// `gradbook assign` and `gradbook validate` on a small assignment, with the real kernel and the real checks.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readNotebook, writeNotebook } from "../../grader/notebook/nbformat.js";
import type { Notebook } from "../../grader/notebook/notebook.js";
import { gradbook } from "../support/gradbookCommand.js";
import { code, graded, notebookOf, text } from "../support/notebooks.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gradbook-assign-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lesson = notebookOf(
  text("# Two blanks"),
  code(
    'import { check } from "gradbook";\ntype Unary = (x: number) => number;',
    graded("types", { locked: true }),
  ),
  code(
    "const square: Unary = (x) => {\n  // BEGIN SOLUTION\n  return x * x;\n  // END SOLUTION\n};",
    graded("T-square", { solution: true }),
  ),
  code(
    'check.score("T-square", { of: square, points: 2 }, [\n  (f) => check.reference("of 3 and 4", () => [f(3), f(4)], [9, 16]),\n  // BEGIN HIDDEN TESTS negative numbers\n  (f) => check.reference("of -2", () => f(-2), 4),\n  check.mutant("You doubled the number instead of squaring it.", (x) => 2 * x),\n  // END HIDDEN TESTS\n])',
    graded("T-square-check", { grade: true, locked: true, points: 2 }),
  ),
  code(
    "const half: Unary = (x) => {\n  // BEGIN SOLUTION\n  return x / 2;\n  // END SOLUTION\n};",
    graded("T-half", { solution: true }),
  ),
  code(
    'if (half(4) !== 2) throw new Error("half of 4 is 2");',
    graded("T-half-check", { grade: true, locked: true, points: 1 }),
  ),
  text("Because.", graded("T-why", { grade: true, solution: true, points: 4 })),
);
const clean = (words: string): string => words.replaceAll(folder, "…").replace(/^.*: cell \d+\/\d.*\n/gm, "");

/** The released notebook with answers typed into its blanks. */
function answered(answers: Record<string, string>): Notebook {
  const release = readNotebook(join(folder, "release", "lesson.ipynb"));
  for (const cell of release.cells)
    for (const [name, answer] of Object.entries(answers))
      if (cell.source.includes(`"${name}"`) && cell.source.includes("YOUR CODE HERE"))
        cell.source = cell.source.replace(/ *\/\/ YOUR CODE HERE\n.*NotFilledIn.*/, answer);
  return release;
}

async function validate(notebook: Notebook) {
  const path = join(folder, "release", "student.ipynb");
  const json = join(folder, "result.json");
  writeNotebook(path, notebook);
  const { code: exitCode, stdout } = await gradbook("validate", path, "--json", json);
  return { exitCode, table: clean(stdout), result: JSON.parse(readFileSync(json, "utf8"))[0] };
}

describe.sequential("assign, then validate", () => {
  test("assign proves the release and writes it with the known mistakes' results", async () => {
    const source = join(folder, "lesson.ipynb");
    writeNotebook(source, lesson);
    const { code: exitCode, stderr } = await gradbook("assign", source, "--output", join(folder, "release"));
    expect(clean(stderr)).toBe("");
    expect(exitCode).toBe(0);
    expect(readdirSync(join(folder, "release")).sort()).toEqual(["diagnoses.json", "lesson.ipynb"]);
    const release = readFileSync(join(folder, "release", "lesson.ipynb"), "utf8");
    expect(release).not.toMatch(/x \* x|x \/ 2|of -2|mutant|Because/);
    expect(release).toContain("// also tested when graded: negative numbers");
    expect(
      JSON.parse(readFileSync(join(folder, "release", "diagnoses.json"), "utf8"))["T-square"],
    ).toMatchObject([
      { diagnosis: "You doubled the number instead of squaring it.", outputs: { "of 3 and 4": [[6, 8]] } },
    ]);
  });

  test("right answers earn everything", async () => {
    const { exitCode, table } = await validate(
      answered({ "T-square": "  return x ** 2;", "T-half": "  return 0.5 * x;" }),
    );
    expect(table).toBe(
      "…/release/student.ipynb\n  ✓ T-square      2 / 2\n  ✓ T-half-check  1 / 1\n  – T-why         – / 4  graded by a person\n  total: 3 of 3 points, 4 more are graded by a person\n",
    );
    expect(exitCode).toBe(0);
  });

  test("a known mistake is named without its code being there", async () => {
    const { exitCode, table, result } = await validate(
      answered({ "T-square": "  return x + x;", "T-half": "  return x / 2;" }),
    );
    expect(exitCode).toBe(1);
    expect(table).toContain("✗ T-square      0 / 2  cell 4: You doubled the number instead of squaring it.");
    expect(result).toMatchObject({ points: 1, of: 3, passed: false });
  });

  test("an empty release: each blank says its name, and a crash costs only its own points", async () => {
    const { table } = await validate(answered({ "T-half": "  throw new TypeError('oops');" }));
    expect(table).toContain("○ T-square      0 / 2  cell 4: T-square is not filled in.");
    expect(table).toMatch(/✗ T-half-check {2}0 \/ 1 {2}cell 6, line 1: TypeError: oops/);
  });

  test("a source whose tests accept a known mistake is not released", async () => {
    const weak = structuredClone(lesson);
    weak.cells[3]!.source = weak.cells[3]!.source.replace(
      "[f(3), f(4)], [9, 16]",
      "[f(0), f(2)], [0, 4]",
    ).replace("f(-2), 4", "f(2), 4");
    const source = join(folder, "weak.ipynb");
    writeNotebook(source, weak);
    const { code: exitCode, stderr } = await gradbook("assign", source, "--output", join(folder, "weak"));
    expect(exitCode).toBe(1);
    expect(clean(stderr)).toBe(
      '…/weak.ipynb: cell 4 "T-square-check": no check rejects the mistake "You doubled the number instead of squaring it."\n' +
        "gradbook: nothing was written, because a proof failed\n  help: --no-prove writes the release as it is\n",
    );
    expect(readdirSync(join(folder, "weak"))).toEqual([]);
  });
});
