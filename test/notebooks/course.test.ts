// Every notebook of the course, through the built command and the real kernel.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readNotebook } from "../../grader/notebook/nbformat.js";
import { gradbook } from "../support/gradbookCommand.js";
import { filesBelow } from "../support/sourceFiles.js";

const notebooks = filesBelow("notebooks", ".ipynb");
const minutes = 60_000;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gradbook-course-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Result {
  readonly passed: boolean;
  readonly points: number;
  readonly of: number;
  readonly tests: readonly { readonly id: string; readonly status: string; readonly message: string }[];
  readonly failures: readonly { readonly cell: number; readonly ename: string; readonly evalue: string }[];
}

async function validate(path: string): Promise<Result> {
  const json = join(folder, `${basename(path)}.json`);
  await gradbook("validate", path, "--json", json);
  return JSON.parse(readFileSync(json, "utf8"))[0];
}

describe.each(notebooks)("%s", (path) => {
  test("is committed without outputs", () => {
    for (const cell of readNotebook(path).cells)
      if (cell.cell_type === "code") expect([cell.execution_count, cell.outputs]).toEqual([null, []]);
  });

  test(
    "with its solutions no cell fails and every point is earned",
    async () => {
      const { failures, tests, points, of } = await validate(path);
      expect(failures).toEqual([]);
      expect(tests.filter(({ status }) => status !== "passed")).toEqual([]);
      expect(points).toBe(of);
    },
    10 * minutes,
  );

  test(
    "the students' version earns nothing, and each failing cell says which blank is missing and nothing else",
    async () => {
      const release = join(folder, "release");
      const { code, stderr } = await gradbook("assign", path, "--output", release, "--no-prove");
      expect([code, stderr]).toEqual([0, ""]);
      const { failures, tests, points } = await validate(join(release, basename(path)));
      expect(points).toBe(0);
      expect(tests.filter(({ status }) => status !== "notFilledIn")).toEqual([]);
      for (const { ename, evalue } of failures) {
        expect(ename).toBe("NotFilledIn");
        expect(evalue.split("\n")).toHaveLength(1);
      }
      expect(failures.length + tests.length).toBeGreaterThan(0);
    },
    5 * minutes,
  );
});
