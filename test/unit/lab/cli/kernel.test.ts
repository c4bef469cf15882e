import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { expect, test } from "vitest";
import { NotebookError } from "../../../../grader/notebook/notebookError.js";
import { addKernel } from "../../../../lab/cli/kernel.js";

test("kernel has install, uninstall and start with their options", () => {
  const program = new Command();
  addKernel(program);
  const place = ["--user", "--prefix <dir>", "--system", "--name <name>"];
  expect(
    program.commands[0]!.commands.map((command) => [
      command.name(),
      command.options.map(({ flags }) => flags),
    ]),
  ).toEqual([
    ["install", [...place, "--display-name <text>"]],
    ["uninstall", place],
    ["start", ["--connection-file <file>"]],
  ]);
});

test("what the user can repair comes as an error without a stack to print", async () => {
  const program = new Command();
  addKernel(program);
  const prefix = mkdtempSync(join(tmpdir(), "kernel-"));
  const run = (...args: string[]) => program.parseAsync(["node", "gradbook", "kernel", ...args]);
  await expect(run("uninstall", "--prefix", prefix)).rejects.toThrow(NotebookError);
  await expect(run("install", "--prefix", prefix, "--system")).rejects.toThrow(
    "at most one of user, prefix and system, got prefix and system",
  );
  rmSync(prefix, { recursive: true });
});
