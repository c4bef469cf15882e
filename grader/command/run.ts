// `gradbook run`: execute notebooks in our kernel, write the executed notebook and, if wanted, a page of it.

import { basename, dirname, extname, join, resolve } from "node:path";
import { stripAnsi } from "../notebook/ansi.js";
import { prepareFolder, writeFileAtomically } from "../notebook/atomicFile.js";
import { checkKernelspec } from "../notebook/checkKernelspec.js";
import type { CellFailure } from "../notebook/execute.js";
import { readNotebook, writeNotebook } from "../notebook/nbformat.js";
import type { Notebook } from "../notebook/notebook.js";
import { NotebookError } from "../notebook/notebookError.js";
import type { StartKernel } from "./ownKernel.js";
import { runInKernel } from "./runInKernel.js";
import { formatDuration, type Terminal } from "./terminal.js";

export interface RunOptions {
  /** Folder for the results; created if needed. */
  readonly output: string;
  /** Also write a standalone HTML page. Default false. */
  readonly html?: boolean;
  /** Longest time for one cell in seconds. Default: no limit. */
  readonly timeout?: number;
  /** Go on after a failing cell, and count it as success. Default false. */
  readonly allowErrors?: boolean;
  /** When aborted, the running cell is interrupted and the command ends. */
  readonly signal?: AbortSignal;
  /** Starts a kernel in a folder. Default: our own. */
  readonly start?: StartKernel;
}

/**
 * Runs each notebook in a fresh kernel, its own folder being the kernel's. All files are checked before the first cell runs.
 *
 * @returns the exit code: 0 when all went well, 1 when a cell failed, 130 when interrupted
 * @throws {NotebookError} for files that cannot be read or written
 */
export async function runNotebooks(
  paths: readonly string[],
  options: RunOptions,
  terminal: Terminal,
): Promise<number> {
  const jobs = paths.map((path) => ({ path, notebook: readNotebook(path) }));
  for (const { path, notebook } of jobs) checkKernelspec(notebook, path);
  checkTargets(paths, options.output);
  prepareFolder(options.output);
  let exitCode = 0;
  for (const { path, notebook } of jobs) {
    const succeeded = await runOne(path, notebook, options, terminal);
    if (options.signal?.aborted) return 130;
    if (!succeeded) exitCode = 1;
  }
  return exitCode;
}

/** Two notebooks of one name would overwrite each other's result; a result must not replace its source. */
function checkTargets(paths: readonly string[], output: string): void {
  const sources = new Map<string, string>();
  for (const path of paths) {
    const name = basename(path);
    const other = sources.get(name);
    if (other !== undefined)
      throw new NotebookError(
        `${path}: would be written to the same file as ${other}, ${join(output, name)}`,
        "run them separately with different --output folders",
      );
    sources.set(name, path);
    if (resolve(dirname(path)) === resolve(output))
      throw new NotebookError(
        `${path}: the executed notebook would replace the notebook itself`,
        "choose another folder with --output",
      );
  }
}

async function runOne(
  path: string,
  notebook: Notebook,
  options: RunOptions,
  terminal: Terminal,
): Promise<boolean> {
  const { timeout, allowErrors = false, signal, start } = options;
  const execution = await runInKernel(
    path,
    notebook,
    {
      allowErrors,
      ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
      ...(signal && { signal }),
      ...(start && { start }),
    },
    terminal,
  );
  const failed = execution.failures.length > 0 && (!allowErrors || execution.stopped);
  for (const failure of execution.failures) terminal.err(describeFailure(path, notebook, failure));
  const written = await writeResults(path, execution.notebook, options);
  const state = failed ? "stopped" : "done";
  const files = written.map((file) => `  ${file}\n`).join("");
  terminal.out(`${path}: ${state} after ${formatDuration(execution.elapsedMs)}\n${files}`);
  return !failed;
}

async function writeResults(
  path: string,
  notebook: Notebook,
  { output, html }: RunOptions,
): Promise<string[]> {
  const executed = join(output, basename(path));
  writeNotebook(executed, notebook);
  if (!html) return [executed];
  // jsdom, KaTeX and the highlighter take half a second to load: only when a page is wanted
  const { notebookToHtml } = await import("../notebook/html.js");
  const page = join(output, `${basename(path, extname(path))}.html`);
  writeFileAtomically(page, notebookToHtml(notebook, { path }));
  return [executed, page];
}

/** The place and the error, as a person needs them: notebook, cell, line, the line's text, what happened. */
export function describeFailure(path: string, notebook: Notebook, failure: CellFailure): string {
  const { index, line, ename, evalue, traceback, reason } = failure;
  const place = `${path}: cell ${index + 1} of ${notebook.cells.length}${line === undefined ? "" : `, line ${line}`}`;
  const title = evalue.startsWith(ename) || reason !== "error" ? evalue : `${ename}: ${evalue}`;
  const detail = traceback.map(stripAnsi).join("\n").trimEnd();
  const frame = detail === "" || detail === title ? "" : `${detail.replace(/^/gm, "    ")}\n`;
  return `${place}: ${stripAnsi(title)}\n${frame}`;
}
