// Our kernel for the commands that run notebooks.

import { KernelDiedError, startKernel } from "../../kernel/transport/client.js";
import type { CellKernel } from "../notebook/execute.js";
import { NotebookError } from "../notebook/notebookError.js";

/** Starts a kernel whose current folder is `folder`, with `env` added to the environment. */
export type StartKernel = (folder: string, env?: Readonly<Record<string, string>>) => Promise<CellKernel>;

/** @throws {NotebookError} when the kernel does not start */
export const startOwnKernel: StartKernel = async (folder, env = {}) => {
  try {
    return await startKernel({ cwd: folder, env });
  } catch (error) {
    if (!(error instanceof KernelDiedError)) throw error;
    const { signal, code, stderr } = error.exit;
    throw new NotebookError(
      `the kernel did not start, it ended with ${signal ?? `exit code ${code}`}\n${stderr.trim()}`,
      "in a copy of the sources run: npm ci && npm run build",
    );
  }
};
