// One notebook in one fresh kernel, with progress on the terminal; no process stays behind, however it ends.

import { dirname, resolve } from "node:path";
import { type ExecuteNotebookOptions, type Execution, executeNotebook } from "../notebook/execute.js";
import type { Notebook } from "../notebook/notebook.js";
import { type StartKernel, startOwnKernel } from "./ownKernel.js";
import { ProgressLine } from "./progressLine.js";
import type { Terminal } from "./terminal.js";

export interface RunInKernelOptions extends Omit<ExecuteNotebookOptions, "onProgress"> {
  /** What the progress line calls the notebook; default its file name. */
  readonly label?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly start?: StartKernel;
}

export interface TimedExecution extends Execution {
  readonly elapsedMs: number;
  /** Time of each cell that ran, by its position among all cells. */
  readonly cellMs: ReadonlyMap<number, number>;
}

/** @param path the notebook's file: its folder is the kernel's current one */
export async function runInKernel(
  path: string,
  notebook: Notebook,
  { label, env, start = startOwnKernel, ...options }: RunInKernelOptions,
  terminal: Terminal,
): Promise<TimedExecution> {
  const progress = new ProgressLine(terminal, label ?? path);
  const cellMs = new Map<number, number>();
  let started = 0;
  let execution: Execution;
  let elapsedMs = 0;
  try {
    const kernel = await start(resolve(dirname(path)), env);
    try {
      execution = await executeNotebook(notebook, kernel, {
        ...options,
        onProgress: (event) => {
          if (event.state === "started") started = terminal.now();
          else cellMs.set(event.index, terminal.now() - started);
          progress.report(event);
        },
      });
    } finally {
      await kernel.shutdown();
    }
  } finally {
    elapsedMs = progress.end();
  }
  return { ...execution, elapsedMs, cellMs };
}
