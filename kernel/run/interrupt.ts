// The session's side of the interrupt ladder. Three things can stop a cell here:
//   SIGINT     ends synchronous code that runs in `evaluate.ts`, and rejects the promise that a pending await races with
//   the flag   read at the start of every loop of compiled code; set by a thread, because the main thread may be in that loop
//   terminate  the thread asks V8 to end what runs, for loops in code that was not compiled here
import { Worker } from "node:worker_threads";
import { Interrupted } from "./errors.js";

export interface Interrupts {
  /** Compiled loops read element 0 and call `stop` when it is set. */
  readonly flag: Int32Array;
  stop(): never;
  /** Settles with `work`, or rejects when the cell is interrupted. Before and after it, interrupts do nothing. */
  race<T>(work: () => T | Promise<T>): Promise<T>;
  /** Interrupts what `race` waits for. False when it waits for nothing. */
  interrupt(): boolean;
  /** Starts the thread that reads commands from `fd`. */
  listen(fd: number): void;
}

export function makeInterrupts(): Interrupts {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  let reject: ((error: Interrupted) => void) | undefined;

  const interrupts: Interrupts = {
    flag,
    stop() {
      flag[0] = 0;
      throw new Interrupted();
    },
    async race(work) {
      flag[0] = 0;
      const interrupted = new Promise<never>((_, no) => {
        reject = no;
      });
      interrupted.catch(() => {}); // work may win
      try {
        return await Promise.race([work(), interrupted]);
      } finally {
        reject = undefined;
        flag[0] = 0;
      }
    },
    interrupt() {
      if (reject === undefined) return false;
      reject(new Interrupted());
      return true;
    },
    listen(fd) {
      const thread = new Worker(new URL("./interruptMain.js", import.meta.url), {
        workerData: { flag: flag.buffer, fd },
        stdout: true,
        stderr: true,
      });
      thread.unref();
      thread.on("error", () => {}); // then only SIGINT is left
    },
  };
  return interrupts;
}
