import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { cacheFolder, compilerCommands, snapshotPath } from "../../../../kernel/compile/snapshot.js";

const before = process.env.GRADBOOK_SNAPSHOT;
afterEach(() => {
  if (before === undefined) delete process.env.GRADBOOK_SNAPSHOT;
  else process.env.GRADBOOK_SNAPSHOT = before;
});

test.each<[NodeJS.Platform, NodeJS.ProcessEnv, string]>([
  ["linux", {}, join(homedir(), ".cache", "gradbook")],
  ["linux", { XDG_CACHE_HOME: "/c" }, "/c/gradbook"],
  ["darwin", {}, join(homedir(), "Library", "Caches", "gradbook")],
  ["win32", { LOCALAPPDATA: "/l" }, join("/l", "gradbook")],
  ["linux", { GRADBOOK_CACHE: "/own" }, "/own"],
])("on %s with %j the cache is %s", (platform, env, expected) => {
  expect(cacheFolder(env, platform)).toBe(expected);
});

test("a snapshot is named after what it fits", () => {
  const name = `compiler-${process.version}-${process.platform}-${process.arch}-`;
  expect(snapshotPath("/c")).toMatch(new RegExp(`^/c/${name.replaceAll(".", "\\.")}[0-9a-f]{16}\\.blob$`));
  expect(snapshotPath("/c")).toBe(snapshotPath("/c"));
});

test("it is used when it exists, with the plain start behind it", () => {
  const folder = mkdtempSync(join(tmpdir(), "gradbook-snapshot-"));
  const blob = join(folder, "x.blob");
  delete process.env.GRADBOOK_SNAPSHOT;
  const [plain, ...others] = compilerCommands(blob);
  expect(others).toEqual([]);
  expect(plain?.at(-1)).toMatch(/compilerMain\.js$/);
  writeFileSync(blob, "");
  // V8 starts from a snapshot with the flags it was built with only.
  expect(compilerCommands(blob)).toEqual([[...(plain?.slice(0, -1) ?? []), "--snapshot-blob", blob], plain]);
  process.env.GRADBOOK_SNAPSHOT = "off";
  expect(compilerCommands(blob)).toEqual([plain]);
  rmSync(folder, { recursive: true });
});
