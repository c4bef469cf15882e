// The real terminal of this process, and the wish of its user to stop.

import type { Terminal } from "../../grader/command/terminal.js";

export function processTerminal(): Terminal {
  // `gradbook run … | head` closes the pipe early: the work goes on, the rest of the text has no reader
  for (const stream of [process.stdout, process.stderr])
    if (stream.listenerCount("error") === 0) stream.on("error", () => {});
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isInteractive: process.stderr.isTTY === true,
    columns: process.stderr.columns ?? 80,
    now: () => performance.now(),
  };
}

/**
 * A signal that is aborted by Ctrl-C, by `kill` and when the terminal window closes. Until then these no longer end the process:
 * the command stops its kernel first, so that nothing stays behind.
 */
export function interruptSignal(source: Pick<NodeJS.EventEmitter, "on"> = process): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) source.on(name, () => controller.abort());
  return controller.signal;
}
