import { Command } from "commander";
import { expect, test } from "vitest";
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
