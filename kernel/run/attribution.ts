// Which cell does an output belong to? A timer or promise of cell 3 that prints while cell 5 runs still prints under cell 3.
//
// Node 24 and later: AsyncLocalStorage, exact. On Node 20 and 22 it makes awaits two to three times slower, shows up in every
// inspected promise, and ends the process when execution is terminated. There the schedulers are wrapped: a callback sets the
// cell it comes from and leaves it set, so that promise continuations after it inherit it. That is exact for timers and what
// follows from them; a promise of the file system or network counts for the cell that ran last.
import { AsyncLocalStorage } from "node:async_hooks";
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers";
import timersPromises from "node:timers/promises";
import { promisify } from "node:util";

export interface Attribution {
  /** Runs the code of a cell: output of the code and of everything it starts belongs to the cell. */
  run<T>(cell: number, code: () => T): T;
  /** The cell that the code running now belongs to; the last cell when that is unknown. */
  current(): number;
}

export function makeAttribution(nodeMajor: number): Attribution {
  return nodeMajor >= 24 ? attributeByContext() : attributeBySchedulers();
}

export function attributeByContext(): Attribution {
  const storage = new AsyncLocalStorage<number>();
  let last = 0;
  return {
    run(cell, code) {
      last = cell;
      return storage.run(cell, code);
    },
    current: () => storage.getStore() ?? last,
  };
}

type Callback = (...args: unknown[]) => unknown;
type Scheduler = (callback: Callback, ...args: unknown[]) => unknown;

export function attributeBySchedulers(): Attribution {
  let current = 0;
  const keep = (callback: unknown): Callback | undefined => {
    if (typeof callback !== "function") return undefined; // Node's own error is better than ours
    const cell = current;
    return function (this: unknown, ...args) {
      current = cell;
      return callback.apply(this, args);
    };
  };
  const wrap = (scheduler: Scheduler): Scheduler => {
    const wrapped: Scheduler = (callback, ...args) => scheduler(keep(callback) ?? callback, ...args);
    const asPromise = (scheduler as unknown as Record<symbol, Callback | undefined>)[promisify.custom];
    if (asPromise !== undefined) {
      Object.defineProperty(wrapped, promisify.custom, { value: keepPromise(asPromise), configurable: true });
    }
    return Object.defineProperty(wrapped, "name", { value: scheduler.name });
  };
  const keepPromise =
    (start: Callback): Callback =>
    (...args) => {
      const cell = current;
      return (start(...args) as Promise<unknown>).then((value) => {
        current = cell;
        return value;
      });
    };

  const globals = globalThis as unknown as Record<string, Scheduler>;
  const timerModule = timers as unknown as Record<string, Scheduler>;
  for (const name of ["setTimeout", "setInterval", "setImmediate"]) {
    const scheduler = globals[name];
    if (scheduler !== undefined) timerModule[name] = globals[name] = wrap(scheduler);
  }
  const { queueMicrotask } = globals;
  if (queueMicrotask !== undefined) globals.queueMicrotask = wrap(queueMicrotask);
  process.nextTick = wrap(process.nextTick as Scheduler) as typeof process.nextTick;
  const promiseModule = timersPromises as unknown as Record<string, Callback>;
  for (const name of ["setTimeout", "setImmediate"]) {
    const start = promiseModule[name];
    if (start !== undefined) promiseModule[name] = keepPromise(start);
  }
  syncBuiltinESMExports();

  return {
    run(cell, code) {
      current = cell;
      return code();
    },
    current: () => current,
  };
}
