import { Command } from "commander";
import { expect, test } from "vitest";
import { addAssign } from "../../../../lab/cli/assign.js";

test("assign has the expected options; the folder is required and proofs are on", () => {
  const program = new Command();
  addAssign(program);
  const [assign] = program.commands;
  expect(assign!.options.map(({ flags, mandatory }) => [flags, mandatory])).toEqual([
    ["-o, --output <dir>", true],
    ["--no-prove", false],
    ["--nbgrader-config <file>", false],
  ]);
  expect(assign!.opts().prove).toBe(true);
});
