// V8's flags belong to the whole process. A thread that compiles with a flag set must not meet another that has just put
// the flag back, so threads of one engine share a lock.

let lock: Int32Array | null = null;

/** From here on this thread compiles only while it holds the lock: one number in shared memory, 0 when free. */
export function useCompileLock(shared: Int32Array): void {
  lock = shared;
}

/** Runs `compile` while no other thread does. */
export function whileLocked<R>(compile: () => R): R {
  if (lock === null) return compile();
  while (Atomics.compareExchange(lock, 0, 0, 1) !== 0) Atomics.wait(lock, 0, 1, 100);
  try {
    return compile();
  } finally {
    Atomics.store(lock, 0, 0);
    Atomics.notify(lock, 0, 1);
  }
}
