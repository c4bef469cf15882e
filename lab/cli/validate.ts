import type { Command } from "commander";
import { interruptSignal, processTerminal } from "./processTerminal.js";
import { positiveNumber } from "./run.js";

interface ValidateFlags {
  readonly json?: string;
  readonly timeout?: number;
}

export function addValidate(program: Command): void {
  program
    .command("validate")
    .description("run notebooks and show what each check earns; exit code 0 only when everything passes")
    .argument("<notebook...>", "notebook files (.ipynb)")
    .option("--json <file>", "also write the result for machines")
    .option("--timeout <seconds>", "interrupt a cell that takes longer", positiveNumber)
    .action(async (notebooks: string[], flags: ValidateFlags) => {
      const { validateNotebooks } = await import("../../grader/command/validate.js");
      const options = { ...flags, signal: interruptSignal() };
      process.exitCode = await validateNotebooks(notebooks, options, processTerminal());
    });
}
