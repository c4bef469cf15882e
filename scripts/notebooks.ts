// Runs every notebook of the course through our own kernel: the version with solutions must earn every point, and the students'
// version, made by `assign`, must earn none and say of each cell only which blank is missing. Needs a built dist/.
//
//   npm run notebooks                 all of them
//   npm run notebooks -- N09 N03      those whose names begin so

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assignNotebooks } from "../grader/command/assign.js";
import { runNotebooks } from "../grader/command/run.js";
import type { Terminal } from "../grader/command/terminal.js";
import { readNotebook } from "../grader/notebook/nbformat.js";
import { NotebookError } from "../grader/notebook/notebookError.js";

const folder = fileURLToPath(new URL("../notebooks/", import.meta.url));
const wanted = process.argv.slice(2);
const paths = readdirSync(folder)
  .filter(
    (name) =>
      name.endsWith(".ipynb") && (wanted.length === 0 || wanted.some((start) => name.startsWith(start))),
  )
  .sort()
  .map((name) => join(folder, name));
if (paths.length === 0) throw new Error(`no notebook begins with ${wanted.join(" or ")}`);

const controller = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => controller.abort());
const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isInteractive: process.stderr.isTTY === true,
  columns: process.stderr.columns ?? 80,
  now: () => performance.now(),
};

const isGraded = (path: string): boolean =>
  readNotebook(path).cells.some((cell) => "nbgrader" in cell.metadata);
const graded = paths.filter(isGraded);
const plain = paths.filter((path) => !isGraded(path));
const output = mkdtempSync(join(tmpdir(), "gradbook-notebooks-"));
const { signal } = controller;
try {
  let exitCode = plain.length === 0 ? 0 : await runNotebooks(plain, { output, signal }, terminal);
  // graded notebooks are run by assign's proofs, as many at once as there are cores; one failure must not hide the next
  const waiting = [...graded];
  const prove = async (): Promise<void> => {
    for (let path = waiting.shift(); path !== undefined && !signal.aborted; path = waiting.shift()) {
      try {
        // awaited first: exitCode must be read after the run, when the other prover may have failed
        const code = await assignNotebooks([path], { output, signal }, terminal);
        exitCode = Math.max(exitCode, code);
      } catch (error) {
        if (!(error instanceof NotebookError)) throw error;
        terminal.err(`${error.message}\n`);
        exitCode = 1;
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, prove));
  process.exitCode = exitCode;
} finally {
  rmSync(output, { recursive: true, force: true });
}
