#!/usr/bin/env node
// The `gradbook` command: a name is a file that is loaded when it is used, so that `gradbook --help` costs nothing.
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { NotebookError } from "../../grader/notebook/notebookError.js";
import { addAssign } from "./assign.js";
import { addKernel } from "./kernel.js";
import { addRun } from "./run.js";
import { addValidate } from "./validate.js";

const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));

const program = new Command("gradbook")
  .description(
    "Notebooks in TypeScript: run them, make assignments of them, check answers, install the Jupyter kernel.",
  )
  .version(version)
  .showHelpAfterError("(gradbook --help lists the commands)")
  .showSuggestionAfterError();
for (const add of [addRun, addAssign, addValidate, addKernel]) add(program);

try {
  await program.parseAsync();
} catch (error) {
  // a problem the person at the terminal can solve: the message says how, a stack would only hide it
  if (!(error instanceof NotebookError)) throw error;
  process.stderr.write(`gradbook: ${error.message}\n`);
  process.exitCode = 1;
}
