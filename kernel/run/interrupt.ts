// The session's side of the interrupt ladder. A thread reads the commands, because the main thread may be in a loop:
//   "s"  stop: synchronous code of a cell is ended by SIGINT, a pending await by rejecting the promise it races with
//   "i"  raise the flag that every loop of compiled code reads
//   "t"  terminate: V8 ends what runs, for loops in code that was not compiled here
//
// Node swaps signal handlers around a script that SIGINT may end, and a signal that comes during a swap is lost or ends the
// process. So SIGINT is raised by the thread, and only while the main thread says that it is inside the script; the main
// thread does not leave a script for which a signal is on its way.
import { Worker } from "node:worker_threads";
import { Interrupted } from "./errors.js";
import { callInterruptibly } from "./evaluate.js";
import { FLAG, INSIDE, OUTSIDE, PLACE, SIGNALLED } from "./interruptState.js";

export interface Interrupts {
  /** Compiled loops read element 0 and call `stop` when it is set. */
  readonly shared: Int32Array;
  stop(): never;
  /** Stops when the flag is set: what compiled loops do, for loops in libraries. */
  check(): void;
  /** Settles with `work`, or rejects when the cell is interrupted. Before and after it, interrupts do nothing. */
  race<T>(work: () => T | Promise<T>): Promise<T>;
  /** Calls a function whose synchronous part an interrupt may end. Not to be nested. */
  guard<T>(run: () => T): T;
  /** Interrupts what `race` waits for. False when it waits for nothing. */
  interrupt(): boolean;
  /** Starts the thread that reads commands from `fd`. */
  listen(fd: number): void;
}

export function makeInterrupts(): Interrupts {
  const shared = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  let reject: ((error: Interrupted) => void) | undefined;

  const interrupt = (): boolean => {
    if (reject === undefined) return false;
    reject(new Interrupted());
    return true;
  };

  const stop = (): never => {
    shared[FLAG] = 0;
    throw new Interrupted();
  };

  return {
    shared,
    interrupt,
    stop,
    check() {
      if (shared[FLAG] !== 0) stop();
    },
    async race(work) {
      shared[FLAG] = 0;
      const interrupted = new Promise<never>((_, no) => {
        reject = no;
      });
      interrupted.catch(() => {}); // work may win
      try {
        return await Promise.race([work(), interrupted]);
      } finally {
        reject = undefined;
        shared[FLAG] = 0;
      }
    },
    guard(run) {
      try {
        return callInterruptibly(() => {
          Atomics.store(shared, PLACE, INSIDE);
          try {
            return run();
          } finally {
            // The thread has raised a signal: it must find us here.
            if (Atomics.compareExchange(shared, PLACE, INSIDE, OUTSIDE) === SIGNALLED) for (;;);
          }
        });
      } finally {
        Atomics.store(shared, PLACE, OUTSIDE);
      }
    },
    listen(fd) {
      const thread = new Worker(new URL("./interruptMain.js", import.meta.url), {
        workerData: { shared: shared.buffer, fd },
        stdout: true,
        stderr: true,
      });
      thread.unref();
      thread.on("message", interrupt);
      thread.on("error", () => {}); // then only the end of the process is left
    },
  };
}
