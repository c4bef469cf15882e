import { type Command, InvalidArgumentError } from "commander";
import { interruptSignal, processTerminal } from "./processTerminal.js";

interface RunFlags {
  readonly output: string;
  readonly html?: true;
  readonly timeout?: number;
  readonly allowErrors?: true;
}

export function addRun(program: Command): void {
  program
    .command("run")
    .description("execute notebooks and write them with their outputs")
    .argument("<notebook...>", "notebook files (.ipynb)")
    .option("-o, --output <dir>", "folder for the results", "out")
    .option("--html", "also write a page that stands alone")
    .option("--timeout <seconds>", "interrupt a cell that takes longer", positiveNumber)
    .option("--allow-errors", "go on after a failing cell")
    .action(async (notebooks: string[], flags: RunFlags) => {
      const { runNotebooks } = await import("../../grader/command/run.js");
      const options = { ...flags, signal: interruptSignal() };
      process.exitCode = await runNotebooks(notebooks, options, processTerminal());
    });
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < Number.POSITIVE_INFINITY))
    throw new InvalidArgumentError("must be a number of seconds greater than 0");
  return value;
}
