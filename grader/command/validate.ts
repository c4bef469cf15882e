// `gradbook validate`: run a notebook as it will be graded, and show what each check earns.

import { type NotebookRecord, recordOf } from "../judge/cellReports.js";
import { writeFileAtomically } from "../notebook/atomicFile.js";
import { checkKernelspec } from "../notebook/checkKernelspec.js";
import { readNotebook } from "../notebook/nbformat.js";
import { runPasses, standardStubs, validatePasses } from "../passes.js";
import type { StartKernel } from "./ownKernel.js";
import { recordTable } from "./recordTable.js";
import { runInKernel } from "./runInKernel.js";
import type { Terminal } from "./terminal.js";

export interface ValidateOptions {
  /** Also write the records to this file, as JSON. */
  readonly json?: string;
  /** Longest time for one cell in seconds. Default: no limit. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  /** Starts a kernel in a folder. Default: our own. */
  readonly start?: StartKernel;
}

/**
 * Runs each notebook in a fresh kernel, all cells, and prints a table of its checks. A cell that fails costs its own points only.
 *
 * @returns the exit code: 0 when every check earns all its points and no cell fails, 1 otherwise, 130 when interrupted
 * @throws {NotebookError} for files that cannot be read or written
 */
export async function validateNotebooks(
  paths: readonly string[],
  { json, timeout, signal, start }: ValidateOptions,
  terminal: Terminal,
): Promise<number> {
  const jobs = paths.map((path) => {
    const notebook = readNotebook(path);
    checkKernelspec(notebook, path);
    return { path, notebook: runPasses(validatePasses, notebook, { path, ...standardStubs }) };
  });
  const records: { path: string; record: NotebookRecord }[] = [];
  for (const { path, notebook } of jobs) {
    const execution = await runInKernel(
      path,
      notebook,
      {
        allowErrors: true,
        ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
        ...(signal && { signal }),
        ...(start && { start }),
      },
      terminal,
    );
    if (signal?.aborted) return 130;
    const record = recordOf(execution);
    records.push({ path, record });
    terminal.out(recordTable(path, record));
  }
  if (json !== undefined) writeFileAtomically(json, `${JSON.stringify(records.map(toJson), null, 2)}\n`);
  return records.every(({ record }) => isPassed(record)) ? 0 : 1;
}

export function isPassed({ tests, failures }: NotebookRecord): boolean {
  return failures.length === 0 && tests.every((test) => test.status === "passed");
}

/** Version 1 of the file that `--json` writes. */
function toJson({ path, record }: { path: string; record: NotebookRecord }): unknown {
  const { tests, manual, failures, points, of } = record;
  return {
    version: 1,
    notebook: path,
    passed: isPassed(record),
    points,
    of,
    tests,
    manual,
    failures: failures.map(({ index, line, reason, ename, evalue }) => ({
      cell: index + 1,
      ...(line !== undefined && { line }),
      reason,
      ename,
      evalue,
    })),
  };
}
