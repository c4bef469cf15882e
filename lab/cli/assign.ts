import type { Command } from "commander";
import { interruptSignal, processTerminal } from "./processTerminal.js";

interface AssignFlags {
  readonly output: string;
  readonly prove: boolean;
  readonly nbgraderConfig?: string;
}

export function addAssign(program: Command): void {
  program
    .command("assign")
    .description(
      "make the students' notebooks out of source notebooks: solutions become blanks, hidden tests disappear",
    )
    .argument("<source...>", "notebooks with solutions")
    .requiredOption("-o, --output <dir>", "folder for the released notebooks")
    .option(
      "--no-prove",
      "run nothing: the release is not proved, and known mistakes get no names (no diagnoses.json)",
    )
    .option("--nbgrader-config <file>", "also write the settings that nbgrader needs for TypeScript")
    .action(async (sources: string[], flags: AssignFlags) => {
      const { assignNotebooks } = await import("../../grader/command/assign.js");
      const options = { ...flags, signal: interruptSignal() };
      process.exitCode = await assignNotebooks(sources, options, processTerminal());
    });
}
