import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { makeLog } from "../../../../kernel/server/log.js";

test("a line has the time, the process and the text", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "gradbook-log-"));
  const file = path.join(folder, "kernel.log");
  const log = makeLog(file, () => 12.6);
  log("first");
  log("second");
  expect(readFileSync(file, "utf8")).toBe(`     13 ${process.pid} first\n     13 ${process.pid} second\n`);
  rmSync(folder, { recursive: true });
});

test("neither a missing name nor a file that cannot be written is an error", () => {
  expect(() => makeLog(undefined)("text")).not.toThrow();
  expect(() => makeLog("/no/such/folder/kernel.log")("text")).not.toThrow();
});
