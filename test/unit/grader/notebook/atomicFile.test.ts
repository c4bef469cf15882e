import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { prepareFolder, writeFileAtomically } from "../../../../grader/notebook/atomicFile.js";

const folder = mkdtempSync(join(tmpdir(), "atomic-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "a.txt");
const withoutFolder = (error: unknown): string => (error as Error).message.replaceAll(folder, "…");
const messageOf = (run: () => void): string => {
  try {
    run();
  } catch (error) {
    return withoutFolder(error);
  }
  return "no error";
};

test("replaces the whole file", () => {
  writeFileAtomically(path, "old and longer");
  writeFileAtomically(path, "new");
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(readdirSync(folder)).toEqual(["a.txt"]);
});

test("a disk that fills up half-way leaves the old file and no part of the new one", () => {
  writeFileAtomically(path, "old");
  const message = messageOf(() =>
    writeFileAtomically(path, "new", (file) => {
      writeSync(file, "ne");
      throw Object.assign(new Error(), { code: "ENOSPC" });
    }),
  );
  expect(message).toMatchInlineSnapshot(`
    "…/a.txt: cannot be written, the disk is full
      help: free some space or choose another folder"
  `);
  expect(readFileSync(path, "utf8")).toBe("old");
  expect(readdirSync(folder)).toEqual(["a.txt"]);
});

test("a missing folder is named", () => {
  expect(messageOf(() => writeFileAtomically(join(folder, "no", "b.txt"), "x"))).toMatchInlineSnapshot(`
    "…/no/b.txt: cannot be written, the folder does not exist
      help: create it first"
  `);
});

test("prepareFolder creates folders", () => {
  prepareFolder(join(folder, "x", "y"));
  writeFileSync(join(folder, "x", "y", "z"), "");
  expect(readdirSync(join(folder, "x"))).toEqual(["y"]);
});

test("prepareFolder names what is in the way", () => {
  writeFileSync(path, "");
  expect(messageOf(() => prepareFolder(path))).toMatchInlineSnapshot(`
    "…/a.txt: cannot be written, a file is in the way
      help: choose another folder or move that file"
  `);
  expect(messageOf(() => prepareFolder(join(path, "inner")))).toMatchInlineSnapshot(`
    "…/a.txt/inner: cannot be written, a part of the path is not a folder
      help: choose another folder"
  `);
});
