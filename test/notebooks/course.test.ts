// Every notebook of the course, through the built command and the real kernel: `assign` runs it three times and proves that the solution
// earns every point, with all tests and with those that students get; that every known mistake loses points and is named; and that the
// students' version earns nothing and says of each cell only which blank is missing.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
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

test.each(notebooks)("%s is committed without outputs", (path) => {
  for (const cell of readNotebook(path).cells)
    if (cell.cell_type === "code") expect([cell.execution_count, cell.outputs]).toEqual([null, []]);
});

// Two at a time (vitest.config.ts): each is a command with a kernel of its own.
test.concurrent.each(notebooks)(
  "the release of %s is proved",
  async (path) => {
    const { code, stderr } = await gradbook("assign", path, "--output", folder);
    expect(code, stderr).toBe(0);
    const released = readNotebook(join(folder, basename(path)));
    expect(released.cells.map(({ source }) => source).join("")).not.toMatch(
      /(BEGIN|END) (SOLUTION|HIDDEN TESTS)/,
    );
  },
  25 * minutes,
);

test(
  "an assignment as a grader sees it: all points for the solution, none and no other message for the students' version",
  async () => {
    const path = notebooks.find((name) => basename(name).startsWith("N08")) as string;
    interface Result {
      readonly points: number;
      readonly of: number;
      readonly tests: readonly { readonly status: string }[];
      readonly failures: readonly { readonly ename: string; readonly evalue: string }[];
    }
    const validate = async (notebook: string): Promise<Result> => {
      const json = join(folder, "result.json");
      await gradbook("validate", notebook, "--json", json);
      return JSON.parse(readFileSync(json, "utf8"))[0];
    };
    const solved = await validate(path);
    expect([solved.points, solved.failures]).toEqual([solved.of, []]);
    await gradbook("assign", path, "--output", folder, "--no-prove");
    const empty = await validate(join(folder, basename(path)));
    expect([empty.points, new Set(empty.tests.map(({ status }) => status))]).toEqual([
      0,
      new Set(["notFilledIn"]),
    ]);
    for (const { ename, evalue } of empty.failures)
      expect([ename, evalue.split("\n").length]).toEqual(["NotFilledIn", 1]);
  },
  20 * minutes,
);
