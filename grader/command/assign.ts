// `gradbook assign`: make the students' notebooks out of source notebooks, and prove that they work before anything is written.

import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { recordOf } from "../judge/cellReports.js";
import { prepareFolder, writeFileAtomically } from "../notebook/atomicFile.js";
import { checkKernelspec } from "../notebook/checkKernelspec.js";
import { readNotebook, writeNotebook } from "../notebook/nbformat.js";
import type { Notebook } from "../notebook/notebook.js";
import { NotebookError } from "../notebook/notebookError.js";
import { checkLeaks } from "../pass/checkLeaks.js";
import { clearHiddenTests } from "../pass/clearHiddenTests.js";
import { releasePasses, runPasses, sourcePasses, standardStubs } from "../passes.js";
import {
  bakeDiagnoses,
  type Diagnoses,
  knowsMistakes,
  proveMutants,
  proveNoMutantCode,
  proveRelease,
  proveRepeatable,
  proveSolution,
} from "../prove/proof.js";
import type { StartKernel } from "./ownKernel.js";
import { runInKernel } from "./runInKernel.js";
import { formatDuration, type Terminal } from "./terminal.js";

export interface AssignOptions {
  /** Folder for the released notebooks; created if needed. */
  readonly output: string;
  /**
   * Run source and release to prove that the solution passes, the empty release fails and known mistakes are named. Without it no
   * `diagnoses.json` is written, since the results of the known mistakes come from the run. Default true.
   */
  readonly prove?: boolean;
  /** Also write nbgrader's configuration to this file. */
  readonly nbgraderConfig?: string;
  readonly signal?: AbortSignal;
  /** Starts a kernel in a folder. Default: our own. */
  readonly start?: StartKernel;
}

/** A check cell that takes longer than this makes students wait. */
const slowCheckMs = 2000;

/**
 * Makes the release of each source. Nothing is written unless every one is right.
 *
 * @returns the exit code: 0 when written, 1 when a proof failed, 130 when interrupted
 * @throws {NotebookError} for sources that break a rule of the format, leaks, and files that cannot be read or written
 */
export async function assignNotebooks(
  paths: readonly string[],
  options: AssignOptions,
  terminal: Terminal,
): Promise<number> {
  const { output, prove = true, nbgraderConfig, signal } = options;
  const jobs = paths.map((path) => makeRelease(path, output));
  prepareFolder(output);
  let diagnoses: Diagnoses = {};
  let failed = false;
  for (const job of prove ? jobs : []) {
    const { problems, known } = await proveJob(job, options, terminal);
    if (signal?.aborted) return 130;
    diagnoses = { ...diagnoses, ...known };
    failed ||= problems.length > 0;
    for (const problem of problems) terminal.err(`${job.path}: ${problem}\n`);
  }
  if (failed) {
    terminal.err(
      "gradbook: nothing was written, because a proof failed\n  help: --no-prove writes the release as it is\n",
    );
    return 1;
  }
  for (const { target, release } of jobs) writeNotebook(target, release);
  if (Object.keys(diagnoses).length > 0) writeDiagnoses(join(output, "diagnoses.json"), diagnoses);
  if (nbgraderConfig !== undefined) writeFileAtomically(nbgraderConfig, nbgraderSettings);
  for (const { path, target } of jobs) terminal.out(`${path} -> ${target}\n`);
  if (!prove && jobs.some(({ source }) => knowsMistakes(source))) terminal.err(unnamedMistakes(output));
  return 0;
}

interface Job {
  readonly path: string;
  readonly target: string;
  readonly source: Notebook;
  /** Solutions, but only the tests that students get. */
  readonly open: Notebook;
  readonly release: Notebook;
}

function makeRelease(path: string, output: string): Job {
  const notebook = readNotebook(path);
  checkKernelspec(notebook, path);
  if (resolve(dirname(path)) === resolve(output))
    throw new NotebookError(
      `${path}: the release would replace the source`,
      "choose another folder with --output",
    );
  const context = { path, ...standardStubs };
  const source = runPasses(sourcePasses, notebook, context);
  const release = runPasses(releasePasses, source, context);
  checkLeaks(source, release, path);
  const [mutantCode] = proveNoMutantCode(release);
  if (mutantCode !== undefined) throw new NotebookError(`${path}: ${mutantCode}`);
  return {
    path,
    target: join(output, basename(path)),
    source,
    open: clearHiddenTests(source, context),
    release,
  };
}

async function proveJob(
  { path, source, open, release }: Job,
  { signal, start }: AssignOptions,
  terminal: Terminal,
): Promise<{ problems: string[]; known: Diagnoses }> {
  const name = basename(path);
  const run = (label: string, notebook: Notebook, env: Record<string, string> = {}) =>
    runInKernel(
      path,
      notebook,
      {
        label: `${name} (${label})`,
        allowErrors: true,
        env,
        ...(signal && { signal }),
        ...(start && { start }),
      },
      terminal,
    );
  const whole = recordOf(await run("solution", source, { GRADBOOK_PROVE_CHECKS: "1" }));
  const openRun = await run("released tests", open);
  const shown = recordOf(openRun);
  const empty = recordOf(await run("empty release", release));
  for (const { cell, id } of shown.tests) {
    const ms = openRun.cellMs.get(cell - 1) ?? 0;
    if (ms > slowCheckMs)
      terminal.err(
        `${path}: warning: the check "${id}" takes ${formatDuration(ms)}, more than students like to wait\n`,
      );
  }
  const problems = [
    ...proveSolution(whole, "source"),
    ...proveMutants(whole),
    ...proveSolution(shown, "public"),
    ...proveRepeatable(whole, shown),
    ...proveRelease(empty),
  ];
  return { problems, known: bakeDiagnoses(whole, shown) };
}

/** What students lose with --no-prove: the results by which a mistake is recognized are those of a run. */
function unnamedMistakes(output: string): string {
  const what = existsSync(join(output, "diagnoses.json"))
    ? "diagnoses.json stays as an earlier release left it"
    : "no diagnoses.json was written, so the release does not name mistakes";
  return `gradbook: ${what}, because --no-prove runs nothing\n  help: leave --no-prove out to write it\n`;
}

/** Adds to the file of an earlier release in the same folder: a course is released notebook by notebook. */
function writeDiagnoses(path: string, diagnoses: Diagnoses): void {
  let known: Diagnoses = {};
  if (existsSync(path)) {
    try {
      known = JSON.parse(readFileSync(path, "utf8")) as Diagnoses;
    } catch {
      throw new NotebookError(
        `${path}: not JSON, the known mistakes cannot be added`,
        "delete the file and try again",
      );
    }
  }
  writeFileAtomically(path, `${JSON.stringify({ ...known, ...diagnoses }, null, 1)}\n`);
}

/** nbgrader stops at languages whose stub it does not know. The setting replaces its whole table, so Python is here too. */
const nbgraderSettings = `c = get_config()  # noqa: F821, nbgrader provides it
c.ClearSolutions.code_stub = {
    "typescript": "// YOUR CODE HERE\\nthrow new Error('not filled in');",
    "javascript": "// YOUR CODE HERE\\nthrow new Error('not filled in');",
    "python": "# YOUR CODE HERE\\nraise NotImplementedError()",
}
`;
