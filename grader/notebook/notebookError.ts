/**
 * A problem with a file or a notebook that the person at the terminal can solve: bad input, a full disk, a failing cell.
 * The command line prints its message alone, without a stack, and ends with exit code 1. Any other error is a bug of ours.
 */
export class NotebookError extends Error {
  override name = "NotebookError";

  constructor(message: string, help?: string) {
    super(help === undefined ? message : `${message}\n  help: ${help}`);
  }
}
