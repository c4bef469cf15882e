import { Command } from "commander";
import { expect, test } from "vitest";
import { addValidate } from "../../../../lab/cli/validate.js";

test("validate has the expected options", () => {
  const program = new Command();
  addValidate(program);
  expect(program.commands[0]!.options.map(({ flags }) => flags)).toEqual([
    "--json <file>",
    "--timeout <seconds>",
  ]);
});
