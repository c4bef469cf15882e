import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { historyFiles, historyFolder } from "../../../../kernel/server/historyFiles.js";

let folder: string;
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), "gradbook-history-")), "history");
});
afterEach(() => rmSync(path.dirname(folder), { recursive: true }));

const cell = (session: number, line: number, input: string, output: string | null = null) => ({
  session,
  line,
  input,
  output,
});
const quiet = (): void => {};

test("what one kernel wrote the next one reads, under increasing session numbers", () => {
  const first = historyFiles(folder, quiet);
  expect(first.begin()).toBe(1);
  first.append(cell(1, 1, "a\nb"));
  first.append(cell(1, 1, "a\nb", "𝐚"));
  const second = historyFiles(folder, quiet);
  expect(second.begin()).toBe(2);
  second.append(cell(2, 1, "c"));
  expect(historyFiles(folder, quiet).read()).toEqual([cell(1, 1, "a\nb", "𝐚"), cell(2, 1, "c")]);
});

test("two kernels that start together get two numbers", () => {
  const [one, two] = [historyFiles(folder, quiet), historyFiles(folder, quiet)];
  one.read();
  two.read();
  expect([one.begin(), two.begin()]).toEqual([1, 2]);
});

test("only the user may read it", () => {
  historyFiles(folder, quiet).begin();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(path.join(folder, "000001.jsonl")).mode & 0o777).toBe(0o600);
});

test("a line that was cut off, and files of others, are skipped", () => {
  const store = historyFiles(folder, quiet);
  store.begin();
  store.append(cell(1, 1, "a"));
  appendFileSync(path.join(folder, "000001.jsonl"), '{"line":2,"inp');
  writeFileSync(path.join(folder, "notes.txt"), "x");
  expect(historyFiles(folder, quiet).read()).toEqual([cell(1, 1, "a")]);
});

test("sessions older than the newest 200 are removed", () => {
  historyFiles(folder, quiet).begin();
  for (let session = 2; session <= 205; session++)
    writeFileSync(path.join(folder, `${String(session).padStart(6, "0")}.jsonl`), "");
  expect(historyFiles(folder, quiet).begin()).toBe(206);
  expect(existsSync(path.join(folder, "000005.jsonl"))).toBe(false);
  expect(readdirSync(folder)).toHaveLength(201);
});

test("a folder that cannot be written is logged once and nothing else happens", () => {
  const log: string[] = [];
  writeFileSync(path.join(path.dirname(folder), "file"), "");
  const store = historyFiles(path.join(path.dirname(folder), "file", "history"), (text) => log.push(text));
  expect(store.begin()).toBe(1);
  store.append(cell(1, 1, "a"));
  expect(store.read()).toEqual([]);
  expect(log).toHaveLength(1);
  expect(log[0]).toMatch(/^history: .* must be writable, got ENOTDIR/);
});

describe("historyFolder", () => {
  test.each([
    ["Linux", {}, "/home/ada", "linux", "/home/ada/.local/share/gradbook/history"],
    ["XDG", { XDG_DATA_HOME: "/data" }, "/home/ada", "linux", "/data/gradbook/history"],
    ["macOS", {}, "/Users/ada", "darwin", "/Users/ada/Library/Application Support/gradbook/history"],
    ["Windows", { APPDATA: "C:\\R" }, "C:\\A", "win32", "C:\\R\\gradbook\\history"],
    ["named", { GRADBOOK_HISTORY: "/h" }, "/home/ada", "linux", "/h"],
    ["off", { GRADBOOK_HISTORY: "off" }, "/home/ada", "linux", null],
  ] as const)("%s", (_, env, home, platform, expected) => {
    expect(historyFolder(env, home, platform)).toBe(expected);
  });
});
